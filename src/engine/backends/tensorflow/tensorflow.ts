import * as tf from '@tensorflow/tfjs-core';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import { promisify } from 'node:util';
import { BACKEND_PACKAGES } from '../../../runs/backendPackages';
import type { Backend, Device } from '../backend';
import { DeviceLoss } from '../deviceLoss';
import { BackendUnavailableError } from '../errors';
import { findPackage } from '../packages';
import { defineRemovedNodeFunctions } from './removedNodeFunctions';

type TensorFlowName = 'tensorflow-cpu' | 'tensorflow-cuda';

/** What both packages register with TensorFlow.js. */
const REGISTERED = 'tensorflow';

/** The part of the packages' backend that tells what it runs on. */
interface NodeBackend {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

/** TensorFlow's own library on the processor. */
export const tensorflowCpu = tensorflow('tensorflow-cpu', ({ binding }) =>
  Promise.resolve({
    device: os.cpus()[0]?.model.trim() ?? os.arch(),
    driver: `TensorFlow ${binding.TF_Version}`,
    software: false,
  }),
);

/** TensorFlow's own library with CUDA, on a graphics processor of NVIDIA's. */
export const tensorflowCuda = tensorflow('tensorflow-cuda', async ({ binding, isUsingGpuDevice }) => {
  if (!isUsingGpuDevice) {
    throw new BackendUnavailableError(
      'tensorflow-cuda',
      'TensorFlow finds no graphics processor with CUDA',
      "install NVIDIA's driver, CUDA 11.2 and cuDNN 8.1, or take webgpu",
    );
  }
  const { name, driver } = await nvidiaDevice();
  return { device: name, driver: `${driver}TensorFlow ${binding.TF_Version}`, software: false };
});

function tensorflow(name: TensorFlowName, describe: (backend: NodeBackend) => Promise<Device>): Backend {
  return {
    name,
    find: (home) => void packageOf(name, home),
    async start(home) {
      load(name, packageOf(name, home));
      if (!(await tf.setBackend(REGISTERED))) throw doesNotLoad(name, undefined);
      const device = await describe(tf.backend() as unknown as NodeBackend);
      // its native library cannot be unloaded: there is nothing to free
      return { name, ...device, loss: new DeviceLoss(name), stop: () => undefined };
    },
  };
}

function packageOf(name: TensorFlowName, home: string): string {
  const file = findPackage(name, home);
  if (file !== undefined) return file;
  throw new BackendUnavailableError(
    name,
    `${BACKEND_PACKAGES[name].name} is not installed`,
    `run "Scrawl: Install TensorFlow (CPU | CUDA)…", or npm install ${BACKEND_PACKAGES[name].name}@${BACKEND_PACKAGES[name].version}`,
  );
}

/** The package brings a TensorFlow.js of its own, which finds the state of ours and registers its backend there. */
function load(name: TensorFlowName, file: string): void {
  defineRemovedNodeFunctions();
  // warnings, which name missing libraries, and no less
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  try {
    createRequire(file)(file);
  } catch (cause) {
    throw doesNotLoad(name, cause);
  }
}

function doesNotLoad(name: TensorFlowName, cause: unknown): BackendUnavailableError {
  const { name: packageName } = BACKEND_PACKAGES[name];
  const [why = ''] = cause instanceof Error ? cause.message.split('\n') : [];
  return new BackendUnavailableError(
    name,
    `${packageName} does not load${why === '' ? '' : ` (${why.trim().replace(/\.$/, '')})`}`,
    'install it again with "Scrawl: Install TensorFlow (CPU | CUDA)…"',
    { cause },
  );
}

/** What NVIDIA's own program says of the first device. */
async function nvidiaDevice(): Promise<{ name: string; driver: string }> {
  try {
    const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 5000 });
    const [name = '', version = ''] = (stdout.split('\n')[0] ?? '').split(',').map((part) => part.trim());
    return { name, driver: `NVIDIA ${version}, ` };
  } catch {
    return { name: 'NVIDIA', driver: '' };
  }
}
