// Bundles the tests with the sources they test and the harness they use; packages stay outside, but TensorFlow.js.
import { build } from 'esbuild';
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './prepare.mjs';

const PROGRAM =
  /^(harness\/(suite|extensionHost|screenshot)|vscode\/index|backends\/.*Program|unit\/.*Program)\.ts$/;
const TEST = /\.(test|bench)\.ts$/;

/**
 * Suites that are one file together: of the unit tests each would bring a TensorFlow.js of its own to the state that all
 * of them share, and those in VS Code share what hears the errors that a command reports.
 */
const WHOLE = {
  unit: [],
  vscode: ['vscode/support/unexpectedErrors.ts'],
};

/** Empties out/test and fills it with one CommonJS file per test file or whole suite and program of the harness. */
export async function buildTests() {
  const tests = path.join(root, 'test');
  const out = path.join(root, 'out', 'test');
  await rm(out, { recursive: true, force: true });
  const files = (await readdir(tests, { recursive: true })).map((file) => file.replaceAll(path.sep, '/'));
  const tested = files.filter((file) => TEST.test(file)).sort();
  const wholes = Object.entries(WHOLE).map(([suite, first]) => ({
    suite,
    files: [...first, ...tested.filter((file) => file.startsWith(`${suite}/`))],
  }));
  const inWholes = new Set(wholes.flatMap((whole) => whole.files));
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(path.join(root, 'package.json'), 'utf8'),
  );
  const packages = Object.keys({ ...dependencies, ...devDependencies });
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // only the ES modules of TensorFlow.js hold the parts that the engine takes by themselves
    mainFields: ['module', 'main'],
    external: ['vscode', ...packages.filter((name) => !name.startsWith('@tensorflow/'))],
    sourcemap: 'linked',
    logLevel: 'warning',
    absWorkingDir: root,
  };
  await build({
    ...common,
    entryPoints: files
      .filter((file) => PROGRAM.test(file) || (TEST.test(file) && !inWholes.has(file)))
      .map((file) => path.join(tests, file)),
    outbase: tests,
    outdir: out,
  });
  for (const { suite, files: parts } of wholes) {
    await build({
      ...common,
      stdin: { contents: parts.map((file) => `import './${file}';`).join('\n'), resolveDir: tests },
      outfile: path.join(out, suite, `${suite}.test.js`),
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTests();
