import assert from 'node:assert/strict';
import path from 'node:path';
import type { BackendChoice } from '../../../src/base/backendChoice';
import { UserError } from '../../../src/base/userError';
import { Engine } from '../../../src/host/engine/engine';
import { openWorkEngine } from '../../../src/host/engine/workEngine';
import { describeModel } from '../../../src/protocol/engine/models';
import { recognize as recognizeCall } from '../../../src/protocol/engine/recognition';
import { Canceled } from '../../../src/protocol/failures';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { until } from '../../harness/until';
import { KILLED } from '../../harness/killed';

const SCRIPT = path.resolve('test/unit/host/fakeEngine.mjs');

const nothing = () => undefined;
const quiet = { script: SCRIPT, log: { info: nothing, warn: nothing, error: nothing } };

describe('the engine of the host', () => {
  let engine: Engine;
  let log: string[];
  let restarts: number;

  beforeEach(() => {
    log = [];
    restarts = 0;
    const write = (line: string) => void log.push(line);
    engine = new Engine({
      script: SCRIPT,
      log: { info: write, warn: write, error: write },
      onRestarted: () => (restarts += 1),
    });
  });

  afterEach(() => engine.dispose());

  const recognize = async (model: string, signal?: AbortSignal) => {
    const params = { model, ink: [[[0, 0]]] as [number, number][][], alphabet: 'all', top: 5 };
    return (await engine.call(recognizeCall, params, { signal })).candidates[0]?.text;
  };

  const logged = (text: string) =>
    until(`'${text}' in the log`, () => log.some((line) => line.includes(text)));

  const said = (pattern: RegExp) => (error: unknown) =>
    error instanceof UserError && pattern.test(error.message);

  it('starts the engine with the first request, as Node, and keeps it', async () => {
    assert.equal(engine.pid, undefined);
    const { name } = await engine.call(describeModel, { model: 'x' });
    assert.equal(name, '1');
    assert.equal(await recognize('answer'), String(engine.pid));
    assert.equal(await recognize('answer'), String(engine.pid));
    assert.equal(restarts, 0);
  });

  it("writes the engine's output to the log", async () => {
    await recognize('answer');
    await logged('ready');
  });

  it('answers the next request after the engine was killed', async () => {
    const first = await recognize('answer');
    process.kill(Number(first), 'SIGKILL');
    const second = await recognize('answer');
    assert.notEqual(second, first);
    assert.equal(restarts, 1);
    await logged(KILLED);
  });

  it('retries a request that was under way when the engine died', async () => {
    const scratch = await makeScratchFolder();
    try {
      assert.equal(await recognize(`dieOnce ${path.join(scratch, 'died')}`), String(engine.pid));
      assert.equal(restarts, 1);
    } finally {
      await removeScratchFolder(scratch);
    }
  });

  it('gives up on an engine that keeps dying, until it is restarted', async () => {
    await assert.rejects(recognize('die'), said(/Show Log/));
    await assert.rejects(recognize('die'), said(/keeps stopping.*Restart Engine/));
    await assert.rejects(recognize('answer'), said(/keeps stopping/));
    assert.equal(engine.pid, undefined);
    engine.restart();
    assert.equal(await recognize('answer'), String(engine.pid));
  });

  it('passes a cancellation on and says that it was one', async () => {
    const stop = new AbortController();
    const request = recognize('wait', stop.signal);
    await logged('waiting');
    stop.abort();
    await assert.rejects(request, Canceled);
    await logged('canceled');
    assert.equal(await recognize('answer'), String(engine.pid));
  });

  it('passes on what the engine says to the user, and keeps the rest for the log', async () => {
    await assert.rejects(recognize('refuse'), said(/^Draw something first\.$/));
    await assert.rejects(recognize('fail'), said(/Show Log/));
    await logged('a detail for the log');
    await assert.rejects(recognize('lie'), said(/Show Log/));
    assert.equal(restarts, 0);
  });

  it('leaves no process behind', async () => {
    await recognize('answer');
    const pid = engine.pid ?? NaN;
    const waiting = recognize('wait');
    await logged('waiting');
    engine.dispose();
    await assert.rejects(waiting, Canceled);
    await until('the end of the engine', () => !alive(pid));
    await assert.rejects(recognize('answer'), Canceled);
  });

  it('ends the process when there is no work for a while', async () => {
    const idle = new Engine({ ...quiet, idle: 50 });
    try {
      await idle.call(describeModel, { model: 'x' });
      const { pid } = idle;
      assert.ok(pid !== undefined && alive(pid));
      await until('the end of the process', () => idle.pid === undefined && !alive(pid));
    } finally {
      idle.dispose();
    }
  });

  it('asks a process apart, once, and ends it', async () => {
    const params = { model: 'answer', ink: [[[0, 0]]] as [number, number][][], alphabet: 'all', top: 5 };
    const pid = Number((await engine.callApart(recognizeCall, params)).candidates[0]?.text);
    assert.notEqual(pid, engine.pid);
    await until('the end of the process', () => !alive(pid));
    await assert.rejects(engine.callApart(recognizeCall, { ...params, model: 'die' }), said(/Show Log/));
    assert.equal(restarts, 0);
  });

  it('computes on what the user chose, and on another backend once that is chosen', async () => {
    let chosen: BackendChoice = 'auto';
    const work = openWorkEngine({ ...quiet, home: '/home', backend: () => chosen });
    const told = async () => {
      const { classes } = await work.call(describeModel, { model: 'x' });
      return classes.slice(1).join(' ');
    };
    try {
      assert.equal(await told(), '--backend auto --home /home');
      chosen = 'webgpu';
      assert.equal(await told(), '--backend webgpu --home /home');
    } finally {
      work.dispose();
    }
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
