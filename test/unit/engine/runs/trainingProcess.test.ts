import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { readCheckpoint } from '../../../../src/engine/training/checkpoint';
import { readCard } from '../../../../src/models/modelFolder';
import { checkpointFile } from '../../../../src/models/runFolder';
import { RunStore } from '../../../../src/models/runStore';
import { REQUEST_CANCELLED_CODE, USER_ERROR_CODE } from '../../../../src/protocol/engine';
import {
  augmentPreviewRequest,
  endTrainingRequest,
  trainingEpochNotification,
  trainingEpochSchema,
  trainingProgressNotification,
  trainingProgressSchema,
  trainRequest,
  trainResultSchema,
} from '../../../../src/protocol/training';
import { TINY_RUN } from './tinyRun';

/** So many epochs that a run does not end by itself while it is ended. */
const ENDLESS = { ...TINY_RUN, settings: { ...TINY_RUN.settings, epochs: 10_000, patience: 0 } };

describe('training in the engine process', function () {
  this.timeout(60_000);
  let home: string;
  let store: RunStore;
  let engine: ChildProcess;
  let connection: MessageConnection;
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new RunStore(home);
    engine = fork(path.resolve('dist', 'engine.js'));
    connection = createMessageConnection(new IPCMessageReader(engine), new IPCMessageWriter(engine));
    connection.listen();
  });
  afterEach(async () => {
    connection.dispose();
    if (engine.exitCode === null && engine.kill('SIGKILL')) await once(engine, 'exit');
    await rm(home, { recursive: true });
  });

  /** Resolves once the run has learnt from something. */
  const learning = () =>
    new Promise<void>((resolve) => {
      const listening = connection.onNotification(trainingProgressNotification, ({ done }) => {
        if (done === 0) return;
        listening.dispose();
        resolve();
      });
    });
  const codeOf = (error: unknown) => (error instanceof ResponseError ? error.code : undefined);

  it('tells its progress and epochs, and answers with the model', async () => {
    const { id, folder } = await store.create(TINY_RUN);
    const epochs: number[] = [];
    const points: number[] = [];
    connection.onNotification(trainingEpochNotification, (epoch) => {
      epochs.push(trainingEpochSchema.parse(epoch).epoch);
    });
    connection.onNotification(trainingProgressNotification, (progress) => {
      const { run, points: more } = trainingProgressSchema.parse(progress);
      assert.equal(run, folder);
      points.push(...more.map(({ epoch }) => epoch));
    });
    const answer = await connection.sendRequest(trainRequest, { run: folder, home });
    const { outcome, model = '', accuracy, epochs: count } = trainResultSchema.parse(answer);
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
      const began = learning();
      const result = connection.sendRequest(trainRequest, { run: folder, home });
      await began;
      await connection.sendRequest(endTrainingRequest, { run: folder, how });
      assert.equal((await result).outcome, outcome);
      assert.equal((await store.find(id)).state.state, outcome);
    }
    await connection.sendRequest(endTrainingRequest, { run: folder, how: 'pause' });
  });

  it('ends at once when the request is cancelled', async () => {
    const { id, folder } = await store.create(ENDLESS);
    const source = new CancellationTokenSource();
    const began = learning();
    const result = connection.sendRequest(trainRequest, { run: folder, home }, source.token);
    await began;
    source.cancel();
    await assert.rejects(result, (error) => codeOf(error) === REQUEST_CANCELLED_CODE);
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
        connection.sendRequest(trainRequest, params),
        (error) => codeOf(error) === USER_ERROR_CODE && /: .*\.$/.test((error as Error).message),
      );
    }
  });

  for (const [how, leave] of [
    ['its owner is gone', () => engine.disconnect()],
    ['it is told to end', () => engine.kill('SIGTERM')],
  ] as const) {
    it(`leaves a checkpoint when ${how}`, async () => {
      const { id, folder } = await store.create(ENDLESS);
      const began = learning();
      connection.sendRequest(trainRequest, { run: folder, home }).catch(() => undefined);
      await began;
      const exit = once(engine, 'exit');
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

  it('shows samples as a run would vary them, more strongly where it is told', async () => {
    const params = { dataset: TINY_RUN.dataset, home, seed: 3, count: 12 };
    const show = async (augmentation: Record<string, number>) =>
      (await connection.sendRequest(augmentPreviewRequest, { ...params, augmentation })).pictures;
    const plain = await show({});
    assert.equal(plain.length, 12);
    for (const { width, height, pixels } of plain)
      assert.deepEqual([width, height, pixels.length], [28, 28, 784]);
    const distance = (pictures: typeof plain) =>
      pictures
        .flatMap(({ pixels }, i) => pixels.map((grey, at) => Math.abs(grey - (plain[i]?.pixels[at] ?? 0))))
        .reduce((sum, each) => sum + each, 0);
    const gently = distance(await show({ shift: 0.5 }));
    assert.ok(gently > 0 && gently < distance(await show({ shift: 3 })));
    assert.deepEqual(await show({ shift: 1 }), await show({ shift: 1 }));
    const [large] = (
      await connection.sendRequest(augmentPreviewRequest, { ...params, augmentation: {}, side: 48 })
    ).pictures;
    assert.deepEqual([large?.width, large?.height, large?.pixels.length], [48, 48, 48 * 48]);
    const again = await connection
      .sendRequest(augmentPreviewRequest, {
        ...params,
        dataset: path.join(home, 'nowhere'),
        augmentation: {},
      })
      .catch(codeOf);
    assert.equal(again, USER_ERROR_CODE);
  });
});
