// Stands in for the engine: what it does is said by the model that a request names.
import { existsSync, writeFileSync } from 'node:fs';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProgressType,
  ResponseError,
} from 'vscode-jsonrpc/node';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const picture = { width: 1, height: 1, pixels: [0] };
const answer = { candidates: [{ text: String(process.pid), probability: 1 }], picture, milliseconds: 1 };

/** @typedef {import('vscode-jsonrpc').CancellationToken} Token */
/** @type {Record<string, (file: string, token: Token, progress: number) => unknown>} */
const behaviors = {
  answer: () => answer,
  wait: (_file, token) =>
    new Promise((_resolve, reject) => {
      console.log('waiting');
      token.onCancellationRequested(() => {
        console.log('canceled');
        reject(new ResponseError(-32800, 'canceled'));
      });
    }),
  refuse: () => new ResponseError(-32001, 'Draw something first.'),
  fail: () => new ResponseError(-32603, 'a detail for the log'),
  lie: () => ({ candidates: 'none' }),
  personalize: async (_file, _token, progress) => {
    const type = new ProgressType();
    await connection.sendProgress(type, progress, { phase: 'dreaming', done: 0.4 });
    await connection.sendProgress(type, progress, { phase: 'learning', done: 0.5 });
    const shares = { samples: 1, before: 0, after: 1 };
    return {
      ...{ model: 'mine', name: 'Mine', learned: 1, newClasses: [], mix: 1, seconds: 1 },
      person: shares,
      original: { ...shares, dataset: 'replay', perhapsLearned: false },
    };
  },
  die: () => process.exit(7),
  dieOnce: (file) => {
    if (existsSync(file)) return answer;
    writeFileSync(file, '');
    return process.exit(7);
  },
};

for (const method of ['recognize', 'personalize']) {
  connection.onRequest(
    method,
    (
      /** @type {{ model: string }} */ { model },
      /** @type {number} */ progress,
      /** @type {Token} */ token,
    ) => {
      const [name = '', file = ''] = model.split(' ');
      return behaviors[name]?.(file, token, progress);
    },
  );
}
connection.onRequest('describeModel', () => ({
  name: process.env['ELECTRON_RUN_AS_NODE'],
  classes: ['a', ...process.argv.slice(2)],
}));
process.on('disconnect', () => process.exit());
connection.listen();
console.error('ready');
