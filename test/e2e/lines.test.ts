import assert from 'node:assert/strict';
import { composed } from '../harness/composed';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';

describe('a line of code, written by hand in the panel', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);

  before(async () => {
    workbench = await Workbench.open({
      extension: { development: process.cwd() },
      files: { 'boxes.ts': 'const bar = 40;\n' },
      viewport: { width: 1700, height: 800 },
    });
    await workbench.openFile('boxes.ts');
    await workbench.page.keyboard.press('Control+End');
  });

  after(() => workbench.close());

  it('is read with the names of the file, and is code with one key', async () => {
    const pad = await workbench.openPadInPanel();
    await pad.write(composed('const box = bar + 8').ink);
    await pad.untilRead('const box = bar + 8');
    await pad.untilSaid('boxes.ts, line 2');
    await pad.press('Enter');
    await pad.untilSaid('boxes.ts, line 2');
    await workbench.save();
    await workbench.untilFileHolds('boxes.ts', 'const bar = 40;\nconst box = bar + 8');
  });

  it('comes back to the paper by Undo, and leaves the file', async () => {
    const pad = await workbench.pad();
    await pad.press('Control+z');
    await pad.untilRead('const box = bar + 8');
    await workbench.save();
    await workbench.untilFileHolds('boxes.ts', 'const bar = 40;\n');
    assert.ok((await pad.candidates()).length > 1);
  });
});
