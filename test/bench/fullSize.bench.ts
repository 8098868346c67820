import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CATALOGUE } from '../../src/datasets/catalogue';
import { formatBytes } from '../../src/datasets/download/formatBytes';
import { Random } from '../../src/datasets/random';
import type { ImageSamples } from '../../src/datasets/samples';
import { DatasetStore } from '../../src/datasets/store';

const ID = 'full-size';
const SIDE = 28;
const CLASSES = 62;
const BATCH = 4096;
const ROUNDS = 3;

/** Pictures with about as much ink as EMNIST's; some thousand different ones are enough to fill a disk with. */
async function* pictures(count: number, seed: number): AsyncGenerator<ImageSamples> {
  const random = new Random(seed);
  const pixels = Uint8Array.from({ length: BATCH * SIDE * SIDE }, () =>
    random.next() < 0.2 ? random.integer(256) : 0,
  );
  for (let done = 0; done < count; done += BATCH) {
    const length = Math.min(BATCH, count - done);
    yield await Promise.resolve({
      kind: 'images',
      height: SIDE,
      width: SIDE,
      pixels: pixels.subarray(0, length * SIDE * SIDE),
      labels: Uint16Array.from({ length }, () => random.integer(CLASSES)),
    });
  }
}

/** Seconds that a plain read of a file takes, from its start to its end. */
async function plainRead(file: string): Promise<number> {
  const started = performance.now();
  const handle = await open(file);
  const memory = new Uint8Array(2 ** 24);
  while ((await handle.read(memory, 0, memory.length)).bytesRead > 0);
  await handle.close();
  return (performance.now() - started) / 1000;
}

/** The most bytes that this process had in memory. */
const mostMemory = () => process.resourceUsage().maxRSS * 1024;

/** Opens the train split and says how long that took and in how much memory. */
async function openHere(home: string): Promise<void> {
  const started = performance.now();
  const samples = await (await new DatasetStore(home).open(ID)).load('train');
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ samples: samples.labels.length, seconds, bytes: mostMemory() }));
}

/** Does it in a process of its own, whose memory holds nothing else. */
async function openInProcess(home: string): Promise<{ seconds: number; bytes: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [__filename, home]);
  return JSON.parse(stdout) as { seconds: number; bytes: number };
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/** EMNIST ByClass in full: how long it takes to open, and in what memory, against a plain read in the same run. */
async function main(): Promise<void> {
  const byClass = CATALOGUE.find(({ id }) => id === 'emnist-byclass');
  const { train = 0, test = 0 } = byClass?.samples ?? {};
  const home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-full-size-'));
  try {
    const store = new DatasetStore(home);
    const classes = Array.from({ length: CLASSES }, (_, index) => String.fromCharCode(48 + index));
    const writing = performance.now();
    await store.write(
      ID,
      {
        name: 'Full size',
        kind: 'images',
        source: 'seeded random numbers',
        height: SIDE,
        width: SIDE,
        classes,
        covers: classes,
        officialSplits: ['train', 'test'],
      },
      [
        { split: 'train', batches: pictures(train, 1) },
        { split: 'test', batches: pictures(test, 2) },
      ],
    );
    const wrote = (performance.now() - writing) / 1000;
    const writer = mostMemory();
    const file = path.join(store.folder(ID), 'cache', 'train.samples');
    const opened: number[] = [];
    const plain: number[] = [];
    const memory: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      plain.push(await plainRead(file));
      const { seconds, bytes } = await openInProcess(home);
      opened.push(seconds);
      memory.push(bytes);
    }
    console.log(
      `EMNIST ByClass in full: ${String(train)} + ${String(test)} pictures, medians of ${String(ROUNDS)}`,
    );
    console.log(`write and checksum   ${wrote.toFixed(1)} s, memory ${formatBytes(writer)}`);
    console.log(
      `open and load train  ${middle(opened).toFixed(2)} s, memory of its process ${formatBytes(middle(memory))}`,
    );
    console.log(`plain read           ${middle(plain).toFixed(2)} s`);
    console.log(`ratio                ${(middle(opened) / middle(plain)).toFixed(2)}`);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

const [, , homeToOpen] = process.argv;
void (homeToOpen === undefined ? main() : openHere(homeToOpen));
