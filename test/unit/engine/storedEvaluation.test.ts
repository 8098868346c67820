import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { evaluateStored } from '../../../src/engine/evaluation/storedEvaluation';
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
});
