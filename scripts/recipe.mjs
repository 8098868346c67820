// Builds a program of tools/ and runs it: `node scripts/recipe.mjs lines/main [its options]`.
import path from 'node:path';
import { installDependencies, root } from './prepare.mjs';
import { npm, run } from './processes.mjs';

/** For TensorFlow's library. */
const TRAINING = {
  // large arrays come and go at each step; by default every one of them is a new mapping, which takes half of the time
  MALLOC_MMAP_THRESHOLD_: '33554432',
  MALLOC_TRIM_THRESHOLD_: '8589934592',
  MALLOC_TOP_PAD_: '268435456',
  // its convolutions multiply in bfloat16, and add in float32, where the processor can
  ONEDNN_DEFAULT_FPMATH_MODE: 'BF16',
};

/**
 * What a folder of tools/ needs besides.
 * @type {Record<string, { threads?: string[], fonts?: true, env?: Record<string, string> }>}
 */
const NEEDS = {
  characters: { fonts: true, env: TRAINING },
  lines: { threads: ['lines/thread'], env: TRAINING },
  symbols: { env: TRAINING },
};

const [program = '', ...args] = process.argv.slice(2);
const { threads = [], fonts, env } = NEEDS[path.dirname(program)] ?? {};
await installDependencies();
const { build } = await import('esbuild');
const outdir = path.join(root, 'out', 'tools');
await build({
  absWorkingDir: root,
  entryPoints: [program, ...threads].map((name) => `tools/${name}.ts`),
  outbase: 'tools',
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // only the ES modules of TensorFlow.js hold the parts that the engine takes by themselves
  mainFields: ['module', 'main'],
  external: ['sharp', 'webgpu', '@tensorflow/tfjs-backend-webgpu'],
  logLevel: 'warning',
});
if (fonts) await npm(['ci', '--no-audit', '--no-fund'], { cwd: path.join(root, 'tools', 'fonts') });
await run(process.execPath, [path.join(outdir, `${program}.js`), ...args], {
  cwd: root,
  env: { ...process.env, ...env },
});
