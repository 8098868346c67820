// Compiles the kernels of src/engine/backends/kernels/assembly, which are AssemblyScript, to WebAssembly.
import asc from 'assemblyscript/asc';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const entry = 'src/engine/backends/kernels/assembly/index.ts';

/** 64 KiB each: the most that a module may ask for. */
const MOST_PAGES = 65_536;

/**
 * Compiles the kernels into a file.
 *
 * @param {string} file
 */
export async function buildKernels(file) {
  const { error, stderr } = await asc.main([
    entry,
    ...['--baseDir', root, '--outFile', path.relative(root, file)],
    // threads share one memory, which whoever starts them makes and lays out
    ...['--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '1'],
    ...['--maximumMemory', String(MOST_PAGES), '--enable', 'simd,threads,bulk-memory'],
    ...['-O3', '--noAssert', '--use', 'abort=', '--disableWarning', '112'],
  ]);
  if (error) throw new Error(`The kernels could not be compiled: ${error.message}\n${stderr.toString()}`);
}
