// Everything that `npm test` promises, from a fresh clone on:
// `node scripts/test.mjs [lint|unit|webview|vscode|e2e|desktop ...] [--grep WORDS] [--times COUNT]`.
// Where code-server is not to be had, the tests in VS Code run in the desktop's.
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installCodeServer, whyNoCodeServer } from './codeServer.mjs';
import { installDependencies, installSystemPackages, root } from './prepare.mjs';
import { finish } from './processes.mjs';
import { installSoftwareAdapter } from './softwareAdapter.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const MINUTE = 60_000;
const results = path.join(root, 'out', 'results');

/** How long a whole suite, and one test of it, may take. */
const LIMITS = {
  unit: { suite: 30 * MINUTE, test: 2 * MINUTE },
  webview: { suite: 20 * MINUTE, test: MINUTE / 2 },
  vscode: { suite: 15 * MINUTE, test: MINUTE / 2 },
  e2e: { suite: 20 * MINUTE, test: 3 * MINUTE },
  desktop: { suite: 20 * MINUTE, test: MINUTE / 2 },
};

/** @typedef {keyof typeof LIMITS} Suite */

const SUITES = /** @type {Suite[]} */ (Object.keys(LIMITS));

/** Suites that run where none is named. @type {Suite[]} */
const USUAL = [
  'unit',
  'webview',
  ...(whyNoCodeServer() ? /** @type {const} */ (['desktop']) : /** @type {const} */ (['vscode', 'e2e'])),
];

const CHECKS = [
  { name: 'rooms', args: ['scripts/rooms.mjs'] },
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
];

/**
 * @param {string[]} wanted names of suites; without any, all that this machine can run
 * @param {{ grep: string, times: number }} options words of the tests to run, and how often
 */
async function main(wanted, { grep, times }) {
  const suites = wanted.length === 0 ? USUAL : SUITES.filter((suite) => wanted.includes(suite));
  await prepare(suites);
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (wanted.length === 0 || wanted.includes('lint')) total.failed += await failedChecks();
  if (suites.length > 0) await buildAll(suites);
  for (const suite of Array.from({ length: times }, () => suites).flat()) {
    const counts = await timed(suite, () => runSuite(suite, grep));
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
  if (suites.some((suite) => suite !== 'unit' && suite !== 'desktop')) await installSystemPackages();
  if (suites.includes('unit')) await installSoftwareAdapter();
  if (needsWorkbench(suites)) await installCodeServer();
}

/** @param {Suite[]} suites */
const needsWorkbench = (suites) =>
  suites.includes('vscode') || suites.includes('e2e') || (suites.includes('unit') && !whyNoCodeServer());

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
 * @param {string} grep
 * @returns {Promise<Counts>}
 */
async function runSuite(suite, grep) {
  const resultFile = path.join(results, `${suite}.json`);
  await rm(resultFile, { force: true });
  await rm(`${resultFile}.log`, { force: true });
  const { code } = await finish(process.execPath, ['--enable-source-maps', ...program(suite, resultFile)], {
    cwd: root,
    env: { ...process.env, SCRAWL_TEST_GREP: grep },
    timeout: LIMITS[suite].suite,
  });
  return judged(suite, code, await countsIn(resultFile));
}

/**
 * The program that runs a suite, and its arguments.
 *
 * @param {Suite} suite
 * @param {string} resultFile
 */
function program(suite, resultFile) {
  const tests = path.join(root, 'out', 'test');
  if (suite === 'desktop') return [path.join(root, 'scripts', 'testDesktop.mjs')];
  if (suite === 'vscode') return [path.join(tests, 'harness', 'extensionHost.js'), root, resultFile];
  const paths = suite === 'e2e' ? ['paths'] : [];
  const limit = String(LIMITS[suite].test);
  return [path.join(tests, 'harness', 'suite.js'), path.join(tests, suite), resultFile, limit, ...paths];
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
  const options = /** @type {const} */ ({
    grep: { type: 'string', default: '' },
    times: { type: 'string', default: '1' },
  });
  const { positionals, values } = parseArgs({ allowPositionals: true, options });
  await main(positionals, { grep: values.grep, times: Number(values.times) });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}
