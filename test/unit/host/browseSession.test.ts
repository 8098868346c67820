import assert from 'node:assert/strict';
import { BrowseSession, type Done } from '../../../src/host/datasets/browseSession';
import type { SplitReader } from '../../../src/host/datasets/sampleReader';
import type { Manifest } from '../../../src/datasets/manifest';
import { NO_OVERLAY, type Overlay } from '../../../src/datasets/overlay';
import { EXCLUDED, RELABELLED } from '../../../src/protocol/browse';

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

  make(done: Done | undefined): Done | undefined {
    assert.ok(done);
    this.session.note(done);
    this.write([...this.overlay.steps, ...done.steps]);
    return done;
  }

  takeBack(): void {
    const steps = this.session.last?.steps ?? [];
    this.session.undone();
    this.write(this.overlay.steps.filter((step) => !steps.includes(step)));
  }

  write(steps: Overlay['steps']): void {
    this.overlay = { ...this.overlay, steps };
    this.session.take(this.overlay);
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
    assert.equal(done?.name, 'Excluded 2 samples');
    assert.deepEqual(done.steps, [{ split: 'train', indices: [1, 2], change: { exclude: true } }]);
    session.show({ classes: [], shown: 'excluded' });
    assert.deepEqual([...(await page(session)).indexes], [1, 2]);
    const back = changing.make(session.exclude(session.view().revision, [[0, 0]], false));
    assert.deepEqual(back?.steps, [{ split: 'train', indices: [1], change: { restore: true } }]);
    changing.takeBack();
    changing.takeBack();
    assert.equal(session.view().total, 0);
    assert.equal(session.last, undefined);
  });

  it('relabels over splits, one step of the overlay for each', async () => {
    const changing = new Changing();
    const { session } = changing;
    const done = changing.make(session.relabel(session.view().revision, [[5, 6]], 1));
    assert.equal(done?.name, 'Relabelled 2 samples as B');
    assert.deepEqual(done.steps, [
      { split: 'train', indices: [5], change: { label: 'B' } },
      { split: 'test', indices: [0], change: { label: 'B' } },
    ]);
    const { labels, marks } = await page(session);
    assert.deepEqual([labels[5], labels[6], marks[5]], [1, 1, RELABELLED]);
    changing.takeBack();
    assert.deepEqual(session.view().counts, [3, 3, 3]);
  });

  it('takes a label back to what it was as no change', () => {
    const changing = new Changing();
    const { session } = changing;
    changing.make(session.relabel(session.view().revision, [[0, 0]], 2));
    const done = session.relabel(session.view().revision, [[0, 0]], 0);
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
    assert.deepEqual([labels[0], marks[0], marks[8]], [2, RELABELLED, EXCLUDED]);
  });
});
