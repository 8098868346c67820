import { grouped } from '../../base/words';
import type { BackendInfo } from '../../protocol/engine/backends';

/** What the user calls each backend. */
const TITLES: Record<string, string> = {
  'tensorflow-cuda': 'TensorFlow (CUDA)',
  'tensorflow-cpu': 'TensorFlow (CPU)',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  kernels: "WebAssembly with Scrawl's kernels",
};

export const titleOf = (name: string) => TITLES[name] ?? name;

/** How fast it is here, or that it cannot be used. */
export function stateOf(backend: BackendInfo): string {
  if (!backend.available) return 'not available';
  const { samplesPerSecond, software, threads } = backend;
  const rate =
    samplesPerSecond === undefined ? [] : [`${grouped(Math.round(samplesPerSecond))} samples a second`];
  const width = threads === undefined ? [] : [`${threads} ${threads === 1 ? 'thread' : 'threads'}`];
  return [...rate, ...width, ...(software ? ['in software, slow'] : [])].join(' · ');
}

/** What it runs on, or why it cannot and what to do about it. */
export function detailOf(backend: BackendInfo): string {
  if (!backend.available) return `Because ${backend.reason}: ${backend.remedy}.`;
  const { device, driver, note } = backend;
  return [
    device,
    ...(driver === undefined || driver === device ? [] : [driver]),
    ...(note ? [note] : []),
  ].join(' · ');
}
