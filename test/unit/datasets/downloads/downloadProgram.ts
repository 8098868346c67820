// A process of its own for the tests that kill it: downloads from the address given or imports the path given, and dies
// at the step given.
import fs, { promises } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { importDataset } from '../../../../src/datasets/import/importDataset';
import { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { BALANCED, balancedEntry } from './samples';

const [home = '', address = '', dieAt = '0', work = 'download'] = process.argv.slice(2);
let steps = 0;
/** How often the process came to a step of each kind. */
const kinds: Record<string, number> = {};

/** Kills the process, as a power cut would, when it comes to its step. */
function step(kind: string): void {
  kinds[kind] = (kinds[kind] ?? 0) + 1;
  if (++steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
}

/** Makes every call of an object's functions a step. */
function watch(object: object, of: string, names: readonly string[]): void {
  for (const name of names) {
    const original = Reflect.get(object, name) as (...args: unknown[]) => unknown;
    Object.assign(object, {
      [name](this: unknown, ...args: unknown[]) {
        step(`${of}.${name}`);
        return original.apply(this, args);
      },
    });
  }
}

const emit = Reflect.get(IncomingMessage.prototype, 'emit') as (...args: unknown[]) => boolean;
Object.assign(IncomingMessage.prototype, {
  emit(this: IncomingMessage, ...args: unknown[]): boolean {
    if (args[0] === 'data') step('data');
    return emit.apply(this, args);
  },
});

async function main(): Promise<void> {
  const handle = await promises.open(process.execPath);
  watch(Object.getPrototypeOf(handle) as object, 'FileHandle', ['write', 'sync', 'truncate', 'close']);
  await handle.close();
  watch(promises, 'promises', ['rename', 'writeFile', 'open', 'rm', 'link', 'mkdir', 'truncate']);
  // streams and the files that are written in one go call these
  watch(fs, 'fs', ['open', 'write', 'fsync', 'close', 'rename', 'unlink']);
  const onProgress = () => step('progress');
  const store = new DatasetStore(home, {
    catalog: [balancedEntry([address])],
    settings: { attempts: 3, backoff: 0, stall: 20_000, leastBytes: 64, redirects: 5 },
  });
  if (work === 'download') {
    await store.download(BALANCED, { onProgress });
  } else {
    await importDataset(address, { name: 'Import', onProgress }, store);
  }
  process.stdout.write(JSON.stringify({ steps, kinds }));
}

void main();
