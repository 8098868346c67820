// Stands in for the engine of a run: what it does is said by the run's name.
import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProgressType,
  ResponseError,
} from 'vscode-jsonrpc/node';

/** @typedef {{ run: string, backend?: string }} Params */

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
/** @type {(how: string) => void} */
let end = () => {};

/** @typedef {import('vscode-jsonrpc').CancellationToken} Token */
const train = async (
  /** @type {Params} */ params,
  /** @type {number} */ told,
  /** @type {Token} */ token,
) => {
  const { run, backend = 'wasm' } = params;
  const lock = path.join(run, 'run.lock');
  /** @type {{ name: string, ensemble?: { name: string, member: number, members: number } }} */
  const { name, ensemble } = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8'));
  const state = (/** @type {string} */ standing, more = {}) =>
    writeFileSync(
      path.join(run, 'state.json'),
      JSON.stringify({ state: standing, done: 50, total: 100, ...more }),
    );
  // as whoever trains takes a run: the test says what src/storage/processPlace.ts does
  const place = process.env['SCRAWL_TEST_PLACE'];
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: os.hostname(), token: 'x', place }));
  state('running');
  const point = { epoch: 0.5, loss: 1, accuracy: 0.5, learningRate: 0.001 };
  const progress = {
    phase: 'training',
    done: 50,
    total: 100,
    samplesPerSecond: 10,
    backend,
    points: [point, { ...point, epoch: 1 }],
  };
  await connection.sendProgress(new ProgressType(), told, { progress });
  const epoch = {
    epoch: 1,
    loss: 1,
    accuracy: 0.5,
    validationAccuracy: 0.75,
    learningRate: 0.001,
    seconds: 2,
  };
  await connection.sendProgress(new ProgressType(), told, { epoch });
  if (name === 'dies') process.kill(process.pid, 'SIGKILL');
  if (name === 'lies') return { outcome: 'perfect' };
  if (name === 'fails' && backend !== 'wasm 2') {
    state('failed', { message: 'The device was lost.' });
    throw new ResponseError(-32001, 'The device was lost.');
  }
  const waits = name === 'waits' || name === 'stubborn';
  const outcome = waits
    ? await new Promise((resolve, reject) => {
        end = resolve;
        if (name === 'waits')
          token.onCancellationRequested(() => reject(new ResponseError(-32800, 'canceled')));
      })
    : 'finished';
  state(outcome, outcome === 'paused' ? {} : { model: path.join(run, 'model') });
  rmSync(lock);
  return {
    outcome,
    epochs: 1,
    accuracy: 0.75,
    ...(outcome !== 'paused' && { model: path.join(run, 'model') }),
    ...(ensemble &&
      ensemble.member < ensemble.members && { next: `${ensemble.name}-${ensemble.member + 1}` }),
  };
};
connection.onRequest('train', train);
connection.onRequest('endTraining', (/** @type {{ how: string }} */ { how }) => {
  end(how === 'pause' ? 'paused' : 'stopped');
  return null;
});
process.on('disconnect', () => process.exit());
connection.listen();
