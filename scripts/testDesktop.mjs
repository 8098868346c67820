// Runs the extension-host suite in desktop VS Code, for machines that can download it.
import { runTests } from '@vscode/test-electron';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles } from './build.mjs';
import { root } from './prepare.mjs';
import { buildTests } from './testBundles.mjs';

const resultFile = path.join(root, 'out', 'results', 'desktop.json');

try {
  await buildBundles();
  await buildTests();
  await rm(resultFile, { force: true });
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out', 'test', 'vscode', 'index.js'),
    launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
    extensionTestsEnv: {
      SCRAWL_TEST_RESULT: resultFile,
      SCRAWL_TEST_GREP: process.env.SCRAWL_TEST_GREP ?? '',
    },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
const log = await readFile(`${resultFile}.log`, 'utf8').catch(() => '');
console.log(log || 'The suite left no result.');
if (!log) process.exitCode = 1;
