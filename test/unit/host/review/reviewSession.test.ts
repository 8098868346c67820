import assert from 'node:assert/strict';
import type { Manifest } from '../../../../src/datasets/store/manifest';
import { changeOverlay, NO_OVERLAY, type Overlay, readOverlay } from '../../../../src/datasets/overlay';
import type { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { QueuePictures } from '../../../../src/host/review/queuePictures';
import { SampleEdits } from '../../../../src/host/samples/sampleEdits';
import { type Decided, ReviewSession } from '../../../../src/host/review/reviewSession';
import type { LabelIssues } from '../../../../src/protocol/engine/evaluation';
import { Verdict } from '../../../../src/protocol/pages/review';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { ANSWERS, LETTERS, storeLetters } from '../evaluation/evaluatedLetters';

const { open, kept, relabeled, excluded } = Verdict;
const [A, SMALL_A, , ZERO, O] = LETTERS.keys();

/** Suspicious labels of all letters: place 3 is in train, the others are 5 train samples later in test. */
const FOUND = [
  { place: 5 + 5, given: ZERO, suggested: O },
  { place: 3, given: ZERO, suggested: O },
  { place: 5 + 1, given: A, suggested: SMALL_A },
];

describe('suspicious labels that are gone through', () => {
  let home: string;
  let store: DatasetStore;
  let manifest: Manifest;
  beforeEach(async () => {
    home = await makeScratchFolder();
    store = await storeLetters(home);
    manifest = (await store.find('letters'))?.manifest ?? assert.fail('not stored');
  });
  afterEach(() => removeScratchFolder(home));

  const found = (): LabelIssues => ({
    issues: FOUND.map(({ place, given = 0, suggested = 0 }, at) => ({
      ...{ place, given, suggested },
      margin: at / 10 - 0.9,
      probability: 0.04,
      suggestedProbability: 0.94 - at / 10,
    })),
    ...{ total: 7, samples: 13, leftOut: 0, split: 'all', of: 'all', learning: 'learned' },
    ...{ classes: LETTERS, checksum: manifest.checksum, modelName: 'Mine' },
  });
  const begin = (overlay: Overlay = NO_OVERLAY) =>
    new ReviewSession({ model: '/m', dataset: 'letters', split: 'all' }, manifest, found(), overlay);
  const folder = () => store.folder('letters');
  const written = (done: Decided | undefined) =>
    changeOverlay(folder(), done ?? assert.fail('nothing was done'));
  const verdictsOf = (session: ReviewSession) => [...session.shown(undefined).verdicts];
  const labelsOf = (session: ReviewSession) =>
    [...session.shown(undefined).labels].map((label) => LETTERS[label]);

  it('are messages that their page takes, with each sample where it lies', () => {
    const session = begin();
    const queue = structuredClone(session.queue());
    assert.deepEqual([...queue.places], [5, 3, 1]);
    assert.deepEqual(
      session.places.map(({ split }) => split),
      ['test', 'train', 'test'],
    );
    assert.deepEqual([queue.dataset, queue.total, queue.learning], ['Letters', 7, 'learned']);
    assert.deepEqual(
      [...queue.margin].map((margin) => margin.toFixed(1)),
      ['-0.9', '-0.8', '-0.7'],
    );
    const verdicts = structuredClone(session.shown(undefined));
    assert.ok(verdicts.undo === undefined);
  });

  it('are relabeled, excluded and kept through the overlay, as training then sees them', async () => {
    const session = begin();
    await written(session.relabel(0, O ?? 0));
    await written(session.keep(1));
    await written(session.exclude(2));
    assert.deepEqual(verdictsOf(session), [relabeled, kept, excluded]);
    assert.deepEqual(labelsOf(session), ['O', '0', 'A']);
    assert.deepEqual(session.placesWith(relabeled), [{ split: 'test', index: 5 }]);
    assert.deepEqual(session.placesWith(kept), [{ split: 'train', index: 3 }]);
    assert.deepEqual(session.placesWith(open), []);
    const { labels } = await (await store.open('letters')).load('test');
    const now = ANSWERS.map(([label]) => label).filter((_, at) => at !== 1);
    now[4] = 'O';
    assert.deepEqual(
      [...labels].map((label) => LETTERS[label]),
      now,
    );
    assert.deepEqual(
      verdictsOf(begin(await readOverlay(folder()))),
      [relabeled, kept, excluded],
      'read anew',
    );
  });

  it('are taken back one by one, the last first', async () => {
    const session = begin();
    const states: unknown[] = [];
    const edits = new SampleEdits<Decided>(folder(), ({ edit, overlay, undone }) => {
      session.applyOverlay(overlay ?? NO_OVERLAY);
      if (undone) states.push([verdictsOf(session)[0], labelsOf(session)[0], edit?.at]);
    });
    await edits.edit(() => session.keep(0));
    await edits.edit(() => session.relabel(0, SMALL_A ?? 0));
    await edits.edit(() => session.keep(0));
    const undoes = () => edits.undoes;
    assert.equal(undoes(), 'Kept as 0');
    while (undoes() !== undefined) await edits.undo();
    assert.deepEqual(states, [
      [relabeled, 'a', 0],
      [kept, '0', 0],
      [open, '0', 0],
    ]);
    assert.deepEqual(await readOverlay(folder()), NO_OVERLAY);
  });

  it('say which one was decided, so that the page goes on', () => {
    const session = begin();
    const done = session.exclude(1);
    assert.deepEqual(session.shown(undefined, done).done, { at: 1, name: 'Excluded', undone: false });
    assert.equal(session.exclude(1), undefined, 'nothing is written twice');
    assert.equal(session.keep(99), undefined);
    assert.equal(session.relabel(0, 99), undefined);
  });

  it('are kept where somebody picks the class that they have', () => {
    const session = begin();
    const { steps, kept } = session.relabel(0, ZERO ?? 0) ?? assert.fail('nothing was decided');
    assert.deepEqual({ steps, kept }, { steps: [], kept: [{ split: 'test', indices: [5] }] });
  });

  it('follow what other windows change', async () => {
    const session = begin();
    const step = { split: 'test' as const, indices: [5, 1], change: { exclude: true as const } };
    assert.equal(session.applyOverlay(await changeOverlay(folder(), { steps: [step] })), true);
    assert.deepEqual(verdictsOf(session), [excluded, open, excluded]);
    assert.equal(session.applyOverlay(await readOverlay(folder())), false);
  });

  it('pass over what an overlay says of classes that are not there', () => {
    const steps = [{ split: 'test' as const, indices: [5], change: { label: 'λ' } }];
    assert.deepEqual(verdictsOf(begin({ version: 1, steps })), [open, open, open]);
  });

  it('have their pictures in the order of the queue, whatever the order on the disk', async () => {
    const pictures = new QueuePictures(store, manifest, begin().places);
    assert.deepEqual(
      [...(await pictures.page(0))].filter((_, at) => at % 4 === 0),
      [105, 3, 101],
    );
    await pictures.close();
    assert.equal((await pictures.page(0)).length, 12, 'opened again');
    assert.equal((await pictures.page(1)).length, 0);
    await pictures.close();
  });
});
