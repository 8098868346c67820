// Takes the README's picture in the real workbench: `node out/test/harness/screenshot.js FILE`.
import { exitOnSignals } from '../../scripts/processes.mjs';
import { packagedExtension } from './packagedExtension';
import { Workbench } from './workbench';
import { handwritten } from './writer';

async function main(file: string): Promise<void> {
  const workbench = await Workbench.open({
    extension: { vsix: packagedExtension() },
    files: { 'lecture.md': '# Notes\n\nThe set \n' },
    viewport: { width: 1000, height: 640 },
    deviceScaleFactor: 1.5,
  });
  try {
    await workbench.openFile('lecture.md');
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.press('ArrowLeft');
    const pad = await workbench.openPad();
    await pad.draw(handwritten('A'));
    await pad.untilRead('A');
    await workbench.screenshot(file);
  } finally {
    await workbench.close();
  }
}

exitOnSignals();
main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
