import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { readEvaluationFile } from '../../../src/models/evaluationStore';
import {
  recognizePictureRequest,
  REQUEST_CANCELLED_CODE,
  USER_ERROR_CODE,
} from '../../../src/protocol/engine';
import {
  embeddingsRequest,
  evaluateRequest,
  evaluationProgressNotification,
  evaluationReportRequest,
  labelIssuesRequest,
  nearestRequest,
  occlusionRequest,
  type EvaluateParams,
} from '../../../src/protocol/evaluation';
import { readProjectionFile } from '../../../src/models/projectionFile';
import { projectionProgressNotification, projectionRequest } from '../../../src/protocol/projection';
import { openDataset } from '../../../src/datasets/open';
import { pictureOf } from '../../../src/datasets/pictures';
import { DatasetStore } from '../../../src/datasets/store';
import { changeSamples } from '../../../src/datasets/overlay';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const MODEL = path.resolve('media', 'model');
const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;
const TEST_SAMPLES = 86;
const TRAIN_SAMPLES = 199;

describe('evaluation in the engine', function () {
  this.timeout(120_000);
  let home: string;
  let engine: ChildProcess;
  let connection: MessageConnection;
  before(async () => {
    home = await makeScratchFolder();
    engine = fork(path.resolve('dist', 'engine.js'));
    connection = createMessageConnection(new IPCMessageReader(engine), new IPCMessageWriter(engine));
    connection.listen();
  });
  after(async () => {
    connection.dispose();
    engine.kill();
    await removeScratchFolder(home);
  });

  const params = (changes: Partial<EvaluateParams> = {}): EvaluateParams => ({
    id: 'one',
    model: MODEL,
    home,
    dataset: FIXTURE,
    split: 'test',
    alphabet: 'alphanumeric',
    merged: false,
    ...changes,
  });
  const picture = async (index: number) => {
    const samples = await (await openDataset(FIXTURE)).load('test');
    return { width: 28, height: 28, pixels: [...pictureOf(samples, index)] };
  };

  it('measures, tells how far it is, and keeps what the model said', async () => {
    const told: number[] = [];
    const listening = connection.onNotification(evaluationProgressNotification, ({ id, done }) => {
      assert.equal(id, 'one');
      told.push(done);
    });
    const first = await connection.sendRequest(evaluateRequest, params());
    listening.dispose();
    assert.deepEqual([first.stored, first.split, first.summary.samples], [false, 'test', TEST_SAMPLES]);
    assert.equal(told.at(-1), TEST_SAMPLES);
    assert.ok(first.summary.accuracy > 0.7 && first.summary.interval.low < first.summary.accuracy);
    assert.equal((await readEvaluationFile(first.file ?? '')).places.length, TEST_SAMPLES);

    const again = await connection.sendRequest(evaluateRequest, params());
    assert.deepEqual({ ...again, stored: false }, first);
    assert.equal(again.stored, true);
    const merged = await connection.sendRequest(
      evaluateRequest,
      params({ merged: true, alphabet: 'letters' }),
    );
    assert.equal(merged.stored, true);
    assert.ok(merged.summary.leftOut > 0);
  });

  it('computes again where the stored result is damaged', async () => {
    const { file } = await connection.sendRequest(evaluateRequest, params());
    await writeFile(file ?? '', 'no evaluation');
    assert.equal((await connection.sendRequest(evaluateRequest, params())).stored, false);
    assert.equal((await connection.sendRequest(evaluateRequest, params())).stored, true);
  });

  it('recognises meanwhile, and stops when it is cancelled', async () => {
    const source = new CancellationTokenSource();
    const begun = new Promise<void>((resolve) => {
      connection.onNotification(evaluationProgressNotification, ({ id }) => {
        if (id === 'long') resolve();
      });
    });
    const long = params({ id: 'long', split: 'train' });
    const running = connection.sendRequest(evaluateRequest, long, source.token);
    await begun;
    const read = await connection.sendRequest(recognizePictureRequest, {
      ...{ model: MODEL, alphabet: 'all', top: 1 },
      picture: await picture(0),
    });
    assert.equal(read.candidates.length, 1);
    source.cancel();
    // the last batch may have been under way
    await running.then(
      () => undefined,
      (error: unknown) => assert.equal((error as ResponseError<unknown>).code, REQUEST_CANCELLED_CODE),
    );
  });

  it('stores nothing of what is cancelled before it begins', async () => {
    const source = new CancellationTokenSource();
    const running = connection.sendRequest(evaluateRequest, params({ split: 'all' }), source.token);
    source.cancel();
    await assert.rejects(
      running,
      (error) => (error as ResponseError<unknown>).code === REQUEST_CANCELLED_CODE,
    );
    const [folder = ''] = await readdir(path.join(home, 'evaluations'));
    const files = await readdir(path.join(home, 'evaluations', folder));
    assert.ok(!files.some((name) => name.startsWith('all')));
  });

  it('says in a sentence what it cannot evaluate', async () => {
    for (const changes of [
      { alphabet: '☃' },
      { split: 'validation' as const },
      { model: home },
      { dataset: 'none' },
    ]) {
      await assert.rejects(
        connection.sendRequest(evaluateRequest, params(changes)),
        (error) =>
          (error as ResponseError<unknown>).code === USER_ERROR_CODE &&
          /: .*\.$/.test((error as Error).message),
      );
    }
  });

  it('computes on the backend that it is started for, or says why not', async () => {
    const other = fork(path.resolve('dist', 'engine.js'), ['--backend', 'tensorflow-cuda', '--home', home]);
    const asking = createMessageConnection(new IPCMessageReader(other), new IPCMessageWriter(other));
    asking.listen();
    try {
      await assert.rejects(
        asking.sendRequest(evaluateRequest, params()),
        (error) =>
          (error as ResponseError<unknown>).code === USER_ERROR_CODE &&
          /^tensorflow-cuda cannot compute here because/.test((error as Error).message),
      );
    } finally {
      asking.dispose();
      other.kill();
    }
  });

  it('judges a stored dataset by the labels that the user corrected, without computing again', async () => {
    const store = new DatasetStore(home);
    const fixture = await openDataset(FIXTURE);
    const samples = await fixture.load('test');
    if (samples.kind !== 'images') throw new Error('not images');
    const batches = async function* () {
      yield await Promise.resolve(samples);
    };
    const { classes, covers } = fixture;
    await store.write(
      'mine',
      {
        ...{ name: 'Mine', kind: 'images', source: 'a test', height: 28, width: 28 },
        ...{ classes: [...classes], covers: [...covers], officialSplits: ['test'] },
      },
      [{ split: 'test', batches: batches() }],
    );
    const task = params({ dataset: 'mine' });
    const before = await connection.sendRequest(evaluateRequest, task);
    const asked = { id: 'l', model: MODEL, home, dataset: 'mine', most: 5 };
    const wrong = await connection.sendRequest(labelIssuesRequest, asked);
    const [issue] = wrong.issues;
    assert.ok(issue && wrong.total >= wrong.issues.length && wrong.of === 'test');
    assert.ok(issue.margin < 0 && issue.suggestedProbability > issue.probability);
    assert.deepEqual([wrong.samples, wrong.learning], [TEST_SAMPLES, 'unnamed']);
    await changeSamples(store.folder('mine'), {
      split: 'test',
      indices: [issue.place],
      change: { label: wrong.classes[issue.suggested] ?? '' },
    });
    assert.deepEqual(
      await connection.sendRequest(labelIssuesRequest, asked),
      wrong,
      'the list stays as it is while it is worked through',
    );
    const mended = await connection.sendRequest(evaluateRequest, task);
    assert.equal(mended.stored, true);
    assert.ok(mended.summary.accuracy > before.summary.accuracy);
    await changeSamples(store.folder('mine'), {
      split: 'test',
      indices: [issue.place],
      change: { exclude: true },
    });
    assert.equal((await connection.sendRequest(evaluateRequest, task)).summary.samples, TEST_SAMPLES - 1);
  });

  it('writes a report with pictures, compared with another model, and the confusion matrix', async () => {
    const report = path.join(home, 'report.html');
    await connection.sendRequest(evaluationReportRequest, {
      ...params(),
      file: report,
      format: 'html',
      compare: MODEL,
    });
    const text = await readFile(report, 'utf8');
    assert.match(text, /<img\s+src="data:image\/png;base64,iVBOR/);
    assert.match(text, /McNemar/);
    const table = path.join(home, 'confusion.json');
    await connection.sendRequest(evaluationReportRequest, { ...params(), file: table, format: 'json' });
    const { confusion } = JSON.parse(await readFile(table, 'utf8')) as { confusion: number[][] };
    assert.equal(
      confusion.flat().reduce((sum, count) => sum + count, 0),
      TEST_SAMPLES,
    );
  });

  it('finds the samples nearest to one: itself first, then others of its class', async () => {
    const task = { id: 'n', model: MODEL, home, dataset: FIXTURE, most: 1000 };
    const embedded = await connection.sendRequest(embeddingsRequest, { ...task, split: 'test' });
    assert.deepEqual([embedded.samples, embedded.width], [TEST_SAMPLES, 320]);
    const query = { ...task, split: 'test' as const, picture: await picture(3), count: 5 };
    const { neighbours, samples } = await connection.sendRequest(nearestRequest, query);
    assert.equal(samples, TEST_SAMPLES);
    assert.deepEqual([neighbours.length, neighbours[0]?.place], [5, 3]);
    assert.ok((neighbours[0]?.distance ?? 1) < 1e-3);
    const distances = neighbours.map(({ distance }) => distance);
    assert.deepEqual(
      distances,
      [...distances].sort((a, b) => a - b),
    );
    const others = await connection.sendRequest(nearestRequest, { ...query, except: 3 });
    assert.ok(others.neighbours.every(({ place }) => place !== 3));
    const train = await connection.sendRequest(nearestRequest, { ...query, split: 'train', most: 50 });
    assert.deepEqual([train.samples, train.of, train.neighbours.length], [50, 'train', 5]);
    assert.ok(train.neighbours.every(({ place }) => place < TRAIN_SAMPLES));
  });

  it('lays samples out, tells how far it is, and stops when it is cancelled', async () => {
    const task = { model: MODEL, home, dataset: FIXTURE, split: 'test' as const, method: 'umap' as const };
    const phases: string[] = [];
    const cancelling = new CancellationTokenSource();
    const listening = connection.onNotification(projectionProgressNotification, ({ id, phase }) => {
      phases.push(`${id} ${phase}`);
      if (id === 'ended' && phase === 'layout') cancelling.cancel();
    });
    const { file } = await connection.sendRequest(projectionRequest, { ...task, id: 'whole', most: 1000 });
    assert.equal((await readProjectionFile(file)).places.length, TEST_SAMPLES);
    assert.deepEqual([...new Set(phases)], ['whole neighbours', 'whole layout']);
    await assert.rejects(
      connection.sendRequest(projectionRequest, { ...task, id: 'ended', most: 50 }, cancelling.token),
      (error) => (error as ResponseError<unknown>).code === REQUEST_CANCELLED_CODE,
    );
    listening.dispose();
  });

  it('shows where the network looks: hiding ink costs more than hiding paper', async () => {
    const shown = await picture(3);
    const read = await connection.sendRequest(recognizePictureRequest, {
      ...{ model: MODEL, alphabet: 'all', top: 1, picture: shown },
    });
    const name = read.candidates[0]?.text ?? '';
    const { drops, probability } = await connection.sendRequest(occlusionRequest, {
      model: MODEL,
      picture: shown,
      class: name,
    });
    assert.ok(Math.abs(probability - (read.candidates[0]?.probability ?? 0)) < 1e-3);
    const mean = (wanted: (grey: number) => boolean) => {
      const chosen = drops.filter((_, at) => wanted(shown.pixels[at] ?? 0));
      return chosen.reduce((sum, drop) => sum + drop, 0) / chosen.length;
    };
    assert.equal(drops.length, 784);
    assert.ok(mean((grey) => grey > 128) > mean((grey) => grey === 0));
    await assert.rejects(
      connection.sendRequest(occlusionRequest, { model: MODEL, picture: shown, class: '☃' }),
      (error) => (error as ResponseError<unknown>).code === USER_ERROR_CODE,
    );
  });
});
