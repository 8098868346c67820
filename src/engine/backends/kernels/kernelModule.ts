import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundledScript } from '../../bundledScript';

let module: WebAssembly.Module | undefined;

/** The compiled kernels, which the build makes of `assembly`. */
export function kernelModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(readFileSync(bundledScript(path.join('wasm', 'kernels.wasm'))));
  return module;
}

/** What the kernels give to whoever starts a piece of work, and to the threads that help. */
export interface Kernels {
  run(control: number): void;
  serve(control: number, thread: number): void;
}

export function instantiate(compiled: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}
