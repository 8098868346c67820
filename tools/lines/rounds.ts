import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DrawnBatch } from './batches';
import type { ThreadData } from './thread';

/** Asks a thread for rounds of batches, one ahead of what is learned. */
export class Rounds {
  private worker: Worker;
  /** Samples of words, lines, characters and expressions that are learned from. */
  samples: Promise<number[]>;
  private next: { round: number; batches: Promise<DrawnBatch[]> } | undefined;

  constructor(private readonly data: ThreadData) {
    this.worker = start(data);
    this.samples = samplesOf(this.worker);
  }

  /** The batches of a round; the next one is begun. */
  async get(round: number): Promise<DrawnBatch[]> {
    const batches = await (this.next?.round === round ? this.next.batches : this.ask(round));
    this.next = { round: round + 1, batches: this.ask(round + 1) };
    return batches;
  }

  /** Reads the samples again, without those that were excluded meanwhile. */
  async restart(): Promise<void> {
    await this.end();
    this.worker = start(this.data);
    this.samples = samplesOf(this.worker);
  }

  async end(): Promise<void> {
    this.next?.batches.catch(() => undefined);
    this.next = undefined;
    await this.worker.terminate();
  }

  private async ask(round: number): Promise<DrawnBatch[]> {
    await this.samples;
    this.worker.postMessage(round);
    const [batches] = (await once(this.worker, 'message')) as [DrawnBatch[]];
    return batches;
  }
}

/** What a thread says first. */
async function samplesOf(worker: Worker): Promise<number[]> {
  const [samples] = (await once(worker, 'message')) as [number[]];
  return samples;
}

function start(data: ThreadData): Worker {
  return new Worker(path.join(__dirname, 'thread.js'), { workerData: data });
}
