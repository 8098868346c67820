import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../../../src/base/userError';
import { readCheckpoint } from '../../../../src/engine/training/checkpoint';
import { readCard } from '../../../../src/models/modelFolder';
import { endTraining, previewAugmentation, testRates, train } from '../../../../src/protocol/engine/training';
import { Canceled } from '../../../../src/protocol/failures';
import type { Params } from '../../../../src/protocol/rpc';
import { checkpointFile } from '../../../../src/runs/runFolder';
import { RunStore } from '../../../../src/runs/runStore';
import { startEngine, type TestEngine } from '../../../harness/engine';
import { TINY_RUN } from './tinyRun';

/** So many epochs that a run does not end by itself while it is ended. */
const ENDLESS = { ...TINY_RUN, settings: { ...TINY_RUN.settings, epochs: 10_000, patience: 0 } };

describe('training in the engine process', function () {
  this.timeout(60_000);
  let home: string;
  let store: RunStore;
  let engine: TestEngine;
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new RunStore(home);
    engine = startEngine();
  });
  afterEach(async () => {
    await engine.end();
    await rm(home, { recursive: true });
  });

  /** Trains; `learning` resolves once the run has learned from something. */
  const training = (params: Params<typeof train>, stop = new AbortController()) => {
    let begin = () => {};
    const learning = new Promise<void>((resolve) => (begin = resolve));
    const result = engine.ask(train, params, {
      signal: stop.signal,
      onProgress: (told) => {
        if ('progress' in told && told.progress.done > 0) begin();
      },
    });
    return { result, learning };
  };

  it('tells its progress and epochs, and answers with the model', async () => {
    const { id, folder } = await store.create(TINY_RUN);
    const epochs: number[] = [];
    const points: number[] = [];
    const {
      outcome,
      model = '',
      accuracy,
      epochs: count,
    } = await engine.ask(
      train,
      { run: folder, home },
      {
        onProgress: (told) => {
          if ('epoch' in told) epochs.push(told.epoch.epoch);
          else points.push(...told.progress.points.map(({ epoch }) => epoch));
        },
      },
    );
    assert.deepEqual([outcome, count, epochs], ['finished', 4, [1, 2, 3, 4]]);
    assert.deepEqual(
      points,
      [...points].sort((a, b) => a - b),
    );
    assert.equal(points.at(-1), 4);
    const { training, name } = await readCard(model);
    assert.equal(name, 'tiny');
    assert.equal(training.history[(training.epoch ?? 0) - 1]?.validationAccuracy, accuracy);
    assert.equal((await store.find(id)).state.state, 'finished');
  });

  it('pauses and stops when it is asked to, and goes on with what is paused', async () => {
    const { id, folder } = await store.create(ENDLESS);
    for (const [how, outcome] of [
      ['pause', 'paused'],
      ['stop', 'stopped'],
    ] as const) {
      const { result, learning } = training({ run: folder, home });
      await learning;
      await engine.ask(endTraining, { run: folder, how });
      assert.equal((await result).outcome, outcome);
      assert.equal((await store.find(id)).state.state, outcome);
    }
    await engine.ask(endTraining, { run: folder, how: 'pause' });
  });

  it('ends at once when the request is canceled', async () => {
    const { id, folder } = await store.create(ENDLESS);
    const stop = new AbortController();
    const { result, learning } = training({ run: folder, home }, stop);
    await learning;
    stop.abort();
    await assert.rejects(result, Canceled);
    assert.equal((await store.find(id)).state.state, 'interrupted');
  });

  it('says in a sentence why a run cannot train', async () => {
    const { folder } = await store.create({ ...TINY_RUN, dataset: path.join(home, 'nowhere') });
    for (const params of [
      { run: folder, home },
      { run: path.join(home, 'none'), home },
      { run: folder, home, backend: 'abacus' },
    ]) {
      await assert.rejects(
        engine.ask(train, params),
        (error) => error instanceof UserError && /: .*\.$/.test(error.message),
      );
    }
  });

  for (const [how, leave] of [
    ['its owner is gone', () => engine.process.disconnect()],
    ['it is told to end', () => engine.process.kill('SIGTERM')],
  ] as const) {
    it(`leaves a checkpoint when ${how}`, async function () {
      // Windows knows no signals: what is told to end there ends at once
      if (how === 'it is told to end' && process.platform === 'win32') return this.skip();
      const { id, folder } = await store.create(ENDLESS);
      const { result, learning } = training({ run: folder, home });
      result.catch(() => undefined);
      await learning;
      const exit = once(engine.process, 'exit');
      leave();
      assert.deepEqual(await exit, [0, null]);
      const { state } = await store.find(id);
      assert.equal(state.state, 'interrupted');
      const checkpoint = await readCheckpoint(checkpointFile(folder));
      const { history, epoch } = checkpoint?.position ?? { history: [], epoch: { samples: 0 } };
      const perEpoch = state.total / 10_000;
      assert.equal(history.length * perEpoch + epoch.samples, state.done);
    });
  }

  it('tries learning rates until the loss diverges, and leaves nothing behind', async () => {
    const { points, suggestion = 0 } = await engine.ask(testRates, { run: TINY_RUN, home });
    const rates = points.map(({ rate }) => rate);
    assert.deepEqual(
      rates,
      [...rates].sort((a, b) => a - b),
    );
    assert.ok(rates.length > 30 && rates.includes(suggestion));
    assert.ok(suggestion > 1e-5 && suggestion < 1, String(suggestion));
    assert.deepEqual(await store.list(), []);
    const nowhere = { ...TINY_RUN, dataset: path.join(home, 'nowhere') };
    await assert.rejects(engine.ask(testRates, { run: nowhere, home }), UserError);
  });

  it('shows samples as a run would vary them, more strongly where it is told', async () => {
    const params = { dataset: TINY_RUN.dataset, home, seed: 3, count: 12 };
    const show = async (augmentation: Record<string, number>) =>
      (await engine.ask(previewAugmentation, { ...params, augmentation })).pictures;
    const plain = await show({});
    assert.equal(plain.length, 12);
    for (const { width, height, pixels } of plain)
      assert.deepEqual([width, height, pixels.length], [28, 28, 784]);
    const distance = (pictures: typeof plain) =>
      pictures
        .flatMap(({ pixels }, i) => pixels.map((gray, at) => Math.abs(gray - (plain[i]?.pixels[at] ?? 0))))
        .reduce((sum, each) => sum + each, 0);
    const gently = distance(await show({ shift: 0.5 }));
    assert.ok(gently > 0 && gently < distance(await show({ shift: 3 })));
    assert.deepEqual(await show({ shift: 1 }), await show({ shift: 1 }));
    const [large] = (await engine.ask(previewAugmentation, { ...params, augmentation: {}, side: 48 }))
      .pictures;
    assert.deepEqual([large?.width, large?.height, large?.pixels.length], [48, 48, 48 * 48]);
    const nowhere = { ...params, dataset: path.join(home, 'nowhere'), augmentation: {} };
    await assert.rejects(engine.ask(previewAugmentation, nowhere), UserError);
  });
});
