import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CATALOG } from '../../src/datasets/download/catalog';
import { formatBytes } from '../../src/base/words';
import { PictureReader } from '../../src/datasets/store/pictureReader';
import { Random } from '../../src/base/random';
import { DatasetStore } from '../../src/datasets/store/datasetStore';
import { storePictures } from './fullSizePictures';

const ID = 'full-size';
const ROUNDS = 3;
/** Of 128 samples each. */
const STEPS = 200;
const CLI = path.resolve('dist', 'cli.js');

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

/** What a process of its own found out. */
interface Found {
  readonly seconds: number;
  /** The most that it had in memory. */
  readonly bytes: number;
}

const WORK = {
  /** Reads the train split into memory. */
  load: async (home: string) => {
    await (await new DatasetStore(home).open(ID)).load('train');
  },
  /** Finds the train split and reads batches of it from all over the file, as threads that train do. */
  batches: async (home: string) => {
    const split = await (await new DatasetStore(home).open(ID)).locate?.('train');
    if (!split) throw new Error('A stored dataset cannot be read by places.');
    const reader = new PictureReader(split);
    const random = new Random(3);
    const batch = () => Array.from({ length: 128 }, () => random.integer(split.labels.length));
    for (let step = 0; step < STEPS; step++) reader.read(batch());
    reader.close();
  },
  /** Trains a small network by the command line, whose process is an engine. */
  train: async (home: string) => {
    const settings = ['--batch-size', '128', '--limit', String(STEPS * 128), '--validation-split', '0'];
    const args = ['train', '--dataset', ID, '--network', 'dense-50-50', '--epochs', '1', ...settings];
    process.argv.splice(1, Infinity, CLI, '--home', home, ...args, '--backend', 'wasm');
    await import(pathToFileURL(CLI).href);
    await once(process, 'beforeExit');
  },
};
type Work = keyof typeof WORK;

/** Does one work and says how long that took and in how much memory. */
async function workHere(work: Work, home: string): Promise<void> {
  const started = performance.now();
  await WORK[work](home);
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ seconds, bytes: mostMemory() } satisfies Found));
}

/** Does it in a process of its own, whose memory holds nothing else. */
async function inProcess(work: Work, home: string): Promise<Found> {
  const { stdout } = await promisify(execFile)(process.execPath, [__filename, work, home]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Found;
}

/** The middle one of several rounds. */
async function rounds(work: Work, home: string): Promise<Found> {
  const found: Found[] = [];
  for (let round = 0; round < ROUNDS; round++) found.push(await inProcess(work, home));
  return {
    seconds: middle(found.map(({ seconds }) => seconds)),
    bytes: middle(found.map(({ bytes }) => bytes)),
  };
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;

/** EMNIST ByClass in full: how long it takes to open, and in what memory, against a plain read in the same run. */
async function main(): Promise<void> {
  const byClass = CATALOG.find(({ id }) => id === 'emnist-byclass');
  const { train = 0, test = 0 } = byClass?.samples ?? {};
  const home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-full-size-'));
  try {
    const store = new DatasetStore(home);
    const writing = performance.now();
    await storePictures(store, ID, train, test);
    const wrote = (performance.now() - writing) / 1000;
    const writer = mostMemory();
    const file = path.join(store.folder(ID), 'cache', 'train.samples');
    const plain: number[] = [];
    for (let round = 0; round < ROUNDS; round++) plain.push(await plainRead(file));
    const loaded = await rounds('load', home);
    const batches = await rounds('batches', home);
    const trained = await inProcess('train', home);
    const row = (name: string, { seconds, bytes }: Found) =>
      console.log(`${name.padEnd(21)}${seconds.toFixed(2)} s, memory of its process ${formatBytes(bytes)}`);
    console.log(
      `EMNIST ByClass in full: ${String(train)} + ${String(test)} pictures, medians of ${String(ROUNDS)}`,
    );
    row('write and checksum', { seconds: wrote, bytes: writer });
    row('open and load train', loaded);
    row(`open, ${String(STEPS)} batches`, batches);
    row(`train ${String(STEPS)} steps`, trained);
    console.log(`plain read           ${middle(plain).toFixed(2)} s`);
    console.log(`ratio                ${(loaded.seconds / middle(plain)).toFixed(2)}`);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

const [, , work, home] = process.argv;
void (home === undefined ? main() : workHere(work as Work, home));
