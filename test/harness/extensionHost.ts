// Runs the bundled extension-host tests in the real workbench: `node out/test/harness/extensionHost.js ROOT RESULT`.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { type CodeServer, startCodeServer } from '../../scripts/codeServer.mjs';
import { exitOnSignals } from '../../scripts/processes.mjs';
import { launchChromium } from './chromium';
import { makeScratchFolder, removeScratchFolder } from './scratch';
import { workbenchAddress } from './workbenchAddress';

const LIMIT = 13 * 60_000;

async function main(root: string, resultFile: string): Promise<number> {
  const scratch = await makeScratchFolder();
  const server = await startCodeServer({
    home: path.join(scratch, 'home'),
    testDriver: true,
    env: { SCRAWL_TEST_RESULT: resultFile, SCRAWL_TEST_GREP: process.env['SCRAWL_TEST_GREP'] ?? '' },
  });
  try {
    const folder = path.join(scratch, 'work');
    await mkdir(folder);
    return await runIn(server, root, folder);
  } finally {
    await server.stop();
    await report(resultFile);
    await removeScratchFolder(scratch);
  }
}

/** Opens the workbench with the tests and gives the code that it reports at their end. */
async function runIn(server: CodeServer, root: string, folder: string): Promise<number> {
  const browser = await launchChromium();
  const console: string[] = [];
  try {
    const context = await browser.newContext();
    const code = reportedCode(context);
    await context.exposeFunction('codeAutomationLog', (level: string, args: unknown[]) => {
      console.push(`${level} ${args.map(String).join(' ')}`);
    });
    const page = await context.newPage();
    const tests = path.join(root, 'out/test/vscode/index.js');
    // how long the page takes to load is no matter: the tests report
    await page.goto(workbenchAddress(server, { folder, development: root, tests }), { waitUntil: 'commit' });
    return await code;
  } catch (error) {
    process.stderr.write(`${console.join('\n')}\n`);
    throw error;
  } finally {
    await browser.close();
  }
}

/** The exit code that the workbench hands to the page at the end of the tests. */
function reportedCode(context: BrowserContext): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = new Error(`The extension host did not report within ${LIMIT / 60_000} minutes.`);
    setTimeout(() => reject(late), LIMIT).unref();
    context.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
}

async function report(resultFile: string): Promise<void> {
  process.stdout.write(await readFile(`${resultFile}.log`, 'utf8').catch(() => ''));
}

const [root = '', resultFile = ''] = process.argv.slice(2);
exitOnSignals();
main(root, resultFile).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
