import assert from 'node:assert/strict';
import type { Ink, Reading } from '../../src/protocol/ink';
import { BASELINE, characterAt, composed, wayThrough, zigzag } from '../harness/composed';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { LETTER_A, PadPage, type PadPageOptions, reading, SETTINGS } from './padPage';

const BAR = LETTER_A.slice(2);

describe('pad, for words and lines', () => {
  let pad: PadPage;
  const openPage = inBrowser((browser, options?: PadPageOptions) => PadPage.open(browser, options));
  /** Seconds since the epoch. */
  let now: number;

  beforeEach(() => {
    now = Date.now() / 1000;
  });

  async function open(options?: PadPageOptions): Promise<PadPage> {
    pad = await openPage(options);
    return pad;
  }

  /** Writes a text and has it read as that; gives what was written. */
  async function written(text: string, others: string[] = []): Promise<{ ink: Ink; reading: Reading }> {
    await open({ width: 600 });
    const line = composed(text);
    await pad.write(line.ink, now);
    const { alignment } = line.reading;
    await pad.read([
      { ...line.reading, probability: 0.8 },
      ...others.map((other) => reading(other, 0.05, { alignment })),
    ]);
    return line;
  }

  const first = () => pad.page.locator('.candidate').first().locator('.text').textContent();
  const letters = () => pad.page.locator('.letter').allTextContents();
  const inkCount = async () => (await pad.asked()).ink.length;

  describe('paper', () => {
    it('tells the lines that were written on, unless they are hidden', async () => {
      await open({ width: 600 });
      await pad.write(composed('a').ink, now);
      const { guide, penWidth } = await pad.asked();
      assert.ok(guide && guide.xHeight > 20 && guide.baseline > guide.xHeight, JSON.stringify(guide));
      assert.ok(penWidth > 2 && penWidth < 8, String(penWidth));
      assert.equal(await pad.page.locator('scrawl-guide-lines').isVisible(), true);
      await pad.tell({ ...SETTINGS, guideLines: false });
      assert.equal((await pad.asked()).guide, undefined);
      assert.equal(await pad.page.locator('scrawl-guide-lines').isVisible(), false);
    });

    it('has switches for the lines and for inserting after a rest', async () => {
      await open();
      await pad.page.getByRole('switch', { name: 'Guide lines', checked: true }).click();
      await pad.page.getByRole('switch', { name: 'Insert after a rest', checked: false }).click();
      const turned = (await pad.sentOf('switch', 2)).map(({ setting, on }) => [setting, on]);
      assert.deepEqual(turned, [
        ['guideLines', false],
        ['insertAfter', true],
      ]);
    });

    it('reads on where a narrow row wraps', async () => {
      await open({ width: 200 });
      const { width } = await pad.box('scrawl-surface canvas');
      const dash = (x: number, y: number): Ink[number] => [
        [x, y],
        [x + 10, y + 6],
      ];
      await pad.write([dash(width - 14, 60), dash(10, 155)], now);
      const { ink } = await pad.asked();
      const [x = 0] = ink[1]?.[0] ?? [];
      assert.ok(Math.abs(x - width - 10) < 3, `the row below goes on at ${x}`);
    });

    it('moves on to the right after a rest, and back', async () => {
      await open({ width: 900, height: 200 });
      await pad.draw([
        [
          [0.8, 0.4],
          [0.9, 0.5],
        ],
      ]);
      const back = pad.page.getByRole('button', { name: 'Back to the beginning' });
      await back.waitFor();
      await until('the ink further left', async () => (await pad.inked('scrawl-surface')).right < 0.6);
      await back.click();
      await until('the ink where it was', async () => (await pad.inked('scrawl-surface')).right > 0.85);
    });

    it('takes only the pen where that is set', async () => {
      await open({ settings: { penOnly: true } });
      await pad.draw(BAR);
      await pad.touch('touchStart', now, [0.5, 0.5]);
      await pad.touch('touchEnd', now + 0.1);
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
      await pad.write(composed('a').ink, now + 5);
      assert.equal(await inkCount(), 1);
    });

    it('works where events are not coalesced', async () => {
      await open();
      await pad.page.evaluate(() => Reflect.deleteProperty(PointerEvent.prototype, 'getCoalescedEvents'));
      await pad.draw(LETTER_A);
      assert.ok(((await pad.asked()).ink[0]?.length ?? 0) > 3);
    });
  });

  describe('the reading', () => {
    it('stands under the ink, character by character', async () => {
      const { ink } = await written('foot');
      assert.deepEqual(await letters(), ['f', 'o', 'o', 't']);
      const { x, width } = await pad.box('.letter:nth-of-type(2)');
      const surface = await pad.box('scrawl-surface canvas');
      const second = ink[2]?.map(([px]) => px) ?? [];
      const middle = (Math.min(...second) + Math.max(...second)) / 2;
      assert.ok(Math.abs(x + width / 2 - surface.x - middle) < 3);
    });

    it('is told to the host for ghost text, and that the pen came down', async () => {
      await written('foot');
      assert.equal((await pad.sentOf('begin')).length, 1);
      assert.equal((await pad.sentOf('preview')).at(-1)?.text, 'foot');
      await pad.press('Escape');
      await until('no ghost', async () => (await pad.sentOf('preview')).at(-1)?.text === '');
    });

    it('offers five texts in which what differs is in sight, whole as their description', async () => {
      await written('foot', ['foo+', 'fo8t', 'f-ot', 'boot']);
      const third = pad.page.locator('.candidate').nth(2);
      assert.equal(await third.locator('mark').textContent(), '8');
      assert.match((await third.getAttribute('title')) ?? '', /Insert fo8t/);
      assert.match(await pad.page.locator('.candidate').first().innerText(), /foot\s+80%/);
    });

    it('lets one character be another: by a tap', async () => {
      await written('foot', ['foo+']);
      await pad.page.locator('.letter').nth(3).click();
      const [asked] = await pad.sentOf('alternatives');
      assert.deepEqual([asked?.text, asked?.at], ['foot', 3]);
      const { alignment } = composed('foot').reading;
      const readings = ['foot', 'foox', 'foo'].map((text) => reading(text, 0.3, { alignment }));
      await pad.tell({ type: 'alternatives', id: asked?.id ?? 0, at: 3, readings });
      const keys = await pad.page.locator('.alternative .text').allTextContents();
      assert.deepEqual(keys, ['t', 'x', 'nothing']);
      await pad.press('2');
      assert.equal(await first(), 'foox');
      assert.deepEqual(await letters(), ['f', 'o', 'o', 'x']);
      await pad.press('Enter');
      const [insert] = await pad.sentOf('insert');
      assert.equal(insert?.text, 'foox');
      assert.ok(insert.correction, 'it teaches');
    });

    it('lets one character be another: by the keyboard alone', async () => {
      await written('foot');
      await pad.press('ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter');
      const [asked] = await pad.sentOf('alternatives');
      assert.equal(asked?.at, 2);
      const readings = ['foot', 'fout'].map((text) => reading(text, 0.3, composed('foot').reading));
      const given = readings.map((each, at) => ({ ...each, text: ['foot', 'fout'][at] ?? '' }));
      await pad.tell({ type: 'alternatives', id: asked.id, at: 2, readings: given });
      const focused = () => pad.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      await until('the first key has the keyboard', async () => (await focused())?.startsWith('o, '));
      await pad.press('ArrowRight', 'Enter');
      assert.equal(await first(), 'fout');
      await until('back on the character', async () => (await focused()) === 'u, 3 of 4');
      await pad.press('Escape', 'Enter');
      assert.equal((await pad.sentOf('insert'))[0]?.text, 'fout');
    });
  });

  describe('repair', () => {
    const boxOfStroke = (stroke: Ink[number] | undefined) => {
      const [xs, ys] = [stroke?.map(([x]) => x) ?? [], stroke?.map(([, y]) => y) ?? []];
      return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
    };

    it('deletes what is scratched out, as one step', async () => {
      const { ink } = await written('foot');
      const strokes = await inkCount();
      await pad.write([zigzag(boxOfStroke(ink[2]))], now + 5);
      await until('less ink', async () => (await inkCount()) === strokes - 1);
      assert.match((await pad.page.getByRole('status').textContent()) ?? '', /Deleted o/);
      await pad.press('Control+z');
      assert.equal(await inkCount(), strokes);
    });

    it('replaces what is written over after a rest, and not before', async () => {
      const { ink } = await written('foot');
      const strokes = await inkCount();
      const over = characterAt('e', boxOfStroke(ink[2]).left);
      await pad.write(over, now + 0.6);
      assert.equal(await inkCount(), strokes + 1, 'too soon');
      await pad.press('Control+z');
      await pad.read([{ ...composed('foot').reading, probability: 0.8 }]);
      await pad.write(over, now + 9);
      assert.equal(await inkCount(), strokes);
      await pad.press('Control+z');
      assert.equal(await inkCount(), strokes);
      assert.equal(await enabledRedo(), true);
    });

    it('opens a gap at a caret', async () => {
      const { ink } = await written('foot');
      const x = (boxOfStroke(ink[2]).right + boxOfStroke(ink[3]).left) / 2;
      const caret = wayThrough([
        [x - 8, BASELINE + 26],
        [x, BASELINE + 8],
        [x + 8, BASELINE + 26],
      ]);
      const right = Math.max(...(await pad.asked()).ink.flat().map(([px]) => px));
      await pad.write([caret], now + 5);
      await until('a gap', async () => {
        const wider = Math.max(...(await pad.asked()).ink.flat().map(([px]) => px));
        return wider > right + 20 && (await inkCount()) === ink.length;
      });
      assert.deepEqual((await pad.asked()).spaces, [3]);
    });

    it("takes the pen's other end for an eraser", async () => {
      await written('foot');
      const strokes = await inkCount();
      const { x, y, width } = await pad.box('scrawl-surface canvas');
      await pad.page.locator('scrawl-surface').evaluate(
        (surface, [left = 0, top = 0, right = 0]) => {
          surface.setPointerCapture = () => undefined;
          const send = (type: string, clientX: number, buttons: number) =>
            surface.dispatchEvent(
              new PointerEvent(type, {
                ...{ pointerId: 7, pointerType: 'pen', button: 5, buttons, bubbles: true },
                ...{ clientX, clientY: top },
              }),
            );
          send('pointerdown', left, 32);
          for (let at = left; at < right; at += 5) send('pointermove', at, 32);
          send('pointerup', right, 0);
        },
        [x + 1, y + BASELINE - 12, x + width - 1],
      );
      await pad.page.locator('.hint').waitFor();
      await pad.press('Control+z');
      assert.equal(await inkCount(), strokes);
    });

    it('deletes a character by the keyboard', async () => {
      await written('foot');
      const strokes = await inkCount();
      await pad.press('ArrowDown', 'ArrowRight', 'Delete');
      assert.equal(await inkCount(), strokes - 1);
    });

    const enabledRedo = () => pad.page.getByRole('button', { name: 'Redo stroke' }).isEnabled();
  });

  describe('insertion', () => {
    async function inserted(): Promise<number> {
      await written('foot', ['boot', 'foo+']);
      await pad.press('Enter');
      const [insert] = await pad.sentOf('insert');
      await pad.tell({ type: 'inserted', id: insert?.id ?? 0, text: 'foot' });
      return insert?.id ?? 0;
    }

    it('leaves the candidates there until the next stroke, and replaces by another', async () => {
      const id = await inserted();
      await pad.page.getByRole('button', { name: /^Instead insert boot/ }).click();
      const [other] = await pad.sentOf('replaceInserted');
      assert.deepEqual([other?.id, other?.text], [id, 'boot']);
      await pad.tell({ type: 'replaced', id, text: 'boot' });
      assert.equal(await pad.page.getByRole('button', { name: 'Inserted boot' }).count(), 1);
      await pad.draw(BAR);
      assert.equal(await pad.page.locator('.candidate:enabled').count(), 0);
    });

    it('is taken back by Undo, which brings the ink back', async () => {
      const id = await inserted();
      await pad.page.getByRole('button', { name: 'Undo stroke' }).click();
      assert.equal((await pad.sentOf('takeBack'))[0]?.id, id);
      const { length } = composed('foot').ink;
      await pad.tell({ type: 'takenBack', id, done: true });
      assert.equal(await inkCount(), length);
      assert.equal(await pad.page.locator('.hint').isVisible(), false);
    });

    it('says so where it cannot be taken back', async () => {
      const id = await inserted();
      await pad.press('Control+z');
      await pad.tell({ type: 'takenBack', id, done: false });
      assert.match((await pad.page.getByRole('status').textContent()) ?? '', /foot is not where it was/);
    });

    it('loses no stroke that begins right after Enter, and inserts what was there before it', async () => {
      await open({ width: 600 });
      const line = composed('foot');
      await pad.write(line.ink, now);
      await pad.press('Enter');
      await pad.write(composed('a', 300).ink, now + 2);
      await pad.read([line.reading]);
      const [insert] = await pad.sentOf('insert');
      assert.equal(insert?.text, 'foot');
      await pad.tell({ type: 'inserted', id: insert.id, text: 'foot' });
      assert.equal(await inkCount(), 1);
      assert.equal(await pad.page.locator('.hint').isVisible(), false);
    });

    it('clears what was kept as a sample', async () => {
      await written('foot');
      await pad.page.getByRole('button', { name: 'Keep as sample' }).click();
      const [keep] = await pad.sentOf('keep');
      assert.equal(keep?.suggestion, 'foot');
      assert.deepEqual(keep.drawn.guide, (await pad.asked()).guide);
      await pad.tell({ type: 'kept', id: keep.id, message: 'Kept as foot: 2 of 5', canUndo: true });
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
      assert.match((await pad.page.getByRole('status').textContent()) ?? '', /2 of 5/);
    });
  });

  describe('target and keyboard', () => {
    it('names where the text goes, or says before one writes why it can go nowhere', async () => {
      await open();
      await pad.tell({ type: 'target', name: 'multi.js, line 9' });
      const target = pad.page.locator('.target');
      assert.match(await target.innerText(), /→ .*multi\.js, line 9/s);
      await target.click();
      await pad.sentOf('chooseTarget');
      await pad.tell({ type: 'target', problem: 'Click into an editor first.' });
      assert.match(await target.innerText(), /Click into an editor first\./);
    });

    it('passes on what is typed, but for its own keys while there is ink', async () => {
      await open();
      await pad.page.locator('scrawl-surface').focus();
      await pad.press('x', '2', '?', 'Shift+A');
      const typed = async () => (await pad.sentOf('type')).map(({ text }) => text).join('');
      assert.equal(await typed(), 'x2?A');
      await pad.press('Enter', 'Backspace');
      assert.deepEqual(
        (await pad.sentOf('edit', 2)).map(({ edit }) => edit),
        ['newLine', 'backspace'],
      );
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.press('y', '2');
      assert.equal(await typed(), 'x2?Ay');
      assert.equal((await pad.sentOf('insert'))[0]?.text, '4');
    });

    it('takes ink by Backspace, stroke by stroke, before text', async () => {
      await open();
      await pad.draw(LETTER_A.slice(0, 2));
      await pad.press('Backspace');
      assert.equal(await inkCount(), 1);
      await pad.press('Backspace');
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
      assert.ok(!(await pad.sent()).some(({ type }) => type === 'edit'));
      await pad.press('Backspace');
      await pad.sentOf('edit');
    });
  });

  describe('layout', () => {
    for (const [width, height] of [
      [160, 560],
      [200, 640],
      [900, 200],
      [450, 100],
      [1000, 700],
    ] as const) {
      it(`has paper and candidates in sight at ${width} by ${height} px`, async () => {
        await open({ width, height });
        await pad.tell({ type: 'target', name: 'a-file-with-a-long-name.test.ts, line 1234' });
        await pad.draw(BAR);
        const texts = ['const total = 0;', 'const tota1 = 0;', 'const tota| = 0;', 'canst total = 0;', 'x'];
        await pad.answer(texts.map((text) => reading(text, 0.2)));
        const beyond = await pad.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        assert.equal(beyond, 0);
        for (const selector of [
          'scrawl-surface',
          ...texts.map((_, at) => `.candidate:nth-child(${at + 1})`),
        ]) {
          const box = await pad.box(selector);
          assert.ok(box.x >= 0 && box.x + box.width <= width, `${selector}: ${JSON.stringify(box)}`);
          assert.ok(box.y >= 0 && box.y + box.height <= height, `${selector}: ${JSON.stringify(box)}`);
          assert.ok(box.height >= 24, `${selector} is large enough`);
        }
      });
    }

    it('keeps the paper where it is when the target is named', async () => {
      await open();
      const before = await pad.box('scrawl-surface');
      await pad.tell({ type: 'target', name: 'multi.js, line 9' });
      await pad.page.locator('.target').waitFor();
      assert.deepEqual(await pad.box('scrawl-surface'), before);
    });

    it('keeps the paper where it is when texts are read instead of characters', async () => {
      await open();
      await pad.draw(BAR);
      await pad.answer();
      const before = await pad.box('scrawl-surface');
      await pad.answer([reading('const', 0.9)]);
      assert.deepEqual(await pad.box('scrawl-surface'), before);
    });

    it('puts the candidates above the paper for a left hand', async () => {
      await open({ settings: { leftHanded: true } });
      assert.ok((await pad.box('scrawl-candidates')).y < (await pad.box('scrawl-surface')).y);
    });
  });
});
