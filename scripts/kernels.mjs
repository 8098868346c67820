// Compiles the kernels of src/engine/backends/kernels/assembly, which are AssemblyScript, to WebAssembly.
import path from 'node:path';
import { root } from './prepare.mjs';
import { run } from './processes.mjs';

// its types change those of JavaScript, so it is run and not imported
const COMPILER = path.join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
const ENTRY = 'src/engine/backends/kernels/assembly/index.ts';

/** Pages of 64 KiB: the most that a module may ask for. */
const MOST_PAGES = 65_536;

/**
 * Compiles the kernels into a file.
 *
 * @param {string} file
 */
export async function buildKernels(file) {
  const args = [
    ...[ENTRY, '--outFile', path.relative(root, file)],
    // threads share one memory, which whoever starts them makes and lays out
    ...['--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '1'],
    ...['--maximumMemory', String(MOST_PAGES), '--enable', 'simd,threads,bulk-memory'],
    // vectors pass between functions of the module alone, and its addresses have 32 bits
    ...['-O3', '--noAssert', '--use', 'abort=', '--disableWarning', '112,201'],
  ];
  await run(process.execPath, [COMPILER, ...args], { cwd: root });
}
