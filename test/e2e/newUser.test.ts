import assert from 'node:assert/strict';
import { composed, nextWord } from '../harness/composed';
import { packagedExtension } from '../harness/packagedExtension';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';

const LINE = 'const x2 = foo(bar);';
/** One character and one space after the other, it were 41. */
const MOST_ACTIONS = 12;

describe('a new user of Scrawl', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);

  before(async () => {
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      files: { 'multi.js': '' },
      settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 },
      viewport: { width: 1700, height: 800 },
    });
    await workbench.openFile('multi.js');
  });

  after(() => workbench.close());

  it(`has '${LINE}' in a file within ${MOST_ACTIONS} actions`, async () => {
    let actions = 0;
    const act = async <T>(what: () => Promise<T>): Promise<T> => {
      actions += 1;
      return await what();
    };
    const pad = await act(() => workbench.openPadInPanel());
    let left = 20;
    // each word counts, though the pen need not rest between them
    for (const word of LINE.split(' ')) {
      const { ink } = composed(word, left);
      await act(() => pad.write(ink));
      left = nextWord(ink);
    }
    await pad.untilRead(LINE);
    await act(() => pad.press('Enter'));
    await workbench.untilFileHolds('multi.js', LINE);
    assert.ok(actions <= MOST_ACTIONS, `it took ${actions} actions`);
  });
});
