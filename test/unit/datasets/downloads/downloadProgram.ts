// A process of its own for the tests that kill it: downloads from the address given, and dies at the step given.
import fs from 'node:fs/promises';
import { IncomingMessage } from 'node:http';
import { DatasetStore } from '../../../../src/datasets/store';
import type { Samples } from '../../../../src/datasets/samples';
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

async function* batches(): AsyncGenerator<Samples> {
  for (let batch = 0; batch < 5; batch++) {
    step();
    yield await Promise.resolve({
      kind: 'images',
      height: 2,
      width: 2,
      pixels: new Uint8Array(40).fill(batch),
      labels: new Uint16Array(10),
    });
  }
}

async function main(): Promise<void> {
  const store = new DatasetStore(home, {
    catalogue: [balancedEntry([address])],
    settings: { attempts: 3, backoff: 0, stall: 20_000, leastBytes: 64, redirects: 5 },
  });
  if (work === 'download') {
    await store.download(BALANCED, { onProgress: step });
  } else {
    const dataset = { name: 'Import', kind: 'images', source: 'a test', height: 2, width: 2 } as const;
    const classes = { classes: ['a'], covers: ['a'], officialSplits: [] };
    await store.write('import', { ...dataset, ...classes }, [{ split: 'all', batches: batches() }]);
  }
  process.stdout.write(String(steps));
}

void main();
