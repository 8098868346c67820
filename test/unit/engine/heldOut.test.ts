import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatasetError } from '../../../src/datasets/errors';
import { openDataset } from '../../../src/datasets/open';
import { changeSamples, type OverlayStep } from '../../../src/datasets/overlay';
import type { Samples } from '../../../src/datasets/samples';
import { openSplit } from '../../../src/datasets/splitSource';
import { DatasetStore } from '../../../src/datasets/store/datasetStore';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { compareJudged, judged, type Judged } from '../../../src/engine/evaluation/judged';
import { evaluateStored } from '../../../src/engine/evaluation/storedEvaluation';
import { writeReport } from '../../../src/engine/evaluation/writeReport';
import { saveModel } from '../../../src/engine/models/layersModel';
import type { RunCheckpoint } from '../../../src/engine/training/checkpoint';
import { trainNetwork } from '../../../src/engine/training/trainNetwork';
import { loadTrainingData } from '../../../src/engine/training/trainingData';
import { ModelError } from '../../../src/models/errors';
import { heldOutBy } from '../../../src/models/heldOut';
import { runSettingsSchema } from '../../../src/runs/runSettings';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { tinyModel } from '../models/tinyModel';
import { LOADING } from './loading';
import { TINY_RUN } from './runs/tinyRun';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;
const HELD_OUT = { fraction: 0.25, seed: 3 };
const SETTINGS = runSettingsSchema.parse({ validationSplit: HELD_OUT.fraction, seed: HELD_OUT.seed });
const CLASSES = ['A', 'B', 'C'];
const COUNT = 60;

/** Samples of three classes in turn, as pictures or as ink by ten hands. */
function someSamples(kind: Samples['kind']): Samples {
  const labels = Uint16Array.from({ length: COUNT }, (_, place) => place % CLASSES.length);
  if (kind === 'images') {
    return { kind, height: 1, width: 1, labels, pixels: Uint8Array.from(labels.keys()) };
  }
  const places = [...labels.keys()];
  return {
    kind,
    labels,
    inks: places.map((place) => [[[0, 0] as const, [place, 1] as const]]),
    penWidths: places.map(() => undefined),
    writers: places.map((place) => `hand ${String(place % 10)}`),
  };
}

