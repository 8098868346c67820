import Mocha from 'mocha';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { runMocha } from '../harness/mochaRun';

/** Called by VS Code inside the extension host; a rejection fails the run. */
export async function run(): Promise<void> {
  const resultFile = process.env['SCRAWL_TEST_RESULT'];
  if (!resultFile) throw new Error('SCRAWL_TEST_RESULT names no file for the result.');
  // the host's console is the whole workbench's: the report would drown in it
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) =>
    appendFileSync(`${resultFile}.log`, `${format(...args)}\n`);
  const { failed } = await runMocha(path.resolve(__dirname), resultFile, {
    timeout: 30_000,
    grep: process.env['SCRAWL_TEST_GREP'],
  });
  if (failed > 0) throw new Error(`${failed} failed`);
}
