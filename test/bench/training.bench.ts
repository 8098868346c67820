import * as tf from '@tensorflow/tfjs-core';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { homeFolder } from '../../src/cli/home';
import { CATALOG } from '../../src/datasets/download/catalog';
import { formatBytes } from '../../src/base/words';
import { DatasetStore } from '../../src/datasets/store/datasetStore';
import { survey } from '../../src/engine/backends/measure/survey';
import { startBackend } from '../../src/engine/backends/startBackend';
import { trainNetwork } from '../../src/engine/training/trainNetwork';
import type { BackendName } from '../../src/runs/backendPackages';
import { AUGMENTATIONS, runSettingsSchema } from '../../src/runs/runSettings';
import type { Network } from '../../src/networks/network';
import { PRESETS } from '../../src/networks/presets';
import { LINE_PRESETS } from '../../src/networks/scrawlLine';
import { verify } from '../../src/networks/verify';
import { storePictures } from './fullSizePictures';
import { kerasRates } from './kerasRates';
import { kernelSteps } from './kernelSteps';
import { lineSteps } from './lineSteps';
import type { StepRates } from './stepRates';

const SMALL = 'small';
const LARGE = 'large';
const SMALL_SIZE = 10_000;
const CLASSES = 62;
const BATCH = 128;
/** Milliseconds of training that are measured, and of those before, in which all warms up. */
const MEASURED = 4000;
const WARM_UP = 1500;

/** What a process of its own measures. */
interface Task {
  /** Where backends are installed. */
  readonly home: string;
  /** Where the datasets lie. */
  readonly data: string;
  readonly backend: BackendName;
  /** A preset's name; without one it is the matrix product. */
  readonly network?: string;
  readonly dataset?: string;
}

/** Steps by the kernels and by wasm. */
interface StepsTask {
  /** A preset's name. */
  readonly steps: string;
}

type Folders = Pick<Task, 'home' | 'data'>;

interface Measured {
  /** Samples, or floating-point operations, a second. */
  readonly rate: number;
  /** Share of the time in which the backend waited for batches. */
  readonly waiting: number;
  /** The most that the process had in memory. */
  readonly bytes: number;
}

/** Takes steps for a while, and measures all but the first. */
async function measureTraining({
  home,
  data,
  backend,
  network = '',
  dataset = SMALL,
}: Task): Promise<Measured> {
  const started = await startBackend(backend, home);
  const settings = runSettingsSchema.parse({ epochs: 1000, augmentation: AUGMENTATIONS.gentle, backend });
  const preset = PRESETS[network];
  if (!preset) throw new Error(`no preset ${network}`);
  let warm: { time: number; done: number } | undefined;
  let rate = 0;
  const begun = { time: 0 };
  const { waitingShare } = await trainNetwork(
    {
      dataset: await new DatasetStore(data).open(dataset),
      run: { name: network, network: preset, settings },
      backend: started.name,
    },
    {
      onProgress: (done) => {
        const time = performance.now();
        begun.time ||= time;
        if (time - begun.time < WARM_UP) return;
        if (warm) rate = (1000 * (done - warm.done)) / (time - warm.time);
        warm ??= { time, done };
      },
      ending: () => (warm && performance.now() - warm.time > MEASURED ? 'pause' : undefined),
    },
  );
  return { rate, waiting: waitingShare, bytes: process.resourceUsage().maxRSS * 1024 };
}

