import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Network } from '../../src/networks/network';

/** What Keras trains, and for how long each. */
export interface KerasTask {
  readonly networks: readonly Network[];
  readonly classes: number;
  readonly batchSize: number;
  readonly milliseconds: number;
}

/** Samples a second that Keras learns from by the networks' names; undefined where this machine's Python has no Keras. */
export async function kerasRates(
  task: KerasTask,
  threads: number,
): Promise<ReadonlyMap<string, number> | undefined> {
  const python = spawn('python3', [path.resolve('test', 'bench', 'keras.py')], {
    env: { ...process.env, SCRAWL_THREADS: String(threads) },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => {
    python.once('close', resolve);
    python.once('error', () => resolve(null));
  });
  // one that could not be started takes nothing
  python.stdin.on('error', () => undefined);
  python.stdin.end(JSON.stringify(task));
  const [code, printed] = await Promise.all([ended, text(python.stdout)]);
  if (code !== 0) return undefined;
  const rates = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; samplesPerSecond: number });
  return new Map(rates.map(({ name, samplesPerSecond }) => [name, samplesPerSecond]));
}
