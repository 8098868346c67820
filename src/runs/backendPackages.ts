import type { BackendChoice } from '../base/backendChoice';
import path from 'node:path';

/** What TensorFlow.js computes on. */
export type BackendName = Exclude<BackendChoice, 'auto' | 'kernels'>;

/** What trains, and is measured at it: each of these, and Scrawl's own kernels. */
export type TrainerName = BackendName | 'kernels';

/** The npm package that holds a backend's native code, for the backends that have any. */
export const BACKEND_PACKAGES = {
  webgpu: { name: 'webgpu', version: '0.6.2' },
  'tensorflow-cpu': { name: '@tensorflow/tfjs-node', version: '4.22.0' },
  'tensorflow-cuda': { name: '@tensorflow/tfjs-node-gpu', version: '4.22.0' },
} as const;
export type PackagedBackend = keyof typeof BACKEND_PACKAGES;

/** Where Scrawl installs a backend's package for the user, as npm lays it out. */
export function backendFolder(home: string, backend: PackagedBackend): string {
  return path.join(home, 'backends', backend);
}
