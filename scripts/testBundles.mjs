// Bundles every test file by itself, with the sources it tests and the harness it uses; packages stay outside.
import { build } from 'esbuild';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './prepare.mjs';

const PROGRAM = /^(harness\/(suite|extensionHost|screenshot)|vscode\/index)\.ts$/;
const TEST = /\.(test|bench)\.ts$/;

/** Empties out/test and fills it with one CommonJS file per test file and program of the harness. */
export async function buildTests() {
  const tests = path.join(root, 'test');
  const out = path.join(root, 'out', 'test');
  await rm(out, { recursive: true, force: true });
  const files = (await readdir(tests, { recursive: true })).map((file) => file.replaceAll(path.sep, '/'));
  await build({
    entryPoints: files
      .filter((file) => PROGRAM.test(file) || TEST.test(file))
      .map((file) => path.join(tests, file)),
    outbase: tests,
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'warning',
    absWorkingDir: root,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTests();
