// Bundles the extension, the engine, the command line and the webviews into dist/, ready to run from a checkout.
import { build } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const minify = process.argv.includes('--minify');

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // tfjs' CommonJS builds cannot be tree-shaken
  mainFields: ['module', 'main'],
  external: ['vscode', 'sharp', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
  minify,
  sourcemap: minify ? false : 'linked',
  logLevel: 'warning',
  absWorkingDir: root,
  outdir: 'dist',
};

await rm(path.join(root, 'dist'), { recursive: true, force: true });
await mkdir(path.join(root, 'dist'), { recursive: true });
await Promise.all([
  build({ ...node, entryPoints: { extension: 'src/extension.ts' } }),
  build({ ...node, entryPoints: { engine: 'src/engine/main.ts', cli: 'src/cli/main.ts' } }),
  build({
    ...node,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    external: [],
    outdir: 'dist/webview',
    entryPoints: { pad: 'webview/pad/main.ts' },
  }),
  copyWasm(),
]);

/** The backend's binaries and, for threads, its two scripts. */
async function copyWasm() {
  const from = path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');
  const to = path.join(root, 'dist', 'wasm');
  await mkdir(to, { recursive: true });
  const files = [
    'tfjs-backend-wasm.wasm',
    'tfjs-backend-wasm-simd.wasm',
    'tfjs-backend-wasm-threaded-simd.wasm',
    'tfjs-backend-wasm-threaded-simd.js',
    'tfjs-backend-wasm-threaded-simd.worker.js',
  ];
  await Promise.all(files.map((file) => cp(path.join(from, file), path.join(to, file))));
}
