// Stands in for the engine of a sweep: what it does is said by the sweep's name.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import path from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProgressType,
  ResponseError,
} from 'vscode-jsonrpc/node';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
/** @type {(outcome: string) => void} */
let end = () => {};

/** Whoever reads meanwhile finds a whole file. */
const write = (/** @type {string} */ file, /** @type {object} */ sweep) => {
  writeFileSync(`${file}.new`, JSON.stringify(sweep));
  renameSync(`${file}.new`, file);
};

const written = async (/** @type {string} */ folder, /** @type {string} */ name) => {
  const changes = watch(folder)[Symbol.asyncIterator]();
  // it watches from here on
  for (let change = changes.next(); !existsSync(path.join(folder, name)); change = changes.next())
    await change;
};

const advance = async (/** @type {{ sweep: string }} */ { sweep: folder }, /** @type {number} */ told) => {
  const file = path.join(folder, 'sweep.json');
  const sweep = JSON.parse(readFileSync(file, 'utf8'));
  const place = sweep.trials.findIndex((/** @type {{ state: string }} */ { state }) => state === 'waiting');
  if (place < 0) {
    // the next time there is room
    const isFull = sweep.name === 'full';
    write(file, { ...sweep, ...(isFull ? { name: 'freed' } : { model: '/models/best' }) });
    if (isFull) throw new ResponseError(-32001, 'The disk is full.');
    return 'finished';
  }
  await connection.sendProgress(new ProgressType(), told, { trial: { place, epochs: sweep.epochs } });
  if (sweep.name === 'dies') process.kill(process.pid, 'SIGKILL');
  if (sweep.name === 'fails') throw new ResponseError(-32001, 'The device was lost.');
  if (['waits', 'pauses slowly'].includes(sweep.name) && place === 1) {
    const outcome = await new Promise((resolve) => (end = resolve));
    if (sweep.name === 'pauses slowly') await written(folder, 'go');
    // the next time it goes through
    write(file, { ...sweep, name: 'waited' });
    return outcome;
  }
  if (sweep.name === 'lingers' && place === 2) await written(folder, 'go');
  sweep.trials[place] = {
    ...sweep.trials[place],
    state: 'finished',
    scores: [{ epochs: sweep.epochs, accuracy: 0.5 + place / 10 }],
  };
  write(file, sweep);
  return 'advanced';
};
connection.onRequest('advanceSweep', advance);
connection.onRequest('restSweep', () => {
  end('resting');
  return null;
});
process.on('disconnect', () => process.exit());
connection.listen();
