import assert from 'node:assert/strict';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { evaluateStored } from '../../../src/engine/evaluation/storedEvaluation';
import { writeEvaluation } from '../../../src/evaluations/evaluationFile';
import { saveModel } from '../../../src/engine/models/layersModel';
import { readEvaluationFile } from '../../../src/evaluations/evaluationStore';
import { writeCard } from '../../../src/models/modelFolder';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { tinyModel } from '../models/tinyModel';
import { LOADING } from './loading';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;

describe('an evaluation that is stored', () => {
  let home: string;
  before(() => startWasm());
  beforeEach(async () => {
    home = await makeScratchFolder();
  });
  afterEach(() => removeScratchFolder(home));

  it('is found again when the model has another name and place, and goes by them from then on', async () => {
    const model = path.join(home, 'a');
    const { card, layers } = tinyModel('First');
    await saveModel(model, { card, layers });
    layers.dispose();
    const task = { home, dataset: FIXTURE, split: 'test' as const, alphabet: 'all' };
    const first = await evaluateStored(LOADING, { ...task, model });
    const moved = path.join(home, 'b');
    await rename(model, moved);
    await writeCard(moved, { ...card, name: 'Second' });
    const second = await evaluateStored(LOADING, { ...task, model: moved });
    assert.deepEqual([second.stored, second.file], [true, first.file]);
    const { header, predictions } = await readEvaluationFile(second.file ?? '');
    assert.deepEqual([header.modelName, header.modelFolder], ['Second', moved]);
    assert.deepEqual(second.evaluation.header.modelName, 'Second');
    assert.deepEqual(predictions, first.evaluation.predictions);
  });

  it('says who wrote the samples, of one too that an older Scrawl kept', async () => {
    const model = path.join(home, 'a');
    const { card, layers } = tinyModel('First');
    await saveModel(model, { card, layers });
    layers.dispose();
    const dataset = path.join(home, 'hands.jsonl');
    const strokes = [[0, 10, 20].map((x) => [x, x % 20])];
    const hands = ['Ann', undefined, 'Bob'];
    const labels = card.classes.slice(0, 1);
    await writeFile(
      dataset,
      hands.map((writer) => JSON.stringify({ label: labels[0], writer, strokes })).join('\n'),
    );
    const task = { model, home, dataset, alphabet: 'all' };
    const { evaluation, file = '' } = await evaluateStored(LOADING, task);
    assert.deepEqual(evaluation.writers, hands);
    const { writers: _, ...older } = evaluation;
    await writeFile(file, writeEvaluation(older));
    assert.equal((await readEvaluationFile(file)).writers, undefined);
    const again = await evaluateStored(LOADING, task);
    assert.deepEqual([again.stored, again.evaluation.writers], [true, hands]);
    assert.deepEqual((await readEvaluationFile(file)).writers, hands);
  });
});
