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
  /** Words of the names of the tests to run, as mocha's grep takes them; else all run. */
  grep?: string | undefined;
  /** The tests of a file are the steps of one path: each file runs by itself and ends at its first failure. */
  paths?: boolean;
}

/**
 * Runs the tests in every *.test.js of a folder and writes the counts to a file, once all have run.
 *
 * @param folder bundled tests
 */
export async function runMocha(folder: string, resultFile: string, options: MochaOptions): Promise<Counts> {
  const { timeout, grep, paths = false } = options;
  const forbidOnly = process.env['CI'] !== undefined;
  const common: Mocha.MochaOptions = { ui: 'bdd', timeout, forbidOnly, ...(grep && { grep }) };
  const files = await testFiles(folder);
  const counts = paths ? await runPaths(files, common) : await run(files, common);
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

async function runPaths(files: string[], options: Mocha.MochaOptions): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const counts = await run([file], { ...options, bail: true });
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

function run(files: string[], options: Mocha.MochaOptions): Promise<Counts> {
  const mocha = new Mocha(options);
  for (const file of files) mocha.addFile(file);
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      // a failing hook counts among the failures only
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
}
