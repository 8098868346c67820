// Takes the README's picture in the real workbench: `node out/test/harness/screenshot.js FILE [THEME]`.
import { exitOnSignals } from '../../scripts/processes.mjs';
import { composed } from './composed';
import { packagedExtension } from './packagedExtension';
import { Workbench } from './workbench';

const LINE = 'const box = bar + 8';

async function main(file: string, theme = 'Default Dark Modern'): Promise<void> {
  const workbench = await Workbench.open({
    extension: { vsix: packagedExtension() },
    settings: { 'workbench.colorTheme': theme },
    files: { 'boxes.ts': 'const bar = 40;\n' },
    viewport: { width: 1500, height: 640 },
    deviceScaleFactor: 1.5,
  });
  try {
    await workbench.openFile('boxes.ts');
    await workbench.page.keyboard.press('Control+End');
    const pad = await workbench.openPadInPanel();
    await pad.write(composed(LINE).ink);
    await pad.untilRead(LINE);
    await workbench.screenshot(file);
  } finally {
    await workbench.close();
  }
}

exitOnSignals();
main(process.argv[2] ?? '', process.argv[3]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
