import assert from 'node:assert/strict';
import { BrowseSession } from '../../../src/host/browse/browseSession';
import { lineShape } from '../../../src/host/browse/lineShape';
import type { SplitReader } from '../../../src/host/samples/sampleReader';
import type { Manifest } from '../../../src/datasets/store/manifest';
import { NO_OVERLAY, type Overlay, withChange, withoutChange } from '../../../src/datasets/overlay';
import type { SampleEdit } from '../../../src/datasets/sampleEdit';
import { EXCLUDED, RELABELED } from '../../../src/protocol/pages/browse';

const CLASSES = ['A', 'B', 'C'];

const manifest: Manifest = {
  id: 'abc',
  name: 'ABC',
  kind: 'images',
  source: '',
  height: 1,
  width: 1,
  classes: CLASSES,
  covers: CLASSES,
  officialSplits: ['train', 'test'],
  counts: { train: [2, 2, 2], test: [1, 1, 1] },
  checksum: '0'.repeat(64),
  bytes: 0,
};

/** A split whose pictures are one pixel, which is the sample's number. */
function reader(split: 'train' | 'test', labels: number[]): SplitReader {
  return {
    split,
    labels: Uint16Array.from(labels),
    pictures: (indexes) => Promise.resolve(Uint8Array.from(indexes)),
    sample: (index) => Promise.resolve({ kind: 'images', height: 1, width: 1, pixels: Uint8Array.of(index) }),
    close: () => Promise.resolve(),
  };
}

function open(overlay: Overlay = NO_OVERLAY): BrowseSession {
  const readers = [reader('train', [0, 1, 2, 0, 1, 2]), reader('test', [0, 1, 2])];
  return new BrowseSession(manifest, readers, overlay);
}

/** An overlay, and a session that shows it. */
class Changing {
  readonly session = open();
  private overlay = NO_OVERLAY;
  private readonly made: SampleEdit[] = [];

  make(edit: SampleEdit | undefined): SampleEdit {
    assert.ok(edit);
    this.made.push(edit);
    this.write(withChange(this.overlay, edit).steps);
    return edit;
  }

  takeBack(): void {
    this.write(withoutChange(this.overlay, this.made.pop() ?? assert.fail('nothing was made')).steps);
  }

  write(steps: Overlay['steps']): void {
    this.overlay = { ...this.overlay, steps };
    this.session.applyOverlay(this.overlay);
  }
}

const page = async (session: BrowseSession) => {
  const found = await session.page(session.view().revision, 0);
  assert.ok(found);
  return found;
};

