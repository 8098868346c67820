import assert from 'node:assert/strict';
import { inkDataset } from '../../../../src/datasets/formats/inkDataset';
import type { Ink } from '../../../../src/ink/ink';
import type { LineModel } from '../../../../src/engine/recognition/lineModel';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { evaluateLines, greedyReader } from '../../../../src/engine/evaluation/lines';
import type { RunCheckpoint } from '../../../../src/engine/training/checkpoint';
import { loadLineData } from '../../../../src/engine/training/lines/lineData';
import { trainLineNetwork, type LineRunJob } from '../../../../src/engine/training/lines/trainLineNetwork';
import { settingsFor } from '../../../../src/runs/presetSettings';
import { SHAPES, TINY_LINE, written } from './shapes';

function job(chosen: Parameters<typeof settingsFor>[1]): LineRunJob {
  const settings = settingsFor('scrawl-line', { learningRate: 0.01, batchSize: 8, ...chosen });
  const dataset = inkDataset('shapes', written(80, 1));
  return { dataset, run: { name: 'Shapes', network: TINY_LINE, settings }, backend: 'wasm' };
}

describe('a run on lines', () => {
  before(() => startWasm());

  it('learns to read them, and says how well', async () => {
    const { outcome, model, history, best } = await trainLineNetwork(job({ epochs: 12 }));
    assert.equal(outcome, 'finished');
    assert.ok(model && best);
    assert.deepEqual(model.characters, ['-', 'l', 'v']);
    assert.equal(model.card.kind, 'lines');
    assert.ok((history.at(-1)?.validationAccuracy ?? 0) > 0.8, JSON.stringify(history.at(-1)));
    const { ignored, counted } = await evaluateLines(
      greedyReader(model),
      inkDataset('more', written(30, 2)),
      'all',
    );
    assert.ok(ignored.cer.value < 0.1);
    assert.ok(counted.cer.value < 0.3, 'blanks are where the gaps are wide');
    model.dispose();
  });

  it('goes on from its checkpoint bit for bit', async () => {
    const checkpoints: RunCheckpoint[] = [];
    const keep = (checkpoint: RunCheckpoint) => {
      checkpoints.push(structuredClone(checkpoint));
      return Promise.resolve();
    };
    const whole = await trainLineNetwork(job({ epochs: 2 }), { onCheckpoint: keep });
    let steps = 0;
    const ending = () => (++steps === 7 ? ('pause' as const) : undefined);
    const paused = await trainLineNetwork(job({ epochs: 2 }), { onCheckpoint: keep, ending });
    assert.equal(paused.outcome, 'paused');
    const resumed = await trainLineNetwork(job({ epochs: 2 }), {}, checkpoints.at(-1));
    const weights = (result: typeof whole) =>
      result.model?.layers.getWeights().map((each) => each.dataSync());
    assert.deepEqual(weights(resumed), weights(whole));
    assert.deepEqual(
      resumed.history.map(({ loss, validationLoss }) => [loss, validationLoss]),
      whole.history.map(({ loss, validationLoss }) => [loss, validationLoss]),
    );
    whole.model?.dispose();
    resumed.model?.dispose();
  });

  it('holds lines out whose texts come once each', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => index.toString(2).padStart(5, '0'));
    const dataset = inkDataset(
      'once',
      texts.map((label) => ({ label, ink: SHAPES['v'] ?? [] })),
    );
    const { held, chosen, characters } = await loadLineData(dataset, {
      validationSplit: 0.2,
      limit: 0,
      seed: 3,
    });
    assert.deepEqual([held.length, chosen.length, characters], [4, 16, ['0', '1']]);
    assert.equal(new Set([...held, ...chosen]).size, 20);
  });

  it('refuses a network that loses frames at the ends of lines', async () => {
    const { run, ...rest } = job({ epochs: 1 });
    const layers = [
      ...run.network.layers,
      { type: 'conv1d', filters: 4, kernelSize: 3, padding: 'valid' } as const,
    ];
    await assert.rejects(
      trainLineNetwork({ ...rest, run: { ...run, network: { ...run.network, layers } } }),
      /loses frames at the ends of a line: give its windows the padding "same"\./,
    );
  });

  it('refuses the checkpoint of other data', async () => {
    const checkpoints: RunCheckpoint[] = [];
    const onCheckpoint = (checkpoint: RunCheckpoint) => Promise.resolve(void checkpoints.push(checkpoint));
    const { model } = await trainLineNetwork(job({ epochs: 1 }), { onCheckpoint });
    model?.dispose();
    const other = { ...job({ epochs: 1 }), dataset: inkDataset('shapes', written(80, 9)) };
    await assert.rejects(trainLineNetwork(other, {}, checkpoints.at(-1)), /no longer those/);
  });

  it('goes on from a model, with all its characters and those that are new', async () => {
    const base = await trainLineNetwork(job({ epochs: 10 }));
    const knows = (model: LineModel | undefined) =>
      evaluateLines(greedyReader(model ?? assert.fail()), inkDataset('more', written(30, 2)), 'all');
    const before = (await knows(base.model)).ignored.cer.value;
    const rings = Array.from({ length: 40 }, (_, at) => ({
      label: 'oo'.slice(at % 2),
      ink: ringsOf(2 - (at % 2)),
    }));
    const next = job({ epochs: 10, learningRate: 0.01 });
    const frozen = ['conv1d_1', 'batchNormalization_2'];
    const weights = (model: LineModel | undefined) =>
      frozen.map((name) =>
        model?.layers
          .getLayer(name)
          .getWeights()
          .map((each) => [...each.dataSync()]),
      );
    const kept = weights(base.model);
    const { model } = await trainLineNetwork({
      ...next,
      dataset: inkDataset('rings', [...rings, ...written(40, 8)]),
      run: { ...next.run, name: 'Rings', from: { model: 'shapes', frozen } },
      base: base.model,
    });
    assert.deepEqual(model?.characters, ['-', 'l', 'v', 'o']);
    assert.deepEqual(weights(model), kept, 'frozen layers keep their weights and statistics');
    assert.match(model.card.description, /tiny-line trained on rings, from Shapes\./);
    assert.deepEqual(
      model.card.data.map(({ name }) => name),
      ['shapes', 'rings'],
    );
    const after = (await knows(model)).ignored.cer.value;
    assert.ok(after <= before + 0.05, `${before} to ${after}`);
    const { ignored } = await evaluateLines(greedyReader(model), inkDataset('o', rings), 'all');
    assert.ok(ignored.cer.value < 0.3, `${ignored.cer.value} of the new character`);
    model.dispose();
  });

  it('refuses to freeze what is not there', async () => {
    const { model: base } = await trainLineNetwork(job({ epochs: 1 }));
    const { run, ...rest } = job({ epochs: 1 });
    const from = { model: 'shapes', frozen: ['conv1d_9'] };
    await assert.rejects(
      trainLineNetwork({ ...rest, run: { ...run, from }, base }),
      /"Shapes" has no layer "conv1d_9": choose of conv1d_1, /,
    );
  });
});

/** Rings side by side. */
function ringsOf(count: number): Ink {
  return Array.from({ length: count }, (_, ring) =>
    Array.from({ length: 17 }, (_, at) => {
      const angle = (at * Math.PI) / 8;
      return [90 * ring + 30 * Math.cos(angle), 50 + 50 * Math.sin(angle)] as const;
    }),
  );
}
