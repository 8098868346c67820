// Bundles the extension, the engine, the command line and the webviews, ready to run from a checkout.
import { build } from 'esbuild';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './kernels.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const webviews = path.join(root, 'webview');
const require = createRequire(import.meta.url);

/**
 * Builds every bundle into a folder that is emptied first.
 *
 * @param {{ out?: string, minify?: boolean }} [options] minified bundles have no source maps
 * @returns {Promise<string[]>} the source files that went into the bundles, relative to the root
 */
export async function buildBundles({ out = path.join(root, 'dist'), minify = false } = {}) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  /** @type {import('esbuild').BuildOptions} */
  const node = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // tfjs' CommonJS builds cannot be tree-shaken
    mainFields: ['module', 'main'],
    external: ['vscode', 'sharp', 'h5wasm'],
    minify,
    sourcemap: minify ? false : 'linked',
    logLevel: 'warning',
    absWorkingDir: root,
    outdir: out,
    metafile: true,
  };
  const bundles = await Promise.all([
    build({
      ...node,
      entryPoints: { extension: 'src/extension.ts', importer: 'src/importer/main.ts' },
    }),
    build({
      ...node,
      entryPoints: {
        engine: 'src/engine/main.ts',
        backendProbe: 'src/engine/backends/probe/main.ts',
        batchThread: 'src/engine/training/batches/main.ts',
        kernelThread: 'src/engine/backends/kernels/main.ts',
        projectionThread: 'src/engine/projection/main.ts',
        cli: 'src/cli/main.ts',
      },
    }),
    build({
      ...node,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      external: [],
      outdir: path.join(out, 'webview'),
      entryPoints: Object.fromEntries((await pages()).map((page) => [page, `page:${page}`])),
      plugins: [pageEntries],
    }),
  ]);
  const wasm = path.join(out, 'wasm');
  await Promise.all([copyWasm(wasm), copyCodicons(path.join(out, 'webview'))]);
  await buildKernels(path.join(wasm, 'kernels.wasm'));
  const inputs = bundles.flatMap((bundle) => Object.keys(bundle.metafile?.inputs ?? {}));
  return inputs.filter((file) => !file.startsWith('page:'));
}

/**
 * The pages: folders of `webview` with a script and a style sheet of the folder's name.
 *
 * @returns {Promise<string[]>}
 */
async function pages() {
  const files = await readdir(webviews, { recursive: true });
  return files
    .map((file) => path.parse(file))
    .flatMap(({ dir, name, ext }) => (dir === name && ext === '.ts' ? [name] : []));
}

/**
 * Gives each page its entry, which makes the page's element known under the name of the folder.
 *
 * @type {import('esbuild').Plugin}
 */
const pageEntries = {
  name: 'pageEntries',
  setup(build) {
    build.onResolve({ filter: /^page:/ }, ({ path: entry }) => ({
      path: entry.slice('page:'.length),
      namespace: 'page',
    }));
    build.onLoad({ filter: /./, namespace: 'page' }, ({ path: page }) => ({
      contents: `import './${page}.css';
import Page from './${page}';
import { definePage } from '../base/definePage';
definePage('${page}', Page);`,
      resolveDir: path.join(webviews, page),
    }));
  },
};

/**
 * Copies the backend's binaries and, for threads, its two scripts.
 *
 * @param {string} to
 */
async function copyWasm(to) {
  const from = path.join(
    path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'wasm-out',
  );
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

/**
 * Copies the icons of the webviews.
 *
 * @param {string} to
 */
async function copyCodicons(to) {
  const from = path.dirname(require.resolve('@vscode/codicons/dist/codicon.css'));
  await mkdir(to, { recursive: true });
  await Promise.all(
    ['codicon.css', 'codicon.ttf'].map((file) => cp(path.join(from, file), path.join(to, file))),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildBundles({ minify: process.argv.includes('--minify') });
}