describe('a dataset that is looked through', () => {
  it('lists every sample of every split', async () => {
    const session = open();
    const { pixels, splits, labels } = await page(session);
    assert.deepEqual([...pixels], [0, 1, 2, 3, 4, 5, 0, 1, 2]);
    assert.deepEqual([...splits], [0, 0, 0, 0, 0, 0, 1, 1, 1]);
    assert.deepEqual([...labels], [0, 1, 2, 0, 1, 2, 0, 1, 2]);
    assert.deepEqual(session.view().counts, [3, 3, 3]);
  });

  it('lists one class of one split, and counts all classes of that split', async () => {
    const session = open();
    session.show({ split: 'train', classes: [1], shown: 'all' });
    assert.deepEqual([...(await page(session)).indexes], [1, 4]);
    assert.deepEqual(session.view().counts, [2, 2, 2]);
  });

  it('passes over what a filter names that is not there', () => {
    const session = open();
    session.show({ split: 'validation', classes: [7], shown: 'all' });
    assert.deepEqual(session.view().filter, { classes: [], shown: 'all' });
    assert.equal(session.view().total, 9);
  });

  it('gives no page of a view that is no more', async () => {
    const session = open();
    const { revision } = session.view();
    session.show({ classes: [0], shown: 'all' });
    assert.equal(await session.page(revision, 0), undefined);
    assert.equal(await session.sample(revision, 0), undefined);
    assert.equal(session.exclude(revision, [[0, 0]], true), undefined);
  });

  it('excludes, includes and undoes', async () => {
    const changing = new Changing();
    const { session } = changing;
    const done = changing.make(session.exclude(session.view().revision, [[1, 2]], true));
    assert.equal(done.name, 'Excluded 2 samples');
    assert.deepEqual(done.steps, [{ split: 'train', indices: [1, 2], change: { exclude: true } }]);
    session.show({ classes: [], shown: 'excluded' });
    assert.deepEqual([...(await page(session)).indexes], [1, 2]);
    const back = changing.make(session.exclude(session.view().revision, [[0, 0]], false));
    assert.deepEqual(back.steps, [{ split: 'train', indices: [1], change: { restore: true } }]);
    changing.takeBack();
    changing.takeBack();
    assert.equal(session.view().total, 0);
  });

  it('relabels over splits, one step of the overlay for each', async () => {
    const changing = new Changing();
    const { session } = changing;
    const done = changing.make(session.relabel(session.view().revision, [[5, 6]], 'B'));
    assert.equal(done.name, 'Relabeled 2 samples as B');
    assert.deepEqual(done.steps, [
      { split: 'train', indices: [5], change: { label: 'B' } },
      { split: 'test', indices: [0], change: { label: 'B' } },
    ]);
    const { labels, marks } = await page(session);
    assert.deepEqual([labels[5], labels[6], marks[5]], [1, 1, RELABELED]);
    changing.takeBack();
    assert.deepEqual(session.view().counts, [3, 3, 3]);
  });

  it('takes a text that no sample had before for ink, and none for pictures', () => {
    const edit = { steps: [{ split: 'train' as const, indices: [1], change: { label: 'new' } }] };
    const overlay = withChange(NO_OVERLAY, edit);
    assert.deepEqual(open(overlay).classes, CLASSES);
    const texts = { ...manifest, kind: 'ink' as const, classes: ['one', 'two', 'C'] };
    const session = new BrowseSession(texts, [reader('train', [0, 1, 2, 0, 1, 2])], overlay);
    assert.deepEqual(session.dataset.classes, ['one', 'two', 'C', 'new']);
    assert.deepEqual([session.isOfTexts, session.view().counts], [true, [2, 1, 2, 1]]);
    assert.equal(session.label(session.view().revision, [[1, 1]]), 'new');
    const back = session.relabel(session.view().revision, [[1, 1]], 'two');
    assert.deepEqual(back?.steps, [{ split: 'train', indices: [1], change: { restore: true } }]);
  });

  it('takes a label back to what it was as no change', () => {
    const changing = new Changing();
    const { session } = changing;
    changing.make(session.relabel(session.view().revision, [[0, 0]], 'C'));
    const done = session.relabel(session.view().revision, [[0, 0]], 'A');
    assert.deepEqual(done?.steps, [{ split: 'train', indices: [0], change: { restore: true } }]);
  });

  it('takes up what was changed elsewhere, and keeps it when it takes a sample back in', async () => {
    const changing = new Changing();
    const { session } = changing;
    changing.make(session.exclude(session.view().revision, [[4, 4]], true));
    const before = session.view().revision;
    const elsewhere: Overlay['steps'] = [
      { split: 'train', indices: [4], change: { label: 'C' } },
      { split: 'train', indices: [4], change: { exclude: true } },
    ];
    assert.ok(!session.shows({ version: 1, steps: elsewhere }));
    changing.write(elsewhere);
    assert.ok(session.shows({ version: 1, steps: elsewhere }));
    assert.equal(await session.page(before, 0), undefined);
    const done = session.exclude(session.view().revision, [[4, 4]], false);
    assert.deepEqual(done?.steps, [{ split: 'train', indices: [4], change: { label: 'C' } }]);
  });

  it('starts with what was changed before', async () => {
    const session = open({
      version: 1,
      steps: [
        { split: 'train', indices: [0], change: { label: 'C' } },
        { split: 'test', indices: [2, 99], change: { exclude: true } },
      ],
    });
    const { labels, marks } = await page(session);
    assert.deepEqual([labels[0], marks[0], marks[8]], [2, RELABELED, EXCLUDED]);
  });

  it('of words and lines has pictures in their own shape', async () => {
    const texts = ['let x = 1;', 'return'];
    const of: Manifest = { ...manifest, kind: 'ink', classes: texts, covers: texts, officialSplits: [] };
    const asked: unknown[] = [];
    const lines: SplitReader = {
      split: 'all',
      labels: Uint16Array.of(0, 1),
      pictures: (indexes, shape) => {
        asked.push(shape);
        return Promise.resolve(new Uint8Array(indexes.length * (shape?.height ?? 0) * (shape?.width ?? 0)));
      },
      sample: () =>
        Promise.resolve({
          kind: 'ink',
          ink: [
            [
              [0, 0],
              [50, 10],
            ],
          ],
          penWidth: undefined,
        }),
      close: () => Promise.resolve(),
    };
    const shape = await lineShape(of, [lines]);
    assert.deepEqual(shape, { height: 32, width: 160 });
    const session = new BrowseSession(of, [lines], NO_OVERLAY, { shape });
    assert.deepEqual([session.dataset.height, session.dataset.width], [32, 160]);
    assert.equal((await page(session)).pixels.length, 2 * 32 * 160);
    assert.deepEqual(asked, [shape]);
    assert.equal(await lineShape(manifest, [reader('train', [0])]), undefined, 'characters have their own');
  });

  it('shows some samples alone, in their own order, filtered and changed as others are', async () => {
    const changing = new Changing();
    const { session } = changing;
    const samples = [
      { split: 'test' as const, index: 1 },
      { split: 'train' as const, index: 4 },
      { split: 'test' as const, index: 0 },
      { split: 'train' as const, index: 0 },
    ];
    session.showOnly({ id: 'doubles', title: 'Doubles', samples });
    const { total, counts, only, revision } = session.view();
    assert.deepEqual([total, counts, only], [4, [2, 2, 0], { id: 'doubles', title: 'Doubles' }]);
    const shown = await page(session);
    assert.deepEqual([...shown.indexes], [1, 4, 0, 0]);
    assert.deepEqual([...shown.pixels], [1, 4, 0, 0], 'each has its own picture');
    changing.make(session.exclude(revision, [[1, 2]], true));
    assert.deepEqual([...(await page(session)).marks], [0, EXCLUDED, EXCLUDED, 0]);
    session.show({ classes: [1], shown: 'included' });
    assert.deepEqual([...(await page(session)).indexes], [1]);
    session.showOnly(undefined);
    assert.deepEqual([session.view().total, session.view().only], [9, undefined]);
  });
});