describe('the part that a training held out', () => {
  let home: string;
  let store: DatasetStore;
  before(() => startWasm());
  beforeEach(async () => {
    home = await makeScratchFolder();
    store = new DatasetStore(home);
  });
  afterEach(() => removeScratchFolder(home));

  async function storeSamples(kind: Samples['kind']): Promise<void> {
    const samples = someSamples(kind);
    const batches = async function* () {
      yield await Promise.resolve(samples);
    };
    const about = { name: 'Three', kind, source: 'a test', height: 1, width: 1, officialSplits: [] };
    await store.write('three', { ...about, classes: CLASSES, covers: CLASSES }, [
      { split: 'all', batches: batches() },
    ]);
  }
  const change = (indices: number[], what: OverlayStep['change']) =>
    changeSamples(store.folder('three'), { split: 'all', indices, change: what });
  const trainedOn = async () => {
    const { chosen, held, labels } = await loadTrainingData(await openDataset('three', home), SETTINGS);
    return { chosen: [...chosen], held: [...held], labels };
  };
  const evaluatedOn = async () => {
    const source = await openSplit('three', home, 'validation', () => HELD_OUT);
    return { part: source.part, places: [...(await source.load()).places] };
  };

  for (const kind of ['images', 'ink'] as const) {
    it(`stays the same whatever is corrected and excluded afterwards (${kind})`, async () => {
      await storeSamples(kind);
      const before = await trainedOn();
      const evaluated = await evaluatedOn();
      assert.deepEqual(evaluated.places, before.held);
      assert.ok(before.held.length >= 10 && before.held.length + before.chosen.length === COUNT);
      const [learned = 0, alsoLearned = 0] = before.chosen;
      const [held = 0] = before.held;
      await change([learned], { label: CLASSES[(learned + 1) % 3] ?? '' });
      await change([alsoLearned, held], { exclude: true });
      const after = await trainedOn();
      assert.deepEqual(
        after.chosen,
        before.chosen.filter((place) => place !== alsoLearned),
      );
      assert.deepEqual(
        after.held,
        before.held.filter((place) => place !== held),
      );
      assert.equal(after.labels[learned], (learned + 1) % 3);
      assert.deepEqual(await evaluatedOn(), evaluated, 'so what was evaluated stays true');
    });
  }

  it('is of whole hands, though one of them is excluded', async () => {
    await storeSamples('ink');
    const hands = (places: number[]) => new Set(places.map((place) => place % 10));
    const before = await trainedOn();
    const [first = 0] = hands(before.held);
    await change(
      [0, 1, 2, 3, 4, 5].map((at) => first + 10 * at),
      { exclude: true },
    );
    const after = await trainedOn();
    assert.deepEqual(
      [...hands(after.held)],
      [...hands(before.held)].filter((hand) => hand !== first),
    );
    assert.deepEqual(hands(after.chosen), hands(before.chosen));
  });

  it('is known of the data that a model learned from, and no other', () => {
    const { card } = tinyModel('m');
    const [mine, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const about = { license: '', samples: 1 };
    const source = (name: string, checksum: string) => ({ ...about, name, source: name, checksum });
    const training = { settings: { validationSplit: 0.25, seed: 3 }, history: [] };
    const learned = { ...card, training, data: [source('three', mine)] };
    assert.deepEqual(heldOutBy(learned, { id: 'three', checksum: mine }), HELD_OUT);
    assert.equal(heldOutBy(learned, { id: 'letters', checksum: other }), undefined);
    assert.equal(
      heldOutBy(learned, { id: 'three', checksum: other }),
      undefined,
      'it has other samples by now',
    );
    const twice = { ...learned, data: [source('three', other), source('three', mine)] };
    assert.equal(heldOutBy(twice, { id: 'three', checksum: mine }), undefined, 'its base may have seen any');
    const tuned = { ...learned, data: [source('letters', other), source('three', mine)] };
    assert.deepEqual(heldOutBy(tuned, { id: 'three', checksum: mine }), HELD_OUT);
    assert.equal(heldOutBy(tuned, { id: 'letters', checksum: other }), undefined);
    const whole = { ...learned, training: { settings: { validationSplit: 0, seed: 3 }, history: [] } };
    assert.equal(heldOutBy(whole, { id: 'three', checksum: mine }), undefined);
  });

  it('stays that of a run that goes on, which it does not with other data', async () => {
    const dataset = await openDataset(TINY_RUN.dataset);
    const job = (checksum: string) => ({
      dataset: { ...dataset, stored: { dataset, checksum, changes: () => Promise.resolve(new Map()) } },
      run: { ...TINY_RUN, settings: { ...TINY_RUN.settings, epochs: 2 } },
      backend: 'wasm',
      threads: { threads: 0 },
    });
    let saved: RunCheckpoint | undefined;
    let done = 0;
    await trainNetwork(job('as it was'), {
      onProgress: (samples) => (done = samples),
      ending: () => (done > 0 ? 'pause' : undefined),
      onCheckpoint: (checkpoint) => Promise.resolve(void (saved = structuredClone(checkpoint))),
    });
    const { model } = await trainNetwork(job('as it was'), {}, structuredClone(saved));
    model?.dispose();
    assert.equal(model?.card.data.at(-1)?.checksum, 'as it was');
    const refused = (error: unknown) =>
      error instanceof DatasetError && /no longer those that it began with/.test(error.message);
    await assert.rejects(trainNetwork(job('changed'), {}, structuredClone(saved)), refused);
    const renamed = job('as it was');
    const classes = renamed.dataset.classes.map((name) => `${name}!`);
    await assert.rejects(
      trainNetwork({ ...renamed, dataset: { ...renamed.dataset, classes } }, {}, structuredClone(saved)),
      refused,
    );
  });

  /** What a model, trained with a seed, says of the samples that were held out from it. */
  async function judgedOn(seed: number): Promise<Judged> {
    const { layers, card } = tinyModel(`Seed ${String(seed)}`, { seed });
    const model = path.join(home, String(seed));
    const { checksum } = await openSplit(FIXTURE, home, 'train');
    const data = [{ name: 'balanced', license: '', source: '', samples: 1, checksum }];
    const training = { settings: { validationSplit: 0.25, seed }, history: [] };
    await saveModel(model, { card: { ...card, data, training }, layers });
    layers.dispose();
    const task = { model, home, dataset: FIXTURE, split: 'validation' as const, alphabet: 'all' };
    return judged(await evaluateStored(LOADING, task), { alphabet: 'all', merged: false });
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
