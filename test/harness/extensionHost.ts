// Runs the bundled extension-host tests in the real workbench: `node out/test/harness/extensionHost.js ROOT RESULT`.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type CodeServer, startCodeServer } from '../../scripts/codeServer.mjs';
import { launchChromium } from './chromium';
import { makeScratchFolder, removeScratchFolder } from './scratch';
import { workbenchAddress } from './workbenchAddress';

const LIMIT = 5 * 60_000;

async function main(root: string, resultFile: string): Promise<number> {
  const scratch = await makeScratchFolder();
  const server = await startCodeServer({
    home: path.join(scratch, 'home'),
    testDriver: true,
    env: { SCRAWL_TEST_RESULT: resultFile },
  });
  try {
    const folder = path.join(scratch, 'work');
    await mkdir(folder);
    return await runIn(server, root, folder);
  } finally {
    await server.stop();
    await removeScratchFolder(scratch);
  }
}

/** Opens the workbench with the tests and gives the code that it reports at their end. */
async function runIn(server: CodeServer, root: string, folder: string): Promise<number> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const code = new Promise<number>((resolve, reject) => {
      setTimeout(
        () => reject(new Error(`The extension host did not report within ${LIMIT / 60_000} minutes.`)),
        LIMIT,
      ).unref();
      void context.exposeFunction('codeAutomationExit', (reported: number) => resolve(reported));
    });
    await context.exposeFunction('codeAutomationLog', (level: string, args: unknown[]) => print(level, args));
    const page = await context.newPage();
    await page.goto(
      workbenchAddress(server, {
        folder,
        development: root,
        tests: path.join(root, 'out/test/vscode/index.js'),
      }),
    );
    return await code;
  } finally {
    await browser.close();
  }
}

function print(level: string, args: unknown[]): void {
  if (level === 'trace' || level === 'debug') return;
  console.log(...args);
}

const [root = '', resultFile = ''] = process.argv.slice(2);
main(root, resultFile).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
