import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { compareJudged, judged, type Judged } from '../../../src/engine/evaluation/judged';
import { evaluateStored, type UseModel } from '../../../src/engine/evaluation/storedEvaluation';
import { writeReport } from '../../../src/engine/evaluation/writeReport';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { ModelError } from '../../../src/models/errors';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { tinyModel } from '../models/tinyModel';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;

describe('the part that a training held out', () => {
  let home: string;
  before(() => startWasm());
  beforeEach(async () => {
    home = await makeScratchFolder();
  });
  afterEach(() => removeScratchFolder(home));

  const use: UseModel = async (folder, work) => {
    const model = await loadModel(folder);
    try {
      return await work(model);
    } finally {
      model.dispose();
    }
  };

  /** What a model, trained with a seed, says of the samples that were held out from it. */
  async function judgedOn(seed: number): Promise<Judged> {
    const { layers, card } = tinyModel(`Seed ${String(seed)}`, { seed });
    const model = path.join(home, String(seed));
    await saveModel(model, {
      card: { ...card, training: { settings: { validationSplit: 0.25, seed }, history: [] } },
      layers,
    });
    layers.dispose();
    const task = { model, home, dataset: FIXTURE, split: 'validation' as const, alphabet: 'all' };
    return judged(await evaluateStored(use, task), { alphabet: 'all', merged: false });
  }

  it('is no ground to compare models on that held out others', async () => {
    const [first, second] = [await judgedOn(1), await judgedOn(2)];
    assert.equal(first.evaluated.evaluation.places.length, second.evaluated.evaluation.places.length);
    const refused = (error: unknown) =>
      error instanceof ModelError && /Seed 1 and Seed 2 held out different samples/.test(error.message);
    assert.throws(() => compareJudged(first, second), refused);
    const report = path.join(home, 'report.html');
    await assert.rejects(writeReport(report, 'html', first, second), refused);
    assert.ok(!existsSync(report));
    assert.equal(compareJudged(first, await judgedOn(1)).test.p, 1);
  });
});
