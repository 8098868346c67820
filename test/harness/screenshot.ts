// Takes the README's picture in the real workbench, and draws the walkthrough's: `node out/test/harness/screenshot.js FOLDER [THEME]`.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitOnSignals } from '../../scripts/processes.mjs';
import { composed } from './composed';
import { packagedExtension } from './packagedExtension';
import { Workbench } from './workbench';
import { writtenLine } from './writtenLine';

const BEFORE = 'const bar = 40;';
const LINE = 'const box = foo(bar);';

/** @param folder where the pictures lie */
async function main(folder: string, theme = 'Default Dark Modern'): Promise<void> {
  await writeFile(path.join(folder, 'walkthrough', 'line.svg'), writtenLine(BEFORE, LINE));
  const workbench = await Workbench.open({
    extension: { vsix: packagedExtension() },
    settings: { 'workbench.colorTheme': theme },
    files: { 'boxes.ts': `${BEFORE}\n` },
    viewport: { width: 1500, height: 640 },
    deviceScaleFactor: 1.5,
  });
  try {
    await workbench.openFile('boxes.ts');
    await workbench.page.keyboard.press('Control+End');
    const pad = await workbench.openPadInPanel();
    await pad.write(composed(LINE).ink);
    await pad.untilRead(LINE);
    await workbench.screenshot(path.join(folder, 'screenshot-pad.png'));
  } finally {
    await workbench.close();
  }
}

exitOnSignals();
main(process.argv[2] ?? '', process.argv[3]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
