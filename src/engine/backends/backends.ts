import type { BackendName } from '../../runs/backendPackages';
import type { Backend } from './backend';
import { tensorflowCpu, tensorflowCuda } from './tensorflow/tensorflow';
import { wasm } from './wasm/wasm';
import { webgpu } from './webgpu/webgpu';

/** Every backend, by name. */
export const BACKENDS: Readonly<Record<BackendName, Backend>> = {
  'tensorflow-cuda': tensorflowCuda,
  'tensorflow-cpu': tensorflowCpu,
  webgpu,
  wasm,
};

export const BACKEND_NAMES = Object.keys(BACKENDS) as BackendName[];
