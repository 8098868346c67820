// Everything that `npm test` promises, from a fresh clone on: `node scripts/test.mjs [lint|unit|webview|vscode|e2e ...]`.
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { installCodeServer } from './codeServer.mjs';
import { installDependencies, installSystemPackages, root } from './prepare.mjs';
import { finish } from './processes.mjs';
import { installSoftwareAdapter } from './softwareAdapter.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const MINUTE = 60_000;
const results = path.join(root, 'out', 'results');

/** How long a whole suite, and one test of it, may take, and how often a failed test (a failed path of e2e) is tried again. */
const LIMITS = {
  unit: { suite: 20 * MINUTE, test: 2 * MINUTE, retries: 0 },
  webview: { suite: 20 * MINUTE, test: MINUTE / 2, retries: 0 },
  vscode: { suite: 15 * MINUTE, test: MINUTE / 2, retries: 2 },
  e2e: { suite: 20 * MINUTE, test: 3 * MINUTE, retries: 2 },
};

/** @typedef {keyof typeof LIMITS} Suite */

const SUITES = /** @type {Suite[]} */ (Object.keys(LIMITS));

const CHECKS = [
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
];

/** @param {string[]} wanted */
async function main(wanted) {
  const suites = SUITES.filter((suite) => wanted.length === 0 || wanted.includes(suite));
  await prepare(suites);
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (wanted.length === 0 || wanted.includes('lint')) total.failed += await failedChecks();
  if (suites.length > 0) await buildAll(suites);
  for (const suite of suites) {
    const counts = await timed(suite, () => runSuite(suite));
    console.log(`${suite}: ${inWords(counts)}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  console.log(inWords(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** @param {Suite[]} suites */
async function prepare(suites) {
  await installDependencies();
  if (suites.some((suite) => suite !== 'unit')) await installSystemPackages();
  if (suites.includes('unit')) await installSoftwareAdapter();
  if (needsWorkbench(suites)) await installCodeServer();
}

/** @param {Suite[]} suites */
const needsWorkbench = (suites) => suites.includes('vscode') || suites.includes('e2e');

async function failedChecks() {
  let failed = 0;
  for (const { name, args } of CHECKS) {
    const { code } = await timed(name, () => finish(process.execPath, args, { cwd: root }));
    if (code !== 0) failed += 1;
  }
  return failed;
}

/**
 * The bundles, the packaged extension where a suite uses it, and the tests themselves.
 *
 * @param {Suite[]} suites
 */
async function buildAll(suites) {
  await timed('build', async () => {
    // these need what prepare has just installed
    const { buildBundles } = await import('./build.mjs');
    const { buildTests } = await import('./testBundles.mjs');
    await buildBundles();
    await buildTests();
    await rm(results, { recursive: true, force: true });
    await mkdir(results, { recursive: true });
    if (!suites.includes('e2e')) return;
    const { packageExtension } = await import('./package.mjs');
    await packageExtension({ out: path.join(root, 'out') });
  });
}

/**
 * Runs a suite in a process of its own and reads the counts that it leaves behind.
 *
 * @param {Suite} suite
 * @returns {Promise<Counts>}
 */
async function runSuite(suite) {
  const resultFile = path.join(results, `${suite}.json`);
  const harness = path.join(root, 'out', 'test', 'harness');
  const folder = path.join(root, 'out', 'test', suite);
  const args =
    suite === 'vscode'
      ? [path.join(harness, 'extensionHost.js'), root, resultFile]
      : [
          path.join(harness, 'suite.js'),
          folder,
          resultFile,
          String(LIMITS[suite].test),
          String(LIMITS[suite].retries),
          ...(suite === 'e2e' ? ['paths'] : []),
        ];
  const { code } = await finish(process.execPath, ['--enable-source-maps', ...args], {
    cwd: root,
    timeout: LIMITS[suite].suite,
  });
  return judged(suite, code, await countsIn(resultFile));
}

/**
 * A suite that ran no test, or whose process failed without a failing test, has failed.
 *
 * @param {Suite} suite
 * @param {number} code
 * @param {Counts | undefined} counts
 * @returns {Counts}
 */
function judged(suite, code, counts) {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  if (passed + failed > 0 && (code === 0 || failed > 0)) return { passed, failed, skipped };
  console.error(`${suite}: ended with code ${code} ${counts ? 'and ran no test' : 'and left no result'}`);
  return { passed, failed: failed + 1, skipped };
}

/**
 * @param {string} file
 * @returns {Promise<Counts | undefined>}
 */
async function countsIn(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @param {Counts} counts */
const inWords = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function timed(name, work) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const result = await work();
  console.log(`== ${name} took ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}
