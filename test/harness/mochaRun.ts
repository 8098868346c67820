import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';

/** How many tests of a suite did what; the parent process reads it as JSON. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface MochaOptions {
  /** Milliseconds for one test. */
  timeout: number;
  /** How often a test that failed is tried again: the workbench loses an input now and then on a busy machine. */
  retries?: number;
  /**
   * The tests of a file are the steps of one path: each file runs by itself, ends at its first failure, and is tried
   * again from its first step.
   */
  paths?: boolean;
}

/**
 * Runs every *.test.js of a folder and writes the counts to a file, once all have run. What failed and is tried again
 * is printed with its reason.
 *
 * @param folder bundled tests
 */
export async function runMocha(folder: string, resultFile: string, options: MochaOptions): Promise<Counts> {
  const { timeout, retries = 0, paths = false } = options;
  const common = { ui: 'bdd', timeout, forbidOnly: process.env['CI'] !== undefined } as const;
  const files = await testFiles(folder);
  const counts = paths
    ? await runPaths(files, common, retries)
    : await runOnce(files, { ...common, retries });
  await mkdir(path.dirname(resultFile), { recursive: true });
  await writeFile(resultFile, JSON.stringify(counts));
  return counts;
}

async function testFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => path.join(folder, file));
}

async function runPaths(files: string[], options: Mocha.MochaOptions, retries: number): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    let counts = await runOnce([file], { ...options, bail: true });
    for (let left = retries; left > 0 && counts.failed > 0; left -= 1) {
      Mocha.reporters.Base.consoleLog(`  tried again from its start: ${path.basename(file)}`);
      counts = await runOnce([file], { ...options, bail: true });
    }
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

function runOnce(files: string[], options: Mocha.MochaOptions): Promise<Counts> {
  const mocha = new Mocha(options);
  for (const file of files) mocha.addFile(file);
  // a file that was loaded before registers its tests only when it is loaded anew
  mocha.unloadFiles();
  return counted(mocha);
}

function counted(mocha: Mocha): Promise<Counts> {
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      // a failing hook counts among the failures only
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
    runner.on('retry', (test: Mocha.Test, error: Error) =>
      Mocha.reporters.Base.consoleLog(`    tried again: ${test.title}\n${error.stack ?? error.message}`),
    );
  });
}
