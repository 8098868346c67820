import type { BackendInfo } from '../../protocol/engine';
import { startWasm } from './wasm/wasmBackend';

/** Every backend: whether it can be used here or why not, and which one is taken. */
export async function listBackends(): Promise<BackendInfo[]> {
  const { threads, reason } = await startWasm();
  const width = `${String(threads)} thread${threads === 1 ? '' : 's'}`;
  const detail = `WebAssembly with SIMD on ${width}${reason === undefined ? '' : `: more could not start (${reason})`}`;
  return [{ name: 'wasm', available: true, detail, threads, chosen: true }];
}
