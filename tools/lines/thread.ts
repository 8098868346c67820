import { parentPort, workerData } from 'node:worker_threads';
import { roundOf } from './batches';
import { loadPools } from './pools';

/** What the thread is started with. */
export interface ThreadData {
  readonly data: string;
  readonly work: string;
  readonly seed: number;
}

/**
 * Draws rounds of batches beside the thread that computes: first it says how many samples of each source it has, then,
 * asked for a round's number, it answers its batches.
 */
const { data, work, seed } = workerData as ThreadData;
const pools = loadPools(data, work);
void pools.then(({ words, lines, composer, expressions }) => {
  parentPort?.postMessage([words.length, lines.length, composer.size, expressions.length]);
});
parentPort?.on('message', (round: number) => {
  void pools.then((loaded) => {
    const batches = roundOf(loaded, seed, round);
    parentPort?.postMessage(
      batches,
      batches.map(({ x }) => x.buffer as ArrayBuffer),
    );
  });
});
