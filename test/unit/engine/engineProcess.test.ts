import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import type { Ink } from '../../../src/ink/ink';
import { backendsRequest } from '../../../src/protocol/backends';
import {
  modelRequest,
  recognizePictureRequest,
  recognizeRequest,
  REQUEST_CANCELLED_CODE,
  USER_ERROR_CODE,
  type RecognizeParams,
} from '../../../src/protocol/engine';

const DRAWN = JSON.parse(
  readFileSync(path.join('test', 'fixtures', 'chars74k-writer.json'), 'utf8'),
) as Record<string, Ink>;

const codeOf = (error: unknown) => (error instanceof ResponseError ? error.code : undefined);

describe('the engine process', function () {
  this.timeout(60_000);
  let engine: ChildProcess;
  let connection: MessageConnection;
  before(() => {
    engine = fork(path.resolve('dist', 'engine.js'));
    connection = createMessageConnection(new IPCMessageReader(engine), new IPCMessageWriter(engine));
    connection.listen();
  });
  after(() => {
    connection.dispose();
    engine.kill();
  });

  const params = (changes: Partial<RecognizeParams> = {}): RecognizeParams => ({
    model: path.resolve('media', 'model'),
    ink: (DRAWN['3'] ?? []) as RecognizeParams['ink'],
    alphabet: 'all',
    top: 5,
    ...changes,
  });

  it('reads what was drawn, with the picture that it saw', async () => {
    const { candidates, picture } = await connection.sendRequest(recognizeRequest, params());
    assert.equal(candidates[0]?.text, '3');
    assert.equal(candidates.length, 5);
    assert.deepEqual([picture.width, picture.height, picture.pixels.length], [28, 28, 784]);
  });

  it('reads a picture as it reads the ink that it is of', async () => {
    const drawn = await connection.sendRequest(recognizeRequest, params());
    const { ink: _, ...common } = params();
    const { picture } = drawn;
    const seen = await connection.sendRequest(recognizePictureRequest, { ...common, picture });
    assert.deepEqual(seen.candidates, drawn.candidates);
    await assert.rejects(
      connection.sendRequest(recognizePictureRequest, {
        ...common,
        picture: { width: 1, height: 1, pixels: [0] },
      }),
      (error) => codeOf(error) === USER_ERROR_CODE,
    );
  });

  it('gives only what the alphabet has', async () => {
    const { candidates } = await connection.sendRequest(
      recognizeRequest,
      params({ alphabet: 'capitals', top: 100 }),
    );
    assert.equal(candidates.length, 26);
    assert.ok(Math.abs(candidates.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-6);
  });

  it('describes the bundled model: the printable ASCII characters', async () => {
    const { classes } = await connection.sendRequest(modelRequest, { model: path.resolve('media', 'model') });
    assert.deepEqual(
      classes,
      Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)),
    );
  });

  it('lists its backends, with the speed of those that work and a reason and a remedy for the others', async () => {
    const home = await makeScratchFolder();
    const backends = await connection.sendRequest(backendsRequest, { home, measure: false });
    assert.deepEqual(
      backends.map(({ name }) => name),
      ['tensorflow-cuda', 'tensorflow-cpu', 'webgpu', 'wasm'],
    );
    assert.equal(backends.filter(({ chosen }) => chosen).length, 1);
    for (const backend of backends) {
      if (backend.available) assert.ok(backend.software || (backend.samplesPerSecond ?? 0) > 0, backend.name);
      else assert.ok(backend.reason !== '' && backend.remedy !== '' && !backend.chosen, backend.name);
    }
    await removeScratchFolder(home);
  });

  it('leaves overtaken requests unanswered and answers the newest', async () => {
    const source = new CancellationTokenSource();
    const overtaken = Array.from({ length: 5 }, () =>
      connection.sendRequest(recognizeRequest, params(), source.token),
    );
    source.cancel();
    const newest = connection.sendRequest(recognizeRequest, params());
    for (const result of await Promise.allSettled(overtaken)) {
      if (result.status === 'rejected') assert.equal(codeOf(result.reason), REQUEST_CANCELLED_CODE);
    }
    assert.equal((await newest).candidates[0]?.text, '3');
  });

  it('says in a sentence what is wrong with ink, model and alphabet', async () => {
    for (const changes of [{ ink: [] }, { model: path.resolve('media') }, { alphabet: '☃' }]) {
      await assert.rejects(
        connection.sendRequest(recognizeRequest, params(changes)),
        (error) => codeOf(error) === USER_ERROR_CODE && /: .*\.$/.test((error as Error).message),
      );
    }
  });

  it('outlives what is no request of the protocol', async () => {
    const hostile = { model: 7, ink: 'strokes', alphabet: '', top: -1 } as unknown as RecognizeParams;
    await assert.rejects(connection.sendRequest(recognizeRequest, hostile));
    assert.equal((await connection.sendRequest(recognizeRequest, params())).candidates[0]?.text, '3');
  });

  it('ends when its owner is gone', async () => {
    const exit = once(engine, 'exit');
    engine.disconnect();
    assert.deepEqual(await exit, [0, null]);
  });
});
