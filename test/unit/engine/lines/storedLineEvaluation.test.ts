import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { evaluateLinesStored } from '../../../../src/engine/evaluation/storedLineEvaluation';
import { loadLineModel, type LineModel } from '../../../../src/engine/recognition/lineModel';
import { LineEvaluationStore, readLineEvaluationFile } from '../../../../src/evaluations/lineEvaluationStore';
import { sweepEvaluations } from '../../../../src/evaluations/sweepEvaluations';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { LINE_TEXTS, storeLines, storeLineModel } from '../../lineEvaluations';

describe('the evaluation of a model of lines', () => {
  let home: string;
  let model: string;
  const models = {
    backend: 'wasm' as const,
    async use<T>(folder: string, work: (loaded: LineModel) => Promise<T>): Promise<T> {
      const loaded = await loadLineModel(folder);
      try {
        return await work(loaded);
      } finally {
        loaded.dispose();
      }
    },
  };

  before(async () => {
    await startWasm();
    home = await makeScratchFolder();
    await storeLines(home);
    model = await storeLineModel(home);
  });
  after(() => removeScratchFolder(home));

  it('stores nothing when it is canceled', async () => {
    const abort = new AbortController();
    const onProgress = () => abort.abort();
    const events = { signal: abort.signal, onProgress };
    await assert.rejects(evaluateLinesStored(models, { model, home, dataset: 'lines' }, events), {
      name: 'AbortError',
    });
    assert.ok(!existsSync(path.join(home, 'evaluations')));
  });

  it('keeps what was read of each line, and finds it the next time', async () => {
    const progress: number[] = [];
    const task = { model, home, dataset: 'lines' };
    const first = await evaluateLinesStored(models, task, { onProgress: (done) => progress.push(done) });
    assert.deepEqual(progress, [1, 2, 3, 4]);
    assert.equal(first.stored, false);
    const { header, lines } = await readLineEvaluationFile(first.file ?? '');
    assert.deepEqual(
      lines.map(({ place, text }) => [place, text]),
      LINE_TEXTS.map((text, place) => [place, text]),
    );
    assert.deepEqual([header.modelName, header.samples, header.key.decoding], ['Tiny', 4, 'greedy']);
    const second = await evaluateLinesStored(models, task);
    assert.deepEqual([second.stored, second.file], [true, first.file]);
    assert.deepEqual(second.evaluation.lines, lines);
  });

  it('is not taken for current once the decoder weighs with something else', async () => {
    const { evaluation } = await evaluateLinesStored(models, { model, home, dataset: 'lines' });
    const { key } = evaluation.header;
    const store = new LineEvaluationStore(home);
    assert.ok(await store.read(key));
    assert.equal(await store.read({ ...key, decoder: 'f'.repeat(64) }), undefined);
    assert.notEqual(store.file({ ...key, decoder: 'f'.repeat(64) }), store.file(key));
  });

  it('is swept from the disk with its data alone', async () => {
    const folder = path.join(home, 'evaluations');
    const [ofModel = ''] = (await readdir(folder)).filter((name) => name.length === 32);
    const count = async () => (await readdir(path.join(folder, ofModel))).length;
    const later = (days: number) => Date.now() + days * 25 * 60 * 60 * 1000;
    await sweepEvaluations(home, () => Promise.resolve({ models: [], hasData: () => true }), later(1));
    assert.equal(await count(), 1);
    await sweepEvaluations(home, () => Promise.resolve({ models: [], hasData: () => false }), later(3));
    assert.equal(await count(), 0);
  });
});
