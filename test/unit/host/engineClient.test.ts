import assert from 'node:assert/strict';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { EngineClient } from '../../../src/host/engineClient';
import { Cancelled, UserError } from '../../../src/host/errors';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { until } from '../../harness/until';

describe('EngineClient', () => {
  let client: EngineClient;
  let log: string[];
  let restarts: number;

  beforeEach(() => {
    log = [];
    restarts = 0;
    const write = (line: string) => void log.push(line);
    client = new EngineClient({
      script: path.resolve('test/unit/host/fakeEngine.mjs'),
      log: { info: write, warn: write, error: write },
      onRestarted: () => (restarts += 1),
    });
  });

  afterEach(() => client.dispose());

  const recognize = async (model: string, source?: CancellationTokenSource) => {
    const params = { model, ink: [[[0, 0]]] as [number, number][][], alphabet: 'all', top: 5 };
    return (await client.recognize(params, source?.token)).candidates[0]?.text;
  };

  const logged = (text: string) =>
    until(`'${text}' in the log`, () => log.some((line) => line.includes(text)));

  const said = (pattern: RegExp) => (error: unknown) =>
    error instanceof UserError && pattern.test(error.message);

  it('starts the engine with the first request, as Node, and keeps it', async () => {
    assert.equal(client.pid, undefined);
    const { name } = await client.model('x');
    assert.equal(name, '1');
    assert.equal(await recognize('answer'), String(client.pid));
    assert.equal(await recognize('answer'), String(client.pid));
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
    await logged('SIGKILL');
  });

  it('retries a request that was under way when the engine died', async () => {
    const scratch = await makeScratchFolder();
    try {
      assert.equal(await recognize(`dieOnce ${path.join(scratch, 'died')}`), String(client.pid));
      assert.equal(restarts, 1);
    } finally {
      await removeScratchFolder(scratch);
    }
  });

  it('gives up on an engine that keeps dying, until it is restarted', async () => {
    await assert.rejects(recognize('die'), said(/Show Log/));
    await assert.rejects(recognize('die'), said(/keeps stopping.*Restart Engine/));
    await assert.rejects(recognize('answer'), said(/keeps stopping/));
    assert.equal(client.pid, undefined);
    client.restart();
    assert.equal(await recognize('answer'), String(client.pid));
  });

  it('passes a cancellation on and says that it was one', async () => {
    const source = new CancellationTokenSource();
    const request = recognize('wait', source);
    await logged('waiting');
    source.cancel();
    await assert.rejects(request, Cancelled);
    await logged('cancelled');
    assert.equal(await recognize('answer'), String(client.pid));
  });

  it('passes on what the engine says to the person, and keeps the rest for the log', async () => {
    await assert.rejects(recognize('refuse'), said(/^Draw something first\.$/));
    await assert.rejects(recognize('fail'), said(/Show Log/));
    await logged('a detail for the log');
    await assert.rejects(recognize('lie'), said(/Show Log/));
    assert.equal(restarts, 0);
  });

  it('leaves no process behind', async () => {
    await recognize('answer');
    const pid = client.pid ?? NaN;
    const waiting = recognize('wait');
    await logged('waiting');
    client.dispose();
    await assert.rejects(waiting, Cancelled);
    await until('the end of the engine', () => !alive(pid));
    await assert.rejects(recognize('answer'), Cancelled);
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
