import assert from 'node:assert/strict';
import type { Manifest } from '../../../../src/datasets/manifest';
import {
  changeOverlay,
  NO_OVERLAY,
  type Overlay,
  readOverlay,
  takeBack,
} from '../../../../src/datasets/overlay';
import type { DatasetStore } from '../../../../src/datasets/store';
import { QueuePictures } from '../../../../src/host/review/queuePictures';
import { type Decided, ReviewSession } from '../../../../src/host/review/reviewSession';
import type { LabelIssuesResult } from '../../../../src/protocol/evaluation';
import { hostToReviewSchema, Verdict } from '../../../../src/protocol/review';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { ANSWERS, LETTERS, storeLetters } from '../evaluation/evaluatedLetters';

const { open, kept, relabelled, excluded } = Verdict;
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

  const found = (): LabelIssuesResult => ({
    issues: FOUND.map(({ place, given = 0, suggested = 0 }, at) => ({
      ...{ place, given, suggested },
      margin: at / 10 - 0.9,
      probability: 0.04,
      suggestedProbability: 0.94 - at / 10,
    })),
    ...{ total: 7, samples: 13, leftOut: 0, split: 'all', of: 'all', learning: 'learnt' },
    ...{ classes: LETTERS, checksum: manifest.checksum, modelName: 'Mine' },
  });
  const begin = (overlay: Overlay = NO_OVERLAY) =>
    new ReviewSession({ model: '/m', dataset: 'letters', split: 'all' }, manifest, found(), overlay);
  const folder = () => store.folder('letters');
  const written = (done: Decided | undefined) =>
    changeOverlay(folder(), done?.change ?? assert.fail('nothing was done'));
  const verdictsOf = (session: ReviewSession) => [...session.shown().verdicts];
  const labelsOf = (session: ReviewSession) => [...session.shown().labels].map((label) => LETTERS[label]);

  it('are messages that their page takes, with each sample where it lies', () => {
    const session = begin();
    const queue = hostToReviewSchema.parse(session.queue());
    assert.ok(queue.type === 'queue');
    assert.deepEqual([...queue.places], [5, 3, 1]);
    assert.deepEqual(
      session.places.map(({ split }) => split),
      ['test', 'train', 'test'],
    );
    assert.deepEqual([queue.dataset, queue.total, queue.learning], ['Letters', 7, 'learnt']);
    assert.deepEqual(
      [...queue.margin].map((margin) => margin.toFixed(1)),
      ['-0.9', '-0.8', '-0.7'],
    );
    const verdicts = hostToReviewSchema.parse(session.shown());
    assert.ok(verdicts.type === 'verdicts' && verdicts.undo === undefined);
  });

  it('are relabelled, excluded and kept through the overlay, as training then sees them', async () => {
    const session = begin();
    await written(session.relabel(0, O ?? 0));
    await written(session.keep(1));
    await written(session.exclude(2));
    assert.deepEqual(verdictsOf(session), [relabelled, kept, excluded]);
    assert.deepEqual(labelsOf(session), ['O', '0', 'A']);
    const { labels } = await (await store.open('letters')).load('test');
    const now = ANSWERS.map(([label]) => label).filter((_, at) => at !== 1);
    now[4] = 'O';
    assert.deepEqual(
      [...labels].map((label) => LETTERS[label]),
      now,
    );
    assert.deepEqual(
      verdictsOf(begin(await readOverlay(folder()))),
      [relabelled, kept, excluded],
      'read anew',
    );
  });

  it('are taken back one by one, the last first', async () => {
    const session = begin();
    await written(session.keep(0));
    await written(session.relabel(0, SMALL_A ?? 0));
    await written(session.keep(0));
    assert.equal(session.shown().undo, 'Kept as 0');
    const states = [];
    for (let done = session.undo(); done; done = session.undo()) {
      session.take(await takeBack(folder(), done.change));
      states.push([verdictsOf(session)[0], labelsOf(session)[0], done.at]);
    }
    assert.deepEqual(states, [
      [relabelled, 'a', 0],
      [kept, '0', 0],
      [open, '0', 0],
    ]);
    assert.deepEqual(await readOverlay(folder()), NO_OVERLAY);
  });

  it('say which one was decided, so that the page goes on', () => {
    const session = begin();
    const done = session.exclude(1);
    assert.deepEqual(session.shown(done).done, { at: 1, name: 'Excluded', undone: false });
    assert.equal(session.exclude(1), undefined, 'nothing is written twice');
    assert.equal(session.keep(99), undefined);
    assert.equal(session.relabel(0, 99), undefined);
  });

  it('are kept where somebody picks the class that they have', () => {
    const session = begin();
    assert.deepEqual(session.relabel(0, ZERO ?? 0)?.change, {
      steps: [],
      kept: [{ split: 'test', indices: [5] }],
    });
  });

  it('follow what other windows change', async () => {
    const session = begin();
    const step = { split: 'test' as const, indices: [5, 1], change: { exclude: true as const } };
    assert.equal(session.take(await changeOverlay(folder(), { steps: [step] })), true);
    assert.deepEqual(verdictsOf(session), [excluded, open, excluded]);
    assert.equal(session.take(await readOverlay(folder())), false);
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
