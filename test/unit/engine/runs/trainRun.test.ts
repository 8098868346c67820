import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatasetError } from '../../../../src/datasets/errors';
import { survey } from '../../../../src/engine/backends/measure/survey';
import { writeSpeeds } from '../../../../src/engine/backends/measure/speeds';
import type { StartedBackend } from '../../../../src/engine/backends/backend';
import { BackendLostError } from '../../../../src/engine/backends/errors';
import { RunControl } from '../../../../src/engine/training/runControl';
import { trainRun, type TrainOptions } from '../../../../src/engine/training/trainRun';
import { readCard } from '../../../../src/models/modelFolder';
import { ModelStore } from '../../../../src/models/modelStore';
import { checkpointFile, readState, writeState } from '../../../../src/runs/runFolder';
import { type HistoryLine, INTERRUPTED, type RunFile } from '../../../../src/runs/run';
import { RunStore } from '../../../../src/runs/runStore';
import type { TrainingProgress } from '../../../../src/protocol/engine/training';
import { settingsFor } from '../../../../src/runs/presetSettings';
import { TINY_LINE, written } from '../lines/shapes';
import { readEvents } from './events';
import { TINY_RUN } from './tinyRun';
import { wasKilled } from '../../../harness/killed';

describe('training a run in its folder', () => {
  let home: string;
  let store: RunStore;
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new RunStore(home);
  });
  afterEach(() => rm(home, { recursive: true }));

  const train = (folder: string, more: Partial<TrainOptions> = {}) =>
    trainRun({
      folder,
      home,
      models: new ModelStore(home, ''),
      control: new RunControl(),
      threads: { threads: 0 },
      ...more,
    });
  const weights = (model: string | undefined) => readFile(path.join(model ?? '', 'weights.bin'));
  /** Trains in a process of its own. */
  const inProcess = (folder: string, dieAt: number) =>
    new Promise<{ killed: boolean; steps: number }>((resolve, reject) => {
      const program = path.resolve('out', 'test', 'unit', 'engine', 'runs', 'trainProgram.js');
      execFile(process.execPath, [program, folder, home, String(dieAt)], (error, stdout, stderr) => {
        const killed = error !== null && wasKilled(error, stderr);
        if (error && !killed) reject(new Error(stderr));
        else resolve({ killed, steps: Number(stdout) });
      });
    });

  for (const backend of ['wasm', 'kernels'] as const) {
    it(`killed at any step and gone on with it gives the weights of an uninterrupted run, bit for bit (${backend})`, async () => {
      const run = { ...TINY_RUN, settings: { ...TINY_RUN.settings, backend } };
      const whole = await store.create(run);
      const { steps } = await inProcess(whole.folder, 0);
      const { state } = await store.find(whole.id);
      assert.deepEqual([state.state, state.backend], ['finished', backend]);
      const expected = await weights(state.model);
      const killed = await store.create(run);
      // in the first steps, before any checkpoint; in the middle of epochs; at their ends
      let lived = 0;
      for (const dieAt of [2, 11, 6, 9, 5]) {
        if (!(await inProcess(killed.folder, dieAt)).killed) break;
        lived++;
        assert.equal((await store.find(killed.id)).state.state, 'interrupted');
      }
      assert.ok(lived > 3 && steps > 20, `${lived} deaths in ${steps} steps`);
      await inProcess(killed.folder, 0);
      const resumed = await store.find(killed.id);
      assert.equal(resumed.state.state, 'finished');
      assert.deepEqual(await weights(resumed.state.model), expected);
      const lines = (await store.find(whole.id)).history.map((line) => ({ ...line, seconds: 0 }));
      assert.deepEqual(
        resumed.history.map((line) => ({ ...line, seconds: 0 })),
        lines,
      );
    });
  }

  it('tells how far it is, at most ten times a second, and no point is lost', async () => {
    const { id, folder } = await store.create(TINY_RUN);
    const reports: { time: number; report: TrainingProgress }[] = [];
    let time = 0;
    await train(folder, { now: () => (time += 7), onProgress: (report) => reports.push({ time, report }) });
    const { history, state } = await store.find(id);
    const told = reports.flatMap(({ report }) => report.points);
    assert.deepEqual(
      told,
      history.flatMap(({ type, ...point }) => (type === 'batch' ? [point] : [])),
    );
    const training = reports.filter(
      ({ report }) => report.points.length === 0 && report.phase === 'training',
    );
    for (const [index, { time: at }] of training.entries()) {
      const before = training[index - 1];
      if (before && reports.indexOf(before) === reports.findIndex((each) => each === training[index]) - 1) {
        assert.ok(at - before.time >= 100);
      }
    }
    const phases = reports.map(({ report }) => report.phase);
    assert.deepEqual([...new Set(phases)], ['preparing', 'training', 'validating', 'saving']);
    const last = reports.at(-1)?.report;
    assert.deepEqual([last?.done, last?.total, last?.backend], [state.done, state.total, 'wasm']);
    assert.equal(state.done, state.total);
    assert.ok(reports.every(({ report }) => (report.secondsLeft ?? 0) >= 0));
  });

  it('paused keeps a checkpoint and no model, goes on later, and stopped has a model', async () => {
    const { id, folder } = await store.create(TINY_RUN);
    const control = new RunControl();
    const endAfter = (how: 'pause' | 'stop', times: number) => {
      let left = times;
      return () => {
        if (--left === 0) control.end(how);
      };
    };
    const paused = await train(folder, { control, now: ticking(), onProgress: endAfter('pause', 4) });
    assert.deepEqual(paused, { outcome: 'paused', epochs: 0 });
    assert.equal((await store.find(id)).state.state, 'paused');
    assert.deepEqual(await readdir(path.join(home, 'models')).catch(() => []), []);

    const stopping = new RunControl();
    const stopped = await train(folder, {
      control: stopping,
      onEpoch: ({ epoch }) => {
        if (epoch === 2) stopping.end('stop');
      },
    });
    const { state, history } = await store.find(id);
    assert.deepEqual([stopped.outcome, stopped.epochs, state.state], ['stopped', 2, 'stopped']);
    assert.equal(state.model, stopped.model);
    const card = await readCard(stopped.model ?? '');
    assert.equal(stopped.accuracy, card.training.history[(card.training.epoch ?? 0) - 1]?.validationAccuracy);
    assert.deepEqual(history.filter(({ type }) => type === 'epoch').length, 2);
    assert.deepEqual((await readdir(folder)).sort(), ['history.jsonl', 'run.json', 'state.json']);
  });

  it('measures the model once on the test split, and says so in the card', async () => {
    const { folder } = await store.create(TINY_RUN);
    const told: unknown[] = [];
    const { model = '' } = await train(folder, { onScores: (scores) => told.push(scores) });
    const { metrics } = await readCard(model);
    assert.deepEqual(metrics, told);
    assert.deepEqual([metrics.length, metrics[0]?.split, metrics[0]?.samples], [1, 'test', 86]);
  });

  it('keeps a model that cannot be measured on the test split, and says why', async () => {
    const data = path.join(home, 'data');
    await cp(TINY_RUN.dataset, data, { recursive: true });
    const images = path.join(data, 'emnist-balanced-test-images-idx3-ubyte.gz');
    await writeFile(images, 'no pictures');
    const run: RunFile = { ...TINY_RUN, dataset: data, settings: { ...TINY_RUN.settings, epochs: 1 } };
    const { id, folder } = await store.create(run);
    const { outcome, model = '', warning } = await train(folder);
    assert.equal(outcome, 'finished');
    assert.match(warning ?? '', /^tiny could not be measured on the test split\. .*images.*\.$/);
    assert.deepEqual((await readCard(model)).metrics, []);
    assert.equal((await store.find(id)).state.state, 'finished');

    await rm(images);
    const without = await train((await store.create(run)).folder);
    assert.deepEqual([without.outcome, without.warning], ['finished', undefined]);
  });

  it('whose device is lost as it is measured or saved says so, and goes on from its checkpoint', async () => {
    const settings = { ...TINY_RUN.settings, epochs: 1 };
    for (const at of ['validating', 'saving']) {
      const { id, folder } = await store.create({ ...TINY_RUN, settings });
      let loss: StartedBackend['loss'] | undefined;
      const lost = train(folder, {
        onBackend: (backend) => (loss = backend.loss),
        onProgress: ({ phase, done, total }) => {
          if (phase === at && done === total) loss?.lose(new Error('the driver was reset'));
        },
      });
      await assert.rejects(lost, (error) => error instanceof BackendLostError && error.loss === 'device');
      const { state } = await store.find(id);
      assert.match(state.message ?? '', /^wasm lost its device: continue with another backend/);
      assert.deepEqual([state.state, state.model], ['failed', undefined]);
      assert.equal((await train(folder)).outcome, 'finished');
    }
  });

  it('learns nothing from data that are all for testing', async () => {
    const data = path.join(home, 'data');
    await cp(TINY_RUN.dataset, data, { recursive: true });
    await rm(path.join(data, 'emnist-balanced-train-images-idx3-ubyte.gz'));
    const { folder } = await store.create({ ...TINY_RUN, dataset: data });
    await assert.rejects(train(folder), DatasetError);
  });

  it('of an ensemble readies the next member, and the last makes the ensemble and measures it', async () => {
    const settings = { ...TINY_RUN.settings, epochs: 1, seed: 7 };
    const ensemble = { id: 'of trio', name: 'trio', combine: 'vote' as const, members: 4, member: 1 };
    const first = await store.create({ ...TINY_RUN, name: 'trio 1', settings, ensemble });
    const models = new ModelStore(home, '');
    const { next: second = '', ensemble: none } = await train(first.folder);
    assert.equal(none, undefined);
    // killed before its run said so: the member is trained again, and the one behind it is there once
    await writeState(first.folder, INTERRUPTED);
    assert.equal((await train(first.folder)).next, second);
    const { folder, run } = await store.find(second);
    assert.deepEqual([run?.name, run?.settings.seed, run?.ensemble?.member], ['trio 2', 8, 2]);
    const { next: third = '', model: removed = '' } = await train(folder);
    const { next: fourth = '' } = await train((await store.find(third)).folder);
    // nobody misses what was removed meanwhile
    await models.remove(path.basename(removed));
    const last = await train((await store.find(fourth)).folder);
    assert.deepEqual([last.next, last.warning, last.ensemble?.members], [undefined, undefined, 3]);
    const made = await models.get('trio');
    assert.deepEqual([made.folder, made.ensemble?.combine], [last.ensemble?.model, 'vote']);
    assert.deepEqual(
      made.card.metrics.map(({ split, samples, accuracy }) => ({ split, samples, accuracy })),
      [{ split: 'test', samples: 86, accuracy: last.ensemble?.accuracy }],
    );
  });

  it('of an ensemble whose other members are gone says so, and keeps its model', async () => {
    const ensemble = { id: 'of pair', name: 'pair', combine: 'average' as const, members: 2, member: 1 };
    const settings = { ...TINY_RUN.settings, epochs: 1 };
    const first = await store.create({ ...TINY_RUN, settings, ensemble });
    const { next = '', model = '' } = await train(first.folder);
    await new ModelStore(home, '').remove(path.basename(model));
    const last = await train((await store.find(next)).folder);
    assert.match(last.warning ?? '', /^The ensemble pair could not be made\. An ensemble has two members/);
    assert.equal((await store.find(next)).state.model, last.model);
  });

  it('writes its curves for TensorBoard, and goes on where they cannot be written', async () => {
    const logDir = path.join(home, 'logs');
    const run = { ...TINY_RUN, settings: { ...TINY_RUN.settings, epochs: 2 }, logDir };
    const { id, folder } = await store.create(run);
    assert.equal((await train(folder)).warning, undefined);
    const [file = ''] = await readdir(path.join(logDir, id));
    const events = await readEvents(path.join(logDir, id, file));
    const { history, state } = await store.find(id);
    const drawn = (tag: string) =>
      events.flatMap(({ values }) => values.filter(([name]) => name === tag).map(([, value]) => value));
    const losses = (type: HistoryLine['type']) =>
      history.filter((line) => line.type === type).map(({ loss }) => Math.fround(loss));
    assert.ok(drawn('loss/batch').length > 10);
    assert.deepEqual(drawn('loss/batch'), losses('batch'));
    assert.deepEqual(drawn('loss/training'), losses('epoch'));
    assert.deepEqual([drawn('accuracy/validation').length, events.at(-1)?.step], [2, state.total]);

    await writeFile(path.join(home, 'file'), '');
    const unwritable = await store.create({ ...run, logDir: path.join(home, 'file', 'logs') });
    const { outcome, warning } = await train(unwritable.folder);
    assert.equal(outcome, 'finished');
    assert.match(warning ?? '', /^The curves for TensorBoard could not be written [^.]*\. Check .*\.$/);
    const lost = await store.create(run);
    const full = await train(lost.folder, {
      // as where the disk is full: the file cannot grow any more
      onEpoch: () => rmSync(logDir, { recursive: true, force: true }),
    });
    assert.equal(full.warning, warning);
  });

  it('refuses to put its model where something else lies, before it learns anything', async () => {
    const { id, folder } = await store.create(TINY_RUN);
    await mkdir(path.join(home, 'results', 'thesis'), { recursive: true });
    await assert.rejects(train(folder, { out: path.join(home, 'results') }), /new folder/);
    assert.deepEqual(await readdir(path.join(home, 'results')), ['thesis']);
    assert.equal((await store.find(id)).state.state, 'interrupted');
  });

  it("is trained by Scrawl's kernels where `auto` knows them as faster, and by the backend else", async () => {
    const settings = { ...TINY_RUN.settings, backend: 'auto' as const, epochs: 1 };
    const found = await survey(home);
    for (const [kernels, expected] of [
      [30, ['kernels', 3]],
      [5, ['wasm', 0.5]],
    ] as const) {
      await writeSpeeds(home, found, { wasm: 10, kernels });
      const { id, folder } = await store.create({ ...TINY_RUN, settings });
      let told: unknown;
      const { outcome, warning } = await train(folder, {
        onTrainer: (computes, gain) => (told = [computes, gain]),
      });
      assert.deepEqual([outcome, warning], ['finished', undefined]);
      assert.deepEqual(told, expected);
      assert.equal((await store.find(id)).state.backend, expected[0]);
    }
  });

  it('is trained by them on lines, too, where `auto` takes wasm else', async () => {
    const dataset = path.join(home, 'shapes.jsonl');
    const lines = written(40, 1).map(({ label, ink }, id) => ({ id: String(id), label, strokes: ink }));
    await writeFile(dataset, lines.map((line) => JSON.stringify(line)).join('\n'));
    const settings = settingsFor('scrawl-line', { epochs: 1, batchSize: 8, backend: 'auto' });
    const found = await survey(home);
    for (const [kernels, expected] of [
      [30, 'kernels'],
      [5, 'wasm'],
    ] as const) {
      await writeSpeeds(home, found, { wasm: 10, kernels });
      const { id, folder } = await store.create({ ...TINY_RUN, dataset, network: TINY_LINE, settings });
      let told: unknown;
      const { outcome, warning } = await train(folder, {
        onTrainer: (computes, gain) => (told = [computes, gain]),
      });
      assert.deepEqual([outcome, warning], ['finished', undefined]);
      assert.deepEqual(told, [expected, undefined]);
      assert.equal((await store.find(id)).state.backend, expected);
    }
  });

  it('ends while it prepares as soon as that is wanted, and can go on from its start', async () => {
    const settings = { ...TINY_RUN.settings, backend: 'auto' as const, epochs: 1 };
    const { id, folder } = await store.create({ ...TINY_RUN, settings });
    const canceling = new RunControl();
    const canceled = train(folder, { control: canceling });
    canceling.abort(new Error('enough'));
    await assert.rejects(canceled, /enough/);
    assert.equal((await store.find(id)).state.state, 'interrupted');

    for (const [how, state] of [
      ['leave', 'interrupted'],
      ['end', 'paused'],
    ] as const) {
      const control = new RunControl();
      const starting = train(folder, { control, onBackend: () => assert.fail('a backend was started') });
      control[how]('pause');
      assert.deepEqual(await starting, { outcome: 'paused', epochs: 0 });
      assert.equal((await store.find(id)).state.state, state);
    }

    const control = new RunControl();
    const steps: number[] = [];
    const pausing = train(folder, {
      control,
      backend: 'wasm',
      onDataset: () => control.end('pause'),
      onProgress: ({ done }) => steps.push(done),
    });
    assert.deepEqual(await pausing, { outcome: 'paused', epochs: 0 });
    assert.ok(steps.every((done) => done === 0));
    const loading = new RunControl();
    const aborted = train(folder, {
      control: loading,
      backend: 'wasm',
      onDataset: () => loading.abort(new Error('enough')),
      onProgress: ({ phase }) => assert.equal(phase, 'preparing'),
    });
    await assert.rejects(aborted, /enough/);
    assert.equal((await train(folder, { backend: 'wasm' })).outcome, 'finished');
  });

  it('that is ended at once is interrupted, and one that fails says why', async () => {
    const { id, folder } = await store.create(TINY_RUN);
    const control = new RunControl();
    const ended = train(folder, {
      control,
      onProgress: ({ done }) => {
        if (done > 0) control.abort(new Error('enough'));
      },
    });
    await assert.rejects(ended, /enough/);
    assert.equal((await store.find(id)).state.state, 'interrupted');

    const lost = await store.create({ ...TINY_RUN, dataset: path.join(home, 'nowhere') });
    await assert.rejects(train(lost.folder), DatasetError);
    const { state } = await store.find(lost.id);
    assert.deepEqual([state.state, state.message?.includes('nowhere')], ['failed', true]);
    await writeFile(checkpointFile(folder), 'no checkpoint');
    await assert.rejects(train(folder), /checkpoint .* is damaged/);
    assert.equal((await readState(folder)).state, 'failed');
  });

  it('says so at once when nothing is left to learn from, and when the loss is no number any more', async () => {
    const few = path.join(home, 'few.jsonl');
    await writeFile(
      few,
      ['A', 'B']
        .map(
          (label) =>
            `${JSON.stringify({
              label,
              strokes: [
                [
                  [0, 0],
                  [9, 9],
                ],
              ],
            })}\n`,
        )
        .join(''),
    );
    const half = { ...TINY_RUN.settings, validationSplit: 0.5 };
    const empty = await store.create({ ...TINY_RUN, dataset: few, settings: half });
    await assert.rejects(train(empty.folder), (error) => {
      assert.ok(error instanceof DatasetError);
      assert.match(error.message, /^No sample of .* is left to learn from: .*\.$/);
      return true;
    });
    const wild = { ...TINY_RUN.settings, optimizer: 'sgd' as const, weightDecay: 1, learningRate: 100 };
    const exploded = await store.create({ ...TINY_RUN, settings: wild });
    await assert.rejects(train(exploded.folder), /no number any more in epoch \d+: train again with a lower/);
    for (const { id } of [empty, exploded]) {
      const { state, history } = await store.find(id);
      assert.equal(state.state, 'failed');
      assert.match(state.message ?? '', /left to learn from|no number any more/);
      assert.ok(history.every(({ loss }) => Number.isFinite(loss)));
    }
  });

  it('is trained by one process at a time', async () => {
    const { folder } = await store.create(TINY_RUN);
    let second: Promise<unknown> | undefined;
    await train(folder, {
      onProgress: () => {
        second ??= assert.rejects(train(folder), /is training/);
      },
    });
    assert.ok(second);
    await second;
  });
});

/** A clock on which every look takes a second. */
function ticking(): () => number {
  let time = 0;
  return () => (time += 1000);
}
