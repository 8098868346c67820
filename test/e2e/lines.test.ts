import assert from 'node:assert/strict';
import type { Ink } from '../../src/protocol/ink';
import { boxOf } from '../../webview/pad/box';
import { BASELINE, characterAt, composed, wayThrough, zigzag } from '../harness/composed';
import type { Pad } from '../harness/pad';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';

const BOXES = `interface Box {
  width: number;
  height: number;
}

const boxes: Box[] = [{ width: 3, height: 4 }];
console.log('sum of widths:', total(boxes));

`;
const FUNCTION = `function total(boxes) {
  let sum = 0;
  for (const box of boxes) sum += box.width;
  return sum;
}`;
const WORDS = 'let coast = 2;\nlet cost = 1;\nlet cast = 3;\nlet box = 4;\nlet constbox = box;\n';

describe('lines of code, written by hand in the panel', () => {
  let workbench: Workbench;
  let pad: Pad;
  printOnFailure(() => workbench);

  before(async () => {
    workbench = await Workbench.open({
      extension: { development: process.cwd() },
      files: { 'boxes.ts': BOXES, 'words.ts': WORDS },
      settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 },
      viewport: { width: 2200, height: 800 },
    });
    await openAtEnd('boxes.ts');
    pad = await workbench.openPadInPanel();
  });

  after(() => workbench.close());

  async function openAtEnd(name: string): Promise<void> {
    await workbench.openFile(name);
    await workbench.page.keyboard.press('Control+End');
  }

  async function write(text: string): Promise<Ink> {
    const { ink } = composed(text);
    await pad.write(ink);
    await pad.untilRead(text);
    return ink;
  }

  it('are a function, line by line, in a file in which its names occur', async () => {
    const lines = FUNCTION.split('\n');
    for (const [at, line] of lines.entries()) {
      await pad.untilSaid(`boxes.ts, line ${9 + at}`);
      await write(line.trim());
      await pad.press('Enter');
      await pad.untilEmpty();
      if (at + 1 < lines.length) await pad.press('Enter');
    }
    await workbench.untilFileHolds('boxes.ts', BOXES + FUNCTION);
  });

  describe('below other lines', () => {
    before(() => openAtEnd('words.ts'));

    beforeEach(() => pad.untilSaid('words.ts, line 6'));

    afterEach(async () => {
      await pad.press('Escape');
      await pad.untilEmpty();
    });

    /** Inserts what is on the pad, and brings the ink back. */
    async function inserts(text: string): Promise<void> {
      await pad.press('Enter');
      await workbench.untilFileHolds('words.ts', WORDS + text);
      await pad.press('Control+z');
      await pad.untilRead(text);
      await workbench.untilFileHolds('words.ts', WORDS);
    }

    it('stand at the cursor as ghost text before they are text, which one undo takes away', async () => {
      await write('const cost = 2;');
      await workbench.untilGhost('const cost = 2;');
      await workbench.untilFileHolds('words.ts', WORDS);
      await pad.press('Enter');
      await workbench.untilFileHolds('words.ts', `${WORDS}const cost = 2;`);
      await workbench.untilGhost(undefined);
      await workbench.openFile('words.ts');
      await workbench.page.keyboard.press('Control+z');
      await workbench.untilFileHolds('words.ts', WORDS);
    });

    it('are mended by a tap on a character', async () => {
      await write('cost');
      const other = await pad.takeAlternative(2);
      assert.notEqual(other, 'cost');
      await pad.untilRead(other);
      await pad.press('Enter');
      await workbench.untilFileHolds('words.ts', WORDS + other);
      await pad.press('Control+z');
      await workbench.untilFileHolds('words.ts', WORDS);
    });

    it('are mended by writing over a character', async () => {
      const ink = await write('cost');
      await pad.write(characterAt('a', boxOf([ink[1] ?? []]).left));
      await pad.untilRead('cast');
      await inserts('cast');
    });

    it('are mended by scratching a character out', async () => {
      const ink = await write('coast');
      await pad.write([zigzag(boxOf([ink[2] ?? []]))]);
      await pad.untilRead('cost');
      await inserts('cost');
    });

    it("are mended by the pen's other end", async () => {
      const ink = await write('coast');
      const { left, right, top, bottom } = boxOf([ink[2] ?? []]);
      const middle = (top + bottom) / 2;
      await pad.erase(
        wayThrough([
          [left + 2, middle],
          [right - 2, middle + 2],
        ]),
      );
      await pad.untilRead('cost');
      await inserts('cost');
    });

    it('are mended by a space where a long line is drawn', async () => {
      const ink = await write('constbox');
      const x = between(ink, 't', 'constbox');
      await pad.write([
        wayThrough([
          [x, BASELINE - 80],
          [x + 2, BASELINE + 25],
        ]),
      ]);
      await pad.untilRead('const box');
      await inserts('const box');
    });

    it('are mended by a character where a caret is drawn', async () => {
      const ink = await write('cost');
      const x = between(ink, 'o', 'cost');
      await pad.write([
        wayThrough([
          [x - 8, BASELINE + 26],
          [x, BASELINE + 8],
          [x + 8, BASELINE + 26],
        ]),
      ]);
      await pad.untilSaid('Made room before s');
      await pad.write(characterAt('a', x + 5));
      await pad.untilRead('coast');
      await inserts('coast');
    });

    it('are replaced by another candidate after it was inserted', async () => {
      await write('cost');
      await pad.press('Enter');
      await workbench.untilFileHolds('words.ts', `${WORDS}cost`);
      const other = await pad.insertInstead();
      assert.notEqual(other, 'cost');
      await workbench.untilFileHolds('words.ts', WORDS + other);
      await pad.press('Control+z');
      await workbench.untilFileHolds('words.ts', WORDS);
    });
  });

  describe('for the terminal', () => {
    it('are a command, which runs by Enter alone', async () => {
      await workbench.runCommand('Terminal: Create New Terminal');
      pad = await workbench.openPadInPanel();
      await pad.untilSaid('Terminal');
      await write('touch box');
      await pad.press('Enter');
      await pad.untilEmpty();
      await pad.press('Enter');
      // its shell may start only where it is in sight
      await workbench.runCommand('Terminal: Focus Terminal');
      await workbench.untilFileHolds('box', '');
    });
  });
});

/** The middle between a character of what was composed and the next one. */
function between(ink: Ink, character: string, text: string): number {
  const at = text.indexOf(character);
  const { alignment } = composed(text).reading;
  const boxOfCharacter = (place: number) =>
    boxOf((alignment[place] ?? []).map(({ stroke }) => ink[stroke] ?? []));
  return (boxOfCharacter(at).right + boxOfCharacter(at + 1).left) / 2;
}