/** Operations a second of products of two 512x512 matrices: what the backend can do at its best. */
async function measureProduct({ home, backend }: Task): Promise<Measured> {
  await startBackend(backend, home);
  const a = tf.randomUniform([512, 512], -1, 1, 'float32', 1);
  const b = tf.randomUniform([512, 512], -1, 1, 'float32', 2);
  let products = 0;
  let started = performance.now();
  for (let warm = false; performance.now() - started < (warm ? MEASURED : WARM_UP) || !warm; products++) {
    const c = tf.matMul(a, b);
    await c.data();
    c.dispose();
    if (warm || performance.now() - started < WARM_UP) continue;
    warm = true;
    products = 0;
    started = performance.now();
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    rate: (products * 2 * 512 ** 3) / seconds,
    waiting: 0,
    bytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** Measures in a process of its own: a backend's threads are set when it starts, and its memory holds nothing else. */
function inProcess(task: Task, threads: number): Promise<Measured> {
  return answerOf(task, threads);
}

async function answerOf<T>(task: Task | StepsTask, threads: number): Promise<T> {
  const env = { ...process.env, SCRAWL_THREADS: String(threads) };
  const { stdout } = await promisify(execFile)(process.execPath, [__filename, JSON.stringify(task)], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** Operations of one sample's step: two for each weight and place that it is used at, forward and twice backward. */
function operations(network: Network): number {
  const { layers } = verify(network);
  const uses = layers.reduce((sum, { parameters, output }) => {
    const places = output.length === 3 ? (output[0] ?? 1) * (output[1] ?? 1) : 1;
    return sum + parameters * places;
  }, 0);
  const features = (layers.at(-1)?.output ?? network.input).reduce((product, size) => product * size, 1);
  return 6 * (uses + features * CLASSES);
}

const row = (...cells: (string | number)[]) =>
  console.log(
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(14) : String(cell).padStart(13))).join(''),
  );
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

async function main(): Promise<void> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'scrawl-training-'));
  const folders = { home: homeFolder(undefined), data };
  try {
    const { train = 0 } = CATALOG.find(({ id }) => id === 'emnist-byclass')?.samples ?? {};
    const store = new DatasetStore(data);
    await storePictures(store, SMALL, SMALL_SIZE);
    await storePictures(store, LARGE, train);
    const most = Math.min(2, os.availableParallelism());
    const found = await survey(folders.home);
    // a GPU that is a program on the processor says nothing of GPUs
    const backends = (Object.keys(found) as BackendName[]).filter((name) => {
      const each = found[name];
      return each.available && !each.software;
    });
    for (const backend of backends) await presets(folders, backend, most);
    await kernels(most);
    await lines(most);
    await threads(folders, most);
    await sizes(folders, most, train);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function presets(folders: Folders, backend: BackendName, threadCount: number): Promise<void> {
  const ceiling = (await inProcess({ ...folders, backend: 'wasm' }, threadCount)).rate;
  console.log(
    `\n${backend}, ${SMALL_SIZE} samples, gently varied; the wasm matrix product on ${threadCount} threads does ${(ceiling / 1e9).toFixed(1)} GFLOP/s`,
  );
  row('', 'samples/s', 'GFLOP/s', 'of product', 'waits', 'memory');
  for (const network of Object.values(PRESETS)) {
    const { rate, waiting, bytes } = await inProcess(
      { ...folders, backend, network: network.name },
      threadCount,
    );
    const flops = rate * operations(network);
    row(
      network.name,
      rate.toFixed(0),
      (flops / 1e9).toFixed(1),
      percent(flops / ceiling),
      percent(waiting),
      formatBytes(bytes),
    );
  }
}

/** Scrawl's kernels against TensorFlow.js' wasm, which take the same steps by turns, and against Keras before them. */
async function kernels(threadCount: number): Promise<void> {
  const networks = Object.values(PRESETS);
  const task = { networks, classes: CLASSES, batchSize: BATCH, milliseconds: MEASURED };
  const keras = await kerasRates(task, threadCount);
  if (!keras) console.log('\nPython has no Keras here: it is left out');
  console.log(`\nsteps by Scrawl's kernels and by wasm in turn, ${threadCount} threads, samples a second`);
  row('', 'kernels', 'wasm', 'ratio', 'memory', 'Keras', 'ratio');
  const ratios: number[] = [];
  for (const network of Object.values(PRESETS)) {
    const rates = await answerOf<StepRates>({ steps: network.name }, threadCount);
    const ratio = rates.kernels / rates.wasm;
    ratios.push(ratio);
    const found = [rates.kernels, rates.wasm].map((rate) => rate.toFixed(0));
    const theirs = keras?.get(network.name);
    const compared = theirs === undefined ? [] : [theirs.toFixed(0), (rates.kernels / theirs).toFixed(2)];
    row(network.name, ...found, ratio.toFixed(2), formatBytes(rates.bytes), ...compared);
  }
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  row('all', '', '', mean.toFixed(2));
}

/** As `kernels`, for networks that read lines. */
async function lines(threadCount: number): Promise<void> {
  console.log(
    `\nsteps on lines by Scrawl's kernels and by wasm in turn, ${threadCount} threads, lines a second`,
  );
  row('', 'kernels', 'wasm', 'ratio', 'memory');
  for (const { name } of Object.values(LINE_PRESETS)) {
    const { kernels, wasm, bytes } = await answerOf<StepRates>({ steps: name }, threadCount);
    row(name, kernels.toFixed(1), wasm.toFixed(1), (kernels / wasm).toFixed(2), formatBytes(bytes));
  }
}

async function threads(folders: Folders, most: number): Promise<void> {
  console.log('\nwasm, samples a second by threads');
  row('', ...Array.from({ length: most }, (_, index) => index + 1), 'growth');
  for (const network of ['cntk-strided', 'emnist-cnn', 'keras-mnist']) {
    const rates: number[] = [];
    for (let count = 1; count <= most; count++) {
      rates.push((await inProcess({ ...folders, backend: 'wasm', network }, count)).rate);
    }
    row(
      network,
      ...rates.map((rate) => rate.toFixed(0)),
      ((rates.at(-1) ?? NaN) / (rates[0] ?? NaN)).toFixed(2),
    );
  }
}

async function sizes(folders: Folders, threadCount: number, largest: number): Promise<void> {
  console.log('\nwasm, cntk-strided by the samples of the dataset');
  row('', 'samples/s', 'waits', 'memory');
  for (const [dataset, count] of [
    [SMALL, SMALL_SIZE],
    [LARGE, largest],
  ] as const) {
    const task = { ...folders, backend: 'wasm', network: 'cntk-strided', dataset } as const;
    const { rate, waiting, bytes } = await inProcess(task, threadCount);
    row(count, rate.toFixed(0), percent(waiting), formatBytes(bytes));
  }
}

function found(task: Task | StepsTask): Promise<Measured | StepRates> {
  if (!('steps' in task)) return task.network === undefined ? measureProduct(task) : measureTraining(task);
  const ofLines = LINE_PRESETS[task.steps];
  if (ofLines) return lineSteps(ofLines, MEASURED);
  const network = PRESETS[task.steps];
  if (!network) throw new Error(`no preset ${task.steps}`);
  return kernelSteps(network, CLASSES, MEASURED);
}

async function measure(task: Task | StepsTask): Promise<void> {
  const measured = await found(task);
  console.log(JSON.stringify(measured));
  // threads of the backends do not end by themselves
  process.exit();
}

const [, , task] = process.argv;
void (task === undefined ? main() : measure(JSON.parse(task) as Task | StepsTask));
