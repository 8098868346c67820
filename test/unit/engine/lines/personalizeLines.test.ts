import assert from 'node:assert/strict';
import { inkDataset } from '../../../../src/datasets/formats/inkDataset';
import type { InkSamples } from '../../../../src/datasets/samples';
import { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { evaluateLines, greedyReader } from '../../../../src/engine/evaluation/lines';
import { loadLineReplay, type LineReplay } from '../../../../src/engine/personal/lines/lineReplay';
import { MOST_LOST, personalizeLines } from '../../../../src/engine/personal/lines/personalizeLines';
import { personalizeLinesStored } from '../../../../src/engine/personal/lines/personalizeLinesStored';
import { loadPersonLines } from '../../../../src/engine/personal/lines/personLines';
import { PERSONS_OWN } from '../../../../src/engine/personal/personSamples';
import type { LineModel } from '../../../../src/engine/recognition/lineModel';
import { trainLineNetwork } from '../../../../src/engine/training/lines/trainLineNetwork';
import { readLineCard } from '../../../../src/models/lineCard';
import { ModelStore } from '../../../../src/models/modelStore';
import { settingsFor } from '../../../../src/runs/presetSettings';
import { makeScratchFolder } from '../../../harness/scratch';
import { refused } from '../../datasets/import/temporary';
import { LINE_TEXTS, storeLineModel, storeLines } from '../../lineEvaluations';
import { SHAPES, TINY_LINE, written, type Hand } from './shapes';

/** One who slants by more than 45 degrees. */
const OWN: Hand = (_, x, y) => [x + 1.2 * (100 - y), y];

const REPLAY: LineReplay = {
  name: 'shapes',
  train: written(60, 3),
  test: written(40, 4),
  perhapsLearned: false,
};
const PACE = { steps: 300, learningRate: 0.003, batch: 16 };

describe('a model of lines that learns a hand', () => {
  let base: LineModel;

  before(async () => {
    await startWasm();
    const settings = settingsFor('scrawl-line', { learningRate: 0.01, batchSize: 8, epochs: 10 });
    const run = { name: 'Shapes', network: TINY_LINE, settings };
    const dataset = inkDataset('shapes', written(80, 1));
    const { model } = await trainLineNetwork({ dataset, run, backend: 'wasm' });
    base = model ?? assert.fail('no model');
  });

  after(() => base.dispose());

  const errors = async (model: LineModel, hand?: Hand) =>
    (await evaluateLines(greedyReader(model), inkDataset('more', written(40, 5, hand)), 'all')).ignored.cer
      .value;

  it('reads it better and the others as well, and stays as it was itself', async () => {
    const person = inkDataset('my-lines', written(32, 6, OWN));
    const before = { own: await errors(base, OWN), others: await errors(base) };
    const { model, report } = await personalizeLines({ base, person, replay: REPLAY, pace: PACE });
    const after = { own: await errors(model, OWN), others: await errors(model) };
    assert.ok(before.own > 0.2 && after.own < before.own / 2, JSON.stringify([before, after]));
    assert.ok(report.person.after < report.person.before, JSON.stringify(report));
    assert.ok(report.original.after - report.original.before <= MOST_LOST, JSON.stringify(report));
    assert.equal(report.learned + report.person.samples, 32);
    assert.deepEqual({ own: await errors(base, OWN), others: await errors(base) }, before);
    const { card } = model;
    assert.deepEqual([card.kind, card.classes, card.network], ['lines', base.card.classes, TINY_LINE]);
    assert.ok(
      card.data.some(({ license, samples }) => license === PERSONS_OWN && samples === report.learned),
    );
    const again = await personalizeLines({ base: model, person, replay: REPLAY, pace: PACE });
    assert.equal(again.report.original.first, report.original.before, 'what it read before any hand');
    for (const each of [model, again.model]) each.dispose();
  });

  it('is none where the lines are labeled wrong', async () => {
    const wrong = written(32, 6).map(({ ink }, at) => ({ ink, label: written(32, 7)[at]?.label ?? '' }));
    const person = inkDataset('my-lines', wrong);
    await refused(
      personalizeLines({ base, person, replay: REPLAY, pace: { ...PACE, steps: 30, learningRate: 0.1 } }),
      /would read no better with these lines: look through them for wrong texts/,
    );
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const person = inkDataset('my-lines', written(32, 6, OWN));
    const onProgress = (phase: string) => {
      if (phase === 'learning') stop.abort(new Error('enough'));
    };
    const job = { base, person, replay: REPLAY, pace: PACE };
    await assert.rejects(personalizeLines(job, { signal: stop.signal, onProgress }), /enough/);
  });
});

describe("the user's lines", () => {
  it('are left out where the model lacks a character, and told apart by rows', async () => {
    const down = (ink: (typeof SHAPES)[string], by: number) =>
      ink.map((stroke) => stroke.map(([x, y]) => [x, y + by] as const));
    const rows = [...(SHAPES['l'] ?? []), ...down(SHAPES['v'] ?? [], 300)];
    const dataset = inkDataset('my-lines', [
      ...written(12, 1),
      { label: 'λ', ink: SHAPES['v'] ?? [] },
      { label: 'l\nv', ink: rows },
      { label: 'l\nv', ink: SHAPES['v'] ?? [] },
    ]);
    const { train, held, leftOut } = await loadPersonLines(dataset, ['-', 'l', 'v']);
    assert.equal(leftOut, 2, 'one of unknown characters, one of other rows than its text');
    assert.equal(train.length + held.length, 14);
    assert.ok(held.length > 0);
  });

  it('must be some', async () => {
    const few = inkDataset('my-lines', written(3, 1));
    await refused(loadPersonLines(few, ['-', 'l', 'v']), /There are 3 words and lines .* keep at least 8/);
  });
});

describe('the lines that a model is to keep in mind', () => {
  it('ship with Scrawl, of other people to learn from than to measure on', async () => {
    const card = await readLineCard('media/models/lines');
    const { train, test, perhapsLearned } = await loadLineReplay(
      card,
      await makeScratchFolder(),
      'media/replay/lines',
      1,
    );
    assert.deepEqual([train.length, test.length, perhapsLearned], [240, 150, false]);
  });
});

describe('personalizing a stored model of lines', () => {
  it('adds a model of lines to the store', async () => {
    const home = await makeScratchFolder();
    const model = await storeLineModel(home, 'Tiny');
    const store = await storeLines(home);
    const { inks } = (await (await store.open('lines')).load('all')) as InkSamples;
    const mine = new DatasetStore(home).lines;
    for (let at = 0; at < 12; at++) {
      const label = LINE_TEXTS[1 + (at % 3)] ?? '';
      await mine.keep({ label, ink: inks[1 + (at % 3)] ?? [] });
    }
    const task = {
      home,
      bundled: 'media/models/characters',
      model,
      samples: 'my-lines',
      name: 'Tiny, my hand',
    };
    const made = await personalizeLinesStored(task, 'media/replay');
    assert.deepEqual([made.model, made.name, made.original.samples], ['tiny-my-hand', 'Tiny, my hand', 0]);
    const { lines } = await new ModelStore(home, task.bundled).getLines(made.model);
    assert.equal(lines.training.settings['personalized'], 'Tiny');
  });
});
