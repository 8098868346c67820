import path from 'node:path';
import { packagedExtension } from '../harness/packagedExtension';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench, type WorkbenchOptions } from '../harness/workbench';
import { handwritten } from '../harness/writer';

const EXTENSIONS: Record<string, () => WorkbenchOptions['extension']> = {
  'from its sources': () => ({ development: path.resolve() }),
  'packaged and installed': () => ({ vsix: packagedExtension() }),
};

for (const [how, extension] of Object.entries(EXTENSIONS)) {
  describe(`writing by hand with Scrawl ${how}`, () => {
    let workbench: Workbench;
    printOnFailure(() => workbench);

    before(async () => {
      workbench = await Workbench.open({ extension: extension(), files: { 'note.txt': '' } });
    });

    after(() => workbench.close());

    it('puts a digit, a capital and a small letter into the file on disk', async () => {
      await workbench.openFile('note.txt');
      const pad = await workbench.openPad();
      for (const character of ['3', 'A', 'h']) {
        await pad.draw(handwritten(character));
        await pad.untilRead(character);
        await pad.press('Enter');
        await pad.untilEmpty();
      }
      await workbench.save();
      await workbench.untilFileHolds('note.txt', '3Ah');
    });
  });
}
