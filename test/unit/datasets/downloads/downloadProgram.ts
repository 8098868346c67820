// A process of its own for the tests that kill it: downloads from the address given or imports the path given, and dies
// at the step given.
import fs from 'node:fs/promises';
import { IncomingMessage } from 'node:http';
import { importDataset } from '../../../../src/datasets/import/importDataset';
import { DatasetStore } from '../../../../src/datasets/store';
import { BALANCED, balancedEntry } from './samples';

const [home = '', address = '', dieAt = '0', work = 'download'] = process.argv.slice(2);
let steps = 0;

/** Kills the process, as a power cut would, when it comes to its step. */
function step(): void {
  if (++steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
}

const changing = ['rename', 'writeFile', 'open', 'rm', 'link', 'mkdir', 'truncate'] as const;
for (const name of changing) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      step();
      return original(...args);
    },
  });
}

const emit = Reflect.get(IncomingMessage.prototype, 'emit') as (...args: unknown[]) => boolean;
Object.assign(IncomingMessage.prototype, {
  emit(this: IncomingMessage, ...args: unknown[]): boolean {
    if (args[0] === 'data') step();
    return emit.apply(this, args);
  },
});

async function main(): Promise<void> {
  const store = new DatasetStore(home, {
    catalogue: [balancedEntry([address])],
    settings: { attempts: 3, backoff: 0, stall: 20_000, leastBytes: 64, redirects: 5 },
  });
  if (work === 'download') {
    await store.download(BALANCED, { onProgress: step });
  } else {
    await importDataset(address, { name: 'Import', onProgress: step }, store);
  }
  process.stdout.write(String(steps));
}

void main();
