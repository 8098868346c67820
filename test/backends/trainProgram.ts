import * as tf from '@tensorflow/tfjs-core';
import type { Device } from '../../src/engine/backends/backend';
import { BACKENDS } from '../../src/engine/backends/backends';
import {
  lossesOf,
  samplesPerSecond,
  type StandardTraining,
} from '../../src/engine/backends/measure/standardTraining';
import { BackendUnavailableError } from '../../src/engine/backends/errors';
import type { BackendName } from '../../src/runs/backendPackages';

/** What one process is to train, and on what. `cpu` is the reference: TensorFlow.js in plain JavaScript. */
export interface TrainTask {
  readonly backend: BackendName | 'cpu';
  /** Where packages are installed. */
  readonly home: string;
  /** Losses of the first steps. */
  readonly losses?: { readonly training: StandardTraining; readonly steps: number };
  /** Speeds, each measured for so many seconds after the first steps. */
  readonly speeds?: { readonly trainings: readonly StandardTraining[]; readonly seconds: number };
}

export type TrainResult =
  | { available: false; reason: string; remedy: string }
  | { available: true; device: Device; losses: number[]; speeds: Speed[] };

export interface Speed {
  readonly samplesPerSecond: number;
  /** Seconds of processor time in a second: few where a graphics processor works, or where others use the machine. */
  readonly cores: number;
}

async function train({ backend, home, losses, speeds }: TrainTask): Promise<TrainResult> {
  const device = backend === 'cpu' ? await startReference() : await BACKENDS[backend].start(home);
  const rates: Speed[] = [];
  for (const training of speeds?.trainings ?? []) rates.push(await speedOf(training, speeds?.seconds));
  return {
    available: true,
    device: { device: device.device, driver: device.driver, software: device.software },
    losses: losses ? await lossesOf(losses.training, losses.steps) : [],
    speeds: rates,
  };
}

async function speedOf(training: StandardTraining, seconds?: number): Promise<Speed> {
  const started = performance.now();
  const before = process.cpuUsage();
  const rate = await samplesPerSecond({ training, seconds });
  const { user, system } = process.cpuUsage(before);
  return { samplesPerSecond: rate, cores: (user + system) / 1000 / (performance.now() - started) };
}

async function startReference(): Promise<Device> {
  await import('@tensorflow/tfjs-layers');
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu/dist/backend_cpu');
  await import('@tensorflow/tfjs-backend-cpu/dist/register_all_kernels');
  tf.registerBackend('cpu', () => new MathBackendCPU());
  await tf.setBackend('cpu');
  return { device: 'JavaScript', software: true };
}

function answer(result: TrainResult): void {
  process.send?.(result, () => process.exit(0));
}

process.once('message', (task: TrainTask) => {
  train(task).then(answer, (error: unknown) => {
    if (!(error instanceof BackendUnavailableError)) throw error;
    answer({ available: false, reason: error.reason, remedy: error.remedy });
  });
});
