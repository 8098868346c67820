// Stands in for the engine: what it does is said by the model that a request names.
import { existsSync, writeFileSync } from 'node:fs';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
} from 'vscode-jsonrpc/node';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const picture = { width: 1, height: 1, pixels: [0] };
const answer = { candidates: [{ text: String(process.pid), probability: 1 }], picture, milliseconds: 1 };

/** @type {Record<string, (file: string, token: import('vscode-jsonrpc').CancellationToken) => unknown>} */
const behaviours = {
  answer: () => answer,
  wait: (_file, token) =>
    new Promise((_resolve, reject) => {
      console.log('waiting');
      token.onCancellationRequested(() => {
        console.log('cancelled');
        reject(new ResponseError(-32800, 'cancelled'));
      });
    }),
  refuse: () => new ResponseError(-32001, 'Draw something first.'),
  fail: () => new ResponseError(-32603, 'a detail for the log'),
  lie: () => ({ candidates: 'none' }),
  personalize: async () => {
    const type = 'personalizeProgress';
    await connection.sendNotification(type, { id: '1', phase: 'dreaming', done: 0.4 });
    await connection.sendNotification(type, { id: '1', phase: 'learning', done: 0.5 });
    const shares = { samples: 1, before: 0, after: 1 };
    return {
      ...{ model: 'mine', name: 'Mine', learnt: 1, newClasses: [], mix: 1, seconds: 1 },
      person: shares,
      original: { ...shares, dataset: 'replay', perhapsLearnt: false },
    };
  },
  die: () => process.exit(7),
  dieOnce: (file) => {
    if (existsSync(file)) return answer;
    writeFileSync(file, '');
    return process.exit(7);
  },
};

connection.onRequest('recognize', (/** @type {{ model: string }} */ { model }, token) => {
  const [name = '', file = ''] = model.split(' ');
  return behaviours[name]?.(file, token);
});
connection.onRequest('personalize', (/** @type {{ model: string }} */ { model }, token) =>
  behaviours[model]?.('', token),
);
connection.onRequest('model', () => ({
  name: process.env['ELECTRON_RUN_AS_NODE'],
  classes: ['a', ...process.argv.slice(2)],
}));
process.on('disconnect', () => process.exit());
connection.listen();
console.error('ready');
