import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { ask, type AskOptions } from '../../src/protocol/ask';
import type { Call, Params, Result } from '../../src/protocol/rpc';

/** The engine as it is built, in a process of its own. */
export interface TestEngine {
  readonly process: ChildProcess;
  readonly ask: <C extends Call>(call: C, params: Params<C>, options?: AskOptions<C>) => Promise<Result<C>>;
  readonly end: () => Promise<void>;
}

export function startEngine(args: readonly string[] = []): TestEngine {
  const engine = fork(path.resolve('dist', 'engine.js'), args);
  const connection = createMessageConnection(new IPCMessageReader(engine), new IPCMessageWriter(engine));
  connection.listen();
  return {
    process: engine,
    ask: (call, params, options) => ask(connection, call, params, options),
    end: async () => {
      connection.dispose();
      if (engine.exitCode === null && engine.kill('SIGKILL')) await once(engine, 'exit');
    },
  };
}
