import assert from 'node:assert/strict';
import { changeOverlay, takeBack } from '../../../../src/datasets/overlay';
import type { SampleEdit } from '../../../../src/datasets/sampleEdit';
import type { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { openSplits } from '../../../../src/host/samples/sampleReader';
import type { EvaluationSpec } from '../../../../src/host/evaluation/evaluationSpec';
import { LiveEvaluation } from '../../../../src/host/evaluation/liveEvaluation';
import { GallerySession } from '../../../../src/host/gallery/gallerySession';
import { EXCLUDED, RELABELED } from '../../../../src/protocol/pages/browse';
import type { ChosenSamples } from '../../../../src/protocol/pages/evaluation';
import { RIGHT, type Sort } from '../../../../src/protocol/pages/gallery';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { ANSWERS, LETTERS, storeAnswers, storeLetters } from '../evaluation/evaluatedLetters';

describe('a gallery of samples', () => {
  let home: string;
  let store: DatasetStore;
  let spec: EvaluationSpec;
  let live: LiveEvaluation;
  const opened: GallerySession[] = [];

  beforeEach(async () => {
    home = await makeScratchFolder();
    store = await storeLetters(home);
    spec = await storeAnswers(store);
    live = await LiveEvaluation.open(spec, store);
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) await session.close();
    await removeScratchFolder(home);
  });

  async function gallery(
    chosen: ChosenSamples,
    sort: Sort = 'wrongAndSure',
    listed?: Uint32Array,
  ): Promise<GallerySession> {
    const session = new GallerySession(live, await openSplits(store, live.dataset), chosen, sort, listed);
    opened.push(session);
    return session;
  }

  const list = (session: GallerySession) => session.list(undefined);
  const page = async (session: GallerySession) => {
    const page = await session.page(list(session).revision, 0);
    assert.ok(page);
    return page;
  };
  /** Numbers of the samples in their split, in the order in which they show. */
  const shown = async (session: GallerySession) => [...(await page(session)).indexes];
  const places = async (chosen: ChosenSamples) => (await shown(await gallery(chosen, 'stored'))).join(' ');

  async function make(session: GallerySession, change: SampleEdit | undefined): Promise<SampleEdit> {
    assert.ok(change);
    await changeOverlay(store.folder('letters'), change);
    await live.look();
    session.keepUp();
    return change;
  }

  it('has the samples of whatever was chosen', async () => {
    assert.equal(await places({ kind: 'all' }), '0 1 2 3 4 5 6 7');
    assert.equal(await places({ kind: 'wrong' }), '1 4 5 7');
    assert.equal(await places({ kind: 'cell', truth: 'O', predicted: '0' }), '7');
    assert.equal(await places({ kind: 'cell', truth: 'O', predicted: 'O' }), '6');
    assert.equal(await places({ kind: 'truth', name: 'B' }), '3 4');
    assert.equal(await places({ kind: 'predicted', name: 'a' }), '1 2');
    assert.equal(await places({ kind: 'class', name: 'O' }), '5 6 7');
    assert.equal(await places({ kind: 'cell', truth: 'X', predicted: '0' }), '');
    assert.equal(await places({ kind: 'places', places: [7, 2, 99], title: 'Lasso' }), '2 7');
  });

  it('has the samples that one of two models alone gets right', async () => {
    const answers = ANSWERS.map(([label, answer], at) => [label, at < 5 ? label : answer, 0.9] as const);
    const { file, model } = await storeAnswers(store, { answers, modelName: 'Other' });
    live = await LiveEvaluation.open({ ...spec, other: { file, model } }, store);
    assert.equal(await places({ kind: 'onlySecond' }), '1 4');
    assert.equal(await places({ kind: 'onlySecond', name: 'B' }), '4');
    assert.equal(await places({ kind: 'onlyFirst' }), '');
  });

  it('has what is wrong of a writer, where writers are known', async () => {
    assert.equal(await places({ kind: 'writer', name: 'Ann' }), '');
    const writers = ANSWERS.map((_, at) => (at < 5 ? 'Ann' : 'Bob'));
    live = await LiveEvaluation.open(await storeAnswers(store, { modelName: 'Other', writers }), store);
    assert.deepEqual(
      live.writers.map(({ writer, samples, value }) => [writer, samples, value]),
      [
        ['Bob', 3, 1 / 3],
        ['Ann', 5, 3 / 5],
      ],
    );
    assert.equal(await places({ kind: 'writer', name: 'Ann' }), '1 4');
    assert.equal(await places({ kind: 'writer', name: 'Bob' }), '5 7');
  });

  it('shows those too that nothing judges, where they were chosen one by one', async () => {
    live.judgeBy({ alphabet: 'digits', merged: false });
    assert.equal(await places({ kind: 'all' }), '5');
    assert.equal(await places({ kind: 'places', places: [0, 5], title: 'Lasso' }), '0 5');
  });

  it('orders them: wrong and sure first, and by choice otherwise', async () => {
    assert.deepEqual(await shown(await gallery({ kind: 'all' })), [5, 1, 7, 4, 6, 2, 0, 3]);
    assert.deepEqual(await shown(await gallery({ kind: 'all' }, 'surest')), [5, 3, 0, 1, 7, 2, 4, 6]);
    assert.deepEqual(await shown(await gallery({ kind: 'all' }, 'leastSure')), [6, 4, 2, 7, 1, 0, 3, 5]);
    const session = await gallery({ kind: 'all' }, 'class');
    assert.deepEqual(await shown(session), [0, 1, 2, 3, 4, 5, 7, 6]);
    session.sortBy('stored');
    assert.deepEqual(await shown(session), [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('tells what each is, what it was taken for and how surely, with its own picture', async () => {
    const session = await gallery({ kind: 'all' });
    const { labels, predicted, probabilities, pixels, marks } = await page(session);
    const { answers, wrong, total } = list(session);
    assert.deepEqual([wrong, total], [4, 8]);
    assert.deepEqual([LETTERS[labels[0] ?? 0], answers[predicted[0] ?? 0]], ['0', 'O']);
    assert.ok(Math.abs((probabilities[0] ?? 0) - 0.99) < 0.002);
    assert.deepEqual([...pixels.subarray(0, 8)], [105, 105, 105, 105, 101, 101, 101, 101]);
    assert.deepEqual([...marks], [0, 0, 0, 0, RIGHT, RIGHT, RIGHT, RIGHT]);
  });

  it('keeps in its place what is changed, until it is listed anew', async () => {
    const session = await gallery({ kind: 'wrong' });
    assert.deepEqual(await shown(session), [5, 1, 7, 4]);
    const { revision } = list(session);
    await make(session, session.relabel(revision, [[0, 0]], 'O'));
    assert.equal(live.figures.accuracy, 5 / 8);
    assert.deepEqual(await shown(session), [5, 1, 7, 4]);
    assert.deepEqual([list(session).wrong, list(session).strayed], [3, 1]);
    assert.equal((await page(session)).marks[0], RELABELED | RIGHT);
    await make(session, session.exclude(list(session).revision, [[3, 3]], true));
    assert.deepEqual([live.figures.samples, list(session).strayed], [7, 2]);
    assert.equal((await page(session)).marks[3], EXCLUDED);
    session.refresh();
    assert.deepEqual(await shown(session), [1, 7]);
    assert.equal(list(session).strayed, 0);
  });

  it('puts behind the others what comes to belong to the choice', async () => {
    const session = await gallery({ kind: 'wrong' });
    await changeOverlay(store.folder('letters'), {
      steps: [{ split: 'test', indices: [0], change: { label: 'B' } }],
    });
    await live.look();
    session.keepUp();
    assert.deepEqual(await shown(session), [5, 1, 7, 4, 0]);
  });

  it('is listed anew where the evaluation is judged by other options', async () => {
    const session = await gallery({ kind: 'wrong' });
    live.judgeBy({ alphabet: 'all', merged: true });
    session.keepUp();
    assert.deepEqual(await shown(session), [4]);
    assert.deepEqual(list(session).answers, ['Aa', 'B', '0O']);
    assert.equal(session.outputFor(list(session).revision, 0, 2), '0', 'of 0 and O the likelier output');
  });

  it('comes back as it stood when it was hidden', async () => {
    const session = await gallery({ kind: 'wrong' });
    await make(session, session.relabel(list(session).revision, [[0, 0]], 'O'));
    const again = await gallery({ kind: 'wrong' }, 'wrongAndSure', session.listed);
    assert.deepEqual(await shown(again), [5, 1, 7, 4]);
    assert.equal(list(again).strayed, 1);
  });

  it('takes back a change, whatever was changed since elsewhere', async () => {
    const session = await gallery({ kind: 'wrong' });
    const change = await make(session, session.relabel(list(session).revision, [[0, 1]], 'O'));
    await changeOverlay(store.folder('letters'), {
      steps: [{ split: 'test', indices: [7], change: { exclude: true } }],
    });
    await takeBack(store.folder('letters'), change);
    await live.look();
    session.keepUp();
    assert.deepEqual([...(await page(session)).marks], [0, 0, EXCLUDED, 0]);
  });

  it('gives back the stored label as what it is', async () => {
    const session = await gallery({ kind: 'all' }, 'stored');
    await make(session, session.relabel(list(session).revision, [[0, 0]], 'B'));
    const change = session.relabel(list(session).revision, [[0, 0]], 'A');
    assert.deepEqual(change?.steps, [{ split: 'test', indices: [0], change: { restore: true } }]);
    assert.equal(session.relabel(list(session).revision - 1, [[0, 0]], 'A'), undefined, 'an older list');
  });

  it('includes again with the label that was corrected', async () => {
    const session = await gallery({ kind: 'all' }, 'stored');
    await make(session, session.relabel(list(session).revision, [[0, 0]], 'B'));
    await make(session, session.exclude(list(session).revision, [[0, 0]], true));
    const change = await make(session, session.exclude(list(session).revision, [[0, 0]], false));
    assert.deepEqual(change.steps, [{ split: 'test', indices: [0], change: { label: 'B' } }]);
    assert.equal((await page(session)).marks[0], RELABELED);
  });

  it('tells all of one sample', async () => {
    const session = await gallery({ kind: 'wrong' });
    await make(session, session.relabel(list(session).revision, [[0, 0]], 'O'));
    const looked = await session.look(list(session).revision, 0);
    assert.ok(looked);
    assert.deepEqual(
      [looked.split, looked.index, looked.label, looked.stored, looked.predicted, looked.right],
      ['test', 5, 'O', '0', 4, 4],
    );
    assert.deepEqual([...looked.pixels], [105, 105, 105, 105]);
    const sum = looked.probabilities.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-4 && looked.probabilities.length === LETTERS.length);
    assert.equal(await session.look(list(session).revision - 1, 0), undefined);
  });

  it('offers first the class that the model takes the samples for', async () => {
    const session = await gallery({ kind: 'wrong' });
    assert.deepEqual(session.classesFor(list(session).revision, [[0, 0]]), ['O', 'A', 'a', 'B', '0']);
  });
});
