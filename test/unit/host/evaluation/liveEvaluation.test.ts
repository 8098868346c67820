import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { changeSamples } from '../../../../src/datasets/overlay';
import type { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { CurrentEvaluation } from '../../../../src/host/evaluation/currentEvaluation';
import { evaluationMessage } from '../../../../src/host/evaluation/evaluationMessage';
import { type EvaluationSpec, withBundled } from '../../../../src/host/evaluation/evaluationSpec';
import { LiveEvaluation } from '../../../../src/host/evaluation/liveEvaluation';
import { LiveEvaluations } from '../../../../src/host/evaluation/liveEvaluations';
import { ModelError } from '../../../../src/models/errors';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { ANSWERS, storeAnswers, storeLetters, storeModel } from './evaluatedLetters';

const unexpected = (error: unknown) => assert.fail(String(error));

describe('an evaluation that is looked at', () => {
  let home: string;
  let store: DatasetStore;
  let spec: EvaluationSpec;

  beforeEach(async () => {
    home = await makeScratchFolder();
    store = await storeLetters(home);
    spec = await storeAnswers(store);
  });
  afterEach(() => removeScratchFolder(home));

  const change = (place: number, what: { label: string } | { exclude: true }) =>
    changeSamples(store.folder('letters'), { split: 'test', indices: [place], change: what });

  it('follows its options at once', async () => {
    const live = await LiveEvaluation.open(spec, store);
    let told = 0;
    live.onDidChange(() => told++);
    assert.equal(live.figures.accuracy, 4 / 8);
    live.judgeBy({ alphabet: 'all', merged: true });
    assert.equal(live.figures.accuracy, 7 / 8, 'of the case and 0/O nothing is wrong');
    assert.deepEqual(live.figures.classes, ['Aa', 'B', '0O']);
    live.judgeBy({ alphabet: 'digits', merged: false });
    assert.deepEqual([live.figures.samples, live.figures.leftOut, live.figures.accuracy], [1, 7, 1]);
    live.judgeBy({ alphabet: '%', merged: false });
    assert.equal(live.figures.samples, 0);
    assert.equal(told, 3);
  });

  it('follows the labels as they are corrected', async () => {
    const live = await LiveEvaluation.open(spec, store);
    let told = 0;
    live.onDidChange(() => told++);
    await live.look();
    assert.equal(told, 0, 'nothing had changed');
    await change(5, { label: 'O' });
    await live.look();
    assert.equal(live.figures.accuracy, 5 / 8);
    await change(4, { exclude: true });
    await live.look();
    assert.equal(live.figures.accuracy, 5 / 7);
    assert.deepEqual([live.changeAt(4)?.excluded, live.changeAt(3)], [true, undefined]);
    assert.equal(told, 2);
  });

  it('says when the samples are not those that were evaluated, and keeps its figures', async () => {
    const live = await LiveEvaluation.open(spec, store);
    assert.equal(live.stale, undefined);
    await store.remove('letters');
    await live.look();
    assert.match(String(live.stale), /letters no longer exists/);
    assert.equal(live.figures.accuracy, 4 / 8);
    assert.throws(() => live.dataset, /no longer exists/);
  });

  it('has its samples from the dataset that was asked for, where two are the same', async () => {
    await storeLetters(home, 'copy');
    await store.remove('letters');
    const live = await LiveEvaluation.open({ ...spec, dataset: 'copy' }, store);
    assert.deepEqual([live.stale, live.dataset.id], [undefined, 'copy']);
  });

  it('says when another model has taken the place of the one that was evaluated, or none', async () => {
    const live = await LiveEvaluation.open(spec, store);
    assert.equal(await live.model.use(), spec.model);
    let told = 0;
    live.onDidChange(() => told++);
    const aside = `${spec.model}-removed`;
    await rename(spec.model, aside);
    await live.look();
    assert.match(String(live.stale), /^Mine no longer exists: .* evaluate another model\.$/);
    await storeModel(home, 'Mine', 'other weights');
    await live.look();
    assert.match(String(live.stale), /^Mine is another model than was evaluated: evaluate again\.$/);
    await assert.rejects(live.model.use(), /another model than was evaluated/);
    assert.equal(live.dataset.name, 'Letters', 'what was evaluated is shown all the same');
    await rm(spec.model, { recursive: true });
    await rename(aside, spec.model);
    await live.look();
    assert.deepEqual([live.stale, await live.model.use(), told], [undefined, spec.model, 3]);
  });

  it('says when a second model is not what was evaluated', async () => {
    const { file, model } = await storeAnswers(store, { modelName: 'Other' });
    const both = { ...spec, other: { file, model } };
    const evaluations = new LiveEvaluations(store, () => ({ dispose: () => undefined }), unexpected);
    await evaluations.checkModels(both);
    await rm(model, { recursive: true });
    await assert.rejects(evaluations.checkModels(both), /Other no longer exists/);
    await evaluations.checkModels(spec);
    evaluations.dispose();
  });

  it('compares two models on the same samples', async () => {
    const answers = ANSWERS.map(([label, answer], at) => [label, at < 5 ? label : answer, 0.9] as const);
    const { file, model } = await storeAnswers(store, { answers, modelName: 'Other' });
    const live = await LiveEvaluation.open({ ...spec, other: { file, model } }, store);
    const { comparison } = live;
    assert.deepEqual([comparison?.first, comparison?.second], [4 / 8, 6 / 8]);
    assert.deepEqual(comparison?.onlySecond, [1, 4]);
    const shown = evaluationMessage(live, false).comparison;
    assert.deepEqual([shown?.model, shown?.onlyFirst, shown?.onlySecond, shown?.p], ['Other', 0, 2, 0.5]);
  });

  it('compares no two models on different samples, though there are as many', async () => {
    const places = [1, 2, 3, 4, 5, 6, 7, 8];
    const { file, model } = await storeAnswers(store, { places, modelName: 'Other' });
    const live = await LiveEvaluation.open({ ...spec, other: { file, model } }, store);
    const message = structuredClone(evaluationMessage(live, false));
    assert.equal(message.comparison, undefined);
    assert.match(
      String(message.incomparable),
      /Mine and Other held out different samples of letters: compare them on/,
    );
    assert.equal(message.accuracy, 4 / 8, 'what was evaluated stays to be seen');
  });

  it('stays to be seen where what it is compared with is gone', async () => {
    const { file, model } = await storeAnswers(store, { modelName: 'Other' });
    await rm(file);
    const message = evaluationMessage(
      await LiveEvaluation.open({ ...spec, other: { file, model } }, store),
      false,
    );
    assert.match(String(message.incomparable), /no such stored evaluation/);
    assert.equal(message.accuracy, 4 / 8);
  });

  it('is a message that its page takes', async () => {
    const message = structuredClone(evaluationMessage(await LiveEvaluation.open(spec, store), false));
    assert.deepEqual([message.model, message.dataset, message.split], ['Mine', 'Letters', 'test']);
    assert.equal(message.samplesPerSecond, 2000);
    const [first] = message.pairs;
    assert.deepEqual(
      message.pairs
        .map(({ truth, predicted }) => `${message.classes[truth]}>${message.classes[predicted]}`)
        .sort(),
      ['0>O', 'A>a', 'B>0', 'O>0'],
    );
    assert.deepEqual([first?.count, first?.share], [1, 1], 'the greater share first');
    assert.equal(message.confusion.length, 25);
    assert.deepEqual([...message.orders.similarity].sort(), [0, 1, 2, 3, 4]);
    assert.equal(message.orders.error[0], 3, 'no 0 is read right');
  });

  it('is in memory once, and as long as somebody looks', async () => {
    const evaluations = new LiveEvaluations(store, () => ({ dispose: () => undefined }), unexpected);
    const [first, second] = await Promise.all([evaluations.hold(spec), evaluations.hold(spec)]);
    assert.equal(first.live, second.live);
    first.release();
    first.release();
    assert.equal((await evaluations.hold(spec)).live, second.live);
    second.release();
    evaluations.dispose();
  });

  it('finds the bundled model where an update of Scrawl has put it', () => {
    const before = path.join(store.home, 'scrawl-0.1.0', 'media', 'model');
    const now = path.join(store.home, 'scrawl-0.2.0', 'media', 'models', 'characters');
    const other = { file: spec.file, model: before };
    const found = withBundled({ ...spec, model: before, other }, now);
    assert.deepEqual([found.model, found.other?.model], [now, now]);
    assert.deepEqual(withBundled(spec, now), spec);
    const remembered = { ...spec, model: before };
    const memory = { get: () => remembered, update: () => Promise.resolve() };
    assert.equal(
      new CurrentEvaluation(memory, now).spec?.model,
      now,
      'for all who ask what the window shows',
    );
  });

  it('tells what to do where its file is gone, and reads it once it is back', async () => {
    const evaluations = new LiveEvaluations(store, () => ({ dispose: () => undefined }), unexpected);
    await rm(spec.file);
    await assert.rejects(
      evaluations.hold(spec),
      (error) => error instanceof ModelError && /evaluate the model again/.test(error.message),
    );
    await storeAnswers(store);
    assert.equal((await evaluations.hold(spec)).live.figures.samples, 8);
    evaluations.dispose();
  });
});
