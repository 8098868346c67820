import assert from 'node:assert/strict';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { modelChecksum } from '../../../src/models/checksum';
import { writeEmbeddings } from '../../../src/evaluations/embeddingsFile';
import { type EvaluationKey, writeEvaluation } from '../../../src/evaluations/evaluationFile';
import { EvaluationStore, readEvaluationFile } from '../../../src/evaluations/evaluationStore';
import { readCard, writeCard } from '../../../src/models/modelFolder';
import { Predictions } from '../../../src/evaluations/predictions';
import { sweepEvaluations } from '../../../src/evaluations/sweepEvaluations';
import { removedName } from '../../../src/storage/sweep';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const HOUR = 60 * 60 * 1000;
const DATA = 'd'.repeat(64);

describe('evaluations of what is gone', () => {
  let home: string;
  let store: EvaluationStore;
  let data: string[];
  beforeEach(async () => {
    home = await makeScratchFolder();
    store = new EvaluationStore(home);
    data = [DATA];
  });
  afterEach(() => removeScratchFolder(home));

  async function model(name: string, into = 'models'): Promise<string> {
    const folder = path.join(home, into, name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'weights.bin'), name);
    await writeCard(folder, { ...(await readCard(path.resolve('media', 'models', 'characters'))), name });
    return folder;
  }

  /** Stores an evaluation, and embeddings of other samples. */
  async function evaluated(modelFolder: string, dataset = DATA): Promise<string> {
    const key: EvaluationKey = { model: await modelChecksum(modelFolder), dataset, split: 'test', part: '' };
    const classes = ['a'];
    const about = { datasetId: 'letters', classes, covers: classes, outputs: classes, of: 'test' as const };
    const file = await store.write(
      key,
      writeEvaluation({
        header: {
          ...{ key, modelFolder, modelName: 'm', ...about, backend: 'wasm', milliseconds: 1 },
          created: '2026-01-02T03:04:05.000Z',
        },
        places: Uint32Array.of(0),
        labels: Uint16Array.of(0),
        predictions: Predictions.empty(1, 1),
      }),
    );
    const other = { ...key, part: ' 100' };
    const embeddings = writeEmbeddings(
      { key: other, classes, of: 'test', width: 1 },
      Uint32Array.of(0),
      Uint16Array.of(0),
      Uint16Array.of(0),
    );
    await writeFile(`${store.file(other)}.embeddings`, embeddings);
    await writeFile(`${store.file(other)}.embeddings.umap`, 'a layout');
    return file;
  }

  const sweepIn = (hours: number, models: string[] = []) =>
    sweepEvaluations(
      home,
      () => Promise.resolve({ models, hasData: ({ checksum }) => data.includes(checksum) }),
      Date.now() + hours * HOUR,
    );
  const left = async (file: string) => (await readdir(path.dirname(file))).length;

  it('go with their embeddings a day after the model can be brought back no longer', async () => {
    const mine = await model('mine');
    const file = await evaluated(mine);
    await sweepIn(30);
    assert.equal(await left(file), 3, 'the model is there');
    const removed = path.join(home, 'models', removedName('mine'));
    await rename(mine, removed);
    await sweepIn(60);
    assert.equal(await left(file), 3, 'it can be brought back');
    await rm(removed, { recursive: true });
    await sweepIn(90);
    assert.equal(await left(file), 0);
  });

  it('stay for a day after they were looked at last', async () => {
    const mine = await model('mine');
    const file = await evaluated(mine);
    await rm(mine, { recursive: true });
    await sweepIn(23);
    assert.equal(await left(file), 3);
    assert.equal((await readEvaluationFile(file)).header.modelName, 'm');
  });

  it('go where the data are gone, or other samples by now', async () => {
    const file = await evaluated(await model('mine'));
    data = ['e'.repeat(64)];
    await sweepIn(30);
    assert.equal(await left(file), 0);
  });

  it('stay where the model lies elsewhere, or has moved with an update', async () => {
    const elsewhere = await evaluated(await model('elsewhere', 'mine'));
    const shipped = await model('shipped', 'version-1');
    const file = await evaluated(shipped);
    const updated = path.join(home, 'version-2');
    await rename(path.dirname(shipped), updated);
    await sweepIn(30, [path.join(updated, 'shipped')]);
    assert.deepEqual([await left(elsewhere), await left(file)], [3, 3]);
  });

  it('are looked for once a day', async () => {
    const file = await evaluated(await model('mine'));
    await sweepIn(0);
    data = [];
    await sweepIn(23);
    assert.equal(await left(file), 3);
    await sweepIn(25);
    assert.equal(await left(file), 0);
  });
});
