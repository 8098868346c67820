import assert from 'node:assert/strict';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { judged } from '../../../src/engine/evaluation/judged';
import { embedStored } from '../../../src/engine/evaluation/storedEmbeddings';
import { evaluateStored, type Evaluated } from '../../../src/engine/evaluation/storedEvaluation';
import { saveModel } from '../../../src/engine/models/layersModel';
import { EmbeddingsFile } from '../../../src/evaluations/embeddingsFile';
import { ModelStore } from '../../../src/models/modelStore';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { tinyModel } from '../models/tinyModel';
import { LOADING } from './loading';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;

describe('an ensemble that is evaluated', () => {
  let home: string;
  let store: ModelStore;
  before(() => startWasm());
  beforeEach(async () => {
    home = await makeScratchFolder();
    store = new ModelStore(home, path.resolve('media', 'models', 'characters'));
  });
  afterEach(() => removeScratchFolder(home));

  async function addModel(seed: number): Promise<string> {
    const { card, layers } = tinyModel(`m${String(seed)}`, { seed });
    const { id } = await store.add(card.name, (folder) => saveModel(folder, { card, layers }));
    layers.dispose();
    return id;
  }
  async function evaluated(reference: string): Promise<Evaluated> {
    const { folder: model } = await store.get(reference);
    return evaluateStored(LOADING, { model, home, dataset: FIXTURE, split: 'test', alphabet: 'all' });
  }

  it('says what its members say on the average, is kept apart from them, and is judged as one model', async () => {
    const ids = [await addModel(1), await addModel(2)];
    const { id, folder } = await store.addEnsemble('Both', ids, 'average');
    const members = await Promise.all(ids.map(evaluated));
    const both = await evaluated(id);
    assert.deepEqual([both.stored, (await evaluated(id)).stored], [false, true]);
    assert.equal(new Set([both, ...members].map(({ file }) => file)).size, 3);
    const { header, places, predictions } = both.evaluation;
    assert.deepEqual([header.modelName, header.outputs], ['Both', ['A', 'B', 'C']]);
    const [mean, ...each] = [predictions, ...members.map(({ evaluation }) => evaluation.predictions)].map(
      (rows) =>
        Array.from(places.keys(), (row) => {
          const shares = new Float32Array(3);
          rows.read(row, shares);
          return [...shares];
        }),
    );
    mean?.forEach((shares, row) =>
      shares.forEach((share, output) => {
        const expected = each.reduce((sum, rows) => sum + (rows[row]?.[output] ?? 0), 0) / 2;
        assert.ok(Math.abs(share - expected) < 0.01, `${String(share)}, not ${String(expected)}`);
      }),
    );
    const { figures } = judged(both, { alphabet: 'all', merged: false });
    assert.ok(figures.samples > 0 && figures.samples < places.length, 'the others are of other classes');
    assert.deepEqual(figures.classes, ['A', 'B', 'C']);

    const widths = [
      folder,
      ...(await Promise.all(ids.map((one) => store.get(one)))).map((one) => one.folder),
    ];
    const [together = 0, ...alone] = await Promise.all(
      widths.map(async (model) => {
        const task = { model, home, dataset: FIXTURE, split: 'test' as const, most: 10 };
        const file = await EmbeddingsFile.open(await embedStored(LOADING, task));
        await file.close();
        return file.header.width;
      }),
    );
    assert.equal(
      together,
      alone.reduce((sum, width) => sum + width, 0),
      'it sees what each of them sees',
    );
  });
});
