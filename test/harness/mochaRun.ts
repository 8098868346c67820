import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';

/** How many tests of a suite did what; the parent process reads it as JSON. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Runs every *.test.js of a folder and writes the counts to a file.
 *
 * @param folder bundled tests
 * @param resultFile where the counts go, once all have run
 * @param timeout milliseconds for one test
 * @param retries of a test that failed: the workbench loses an input now and then on a busy machine
 */
export async function runMocha(
  folder: string,
  resultFile: string,
  timeout: number,
  retries = 0,
): Promise<Counts> {
  const forbidOnly = process.env['CI'] !== undefined;
  const mocha = new Mocha({ ui: 'bdd', timeout, forbidOnly, retries });
  for (const file of await testFiles(folder)) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const counts = await counted(mocha);
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

function counted(mocha: Mocha): Promise<Counts> {
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      // a failing hook counts among the failures only
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
}
