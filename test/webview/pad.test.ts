import assert from 'node:assert/strict';
import type { Candidates } from '../../webview/pad/candidates';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { LETTER_A, PadPage, type PadPageOptions, PICTURE, reading, READINGS, SETTINGS } from './padPage';

const BAR = LETTER_A.slice(2);
const DOT: [number, number][][] = [[[0.5, 0.5]]];

describe('pad', () => {
  let pad: PadPage;
  const openPage = inBrowser((browser, options?: PadPageOptions) => PadPage.open(browser, options));

  async function open(options?: PadPageOptions): Promise<PadPage> {
    pad = await openPage(options);
    return pad;
  }

  const enabled = (name: string) => pad.page.getByRole('button', { name }).isEnabled();

  describe('strokes', () => {
    it('sends the ink with time after every stroke', async () => {
      await open();
      await pad.draw(LETTER_A);
      const { ink } = await pad.asked();
      assert.equal(ink.length, 3);
      const { width, height } = await pad.box('scrawl-surface canvas');
      const [x, y, t, pressure] = ink[0]?.[0] ?? [];
      assert.ok(Math.abs((x ?? 0) - width / 2) < 2 && Math.abs((y ?? 0) - height / 5) < 2, `${x}, ${y}`);
      assert.equal(t, 0);
      assert.equal(pressure, undefined, 'a mouse has no pressure');
      const times = ink.flat().map(([, , time]) => time ?? NaN);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    });

    it('asks while the pen is still down, and no faster than it is answered', async () => {
      await open();
      const [[x, y] = [0, 0]] = await pad.places([[0.3, 0.3]]);
      await pad.page.mouse.move(x, y);
      await pad.page.mouse.down();
      const [first] = await pad.sentOf('recognize');
      await pad.page.mouse.move(x + 50, y + 50, { steps: 10 });
      assert.equal((await pad.sentOf('recognize')).length, 1, 'the first question is open');
      await pad.answer();
      await until('a second question', async () => {
        await pad.page.mouse.move(x + 40, y + 60, { steps: 2 });
        return (await pad.sentOf('recognize')).length > 1;
      });
      assert.equal(await pad.page.locator('.candidate .text').first().textContent(), 'A');
      await pad.page.mouse.up();
      await until('the whole stroke', async () => (await pad.asked()).id > (first?.id ?? 0) + 1);
    });

    it('takes a single point', async () => {
      await open();
      await pad.draw(DOT);
      assert.equal((await pad.asked()).ink.length, 1);
      assert.ok((await pad.inked('scrawl-surface')).pixels > 10);
    });

    it('leaves other mouse buttons alone', async () => {
      await open();
      const [[x, y] = [0, 0]] = await pad.places([[0.5, 0.5]]);
      await pad.page.mouse.move(x, y);
      await pad.page.mouse.down({ button: 'right' });
      await pad.page.mouse.up({ button: 'right' });
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
    });

    it('draws with every pixel of a dense screen', async () => {
      await open({ density: 3 });
      const { width } = await pad.box('scrawl-surface canvas');
      const pixels = await pad.page
        .locator('scrawl-surface canvas')
        .evaluate((canvas) => (canvas as HTMLCanvasElement).width);
      assert.equal(pixels, Math.round(width * 3));
    });
  });

  describe('pen and palm', () => {
    let now: number;

    beforeEach(() => {
      now = Date.now() / 1000;
    });

    it('keeps the pressure of a pen', async () => {
      await open();
      await pad.pen('mousePressed', now, [0.3, 0.3], 0.25);
      await pad.pen('mouseMoved', now + 0.02, [0.6, 0.6], 0.75);
      await pad.pen('mouseReleased', now + 0.04, [0.6, 0.6], 0);
      const { ink } = await until('the stroke', async () => {
        const request = await pad.asked();
        return (request.ink[0]?.length ?? 0) > 1 && request;
      });
      assert.equal(ink[0]?.[0]?.[3], 0.25);
      assert.equal(ink[0][1]?.[3], 0.75);
    });

    it('writes with a finger without scrolling', async () => {
      await open({ height: 300 });
      await pad.touch('touchStart', now, [0.5, 0.8]);
      await pad.touch('touchMove', now + 0.02, [0.5, 0.4]);
      await pad.touch('touchMove', now + 0.04, [0.5, 0.1]);
      await pad.touch('touchEnd', now + 0.06);
      const { ink } = await pad.asked();
      assert.equal(ink.length, 1);
      assert.equal(await pad.page.evaluate(() => window.scrollY), 0);
    });

    it('ignores a palm while the pen is down and shortly after', async () => {
      await open();
      await pad.pen('mousePressed', now, [0.3, 0.3]);
      await pad.touch('touchStart', now + 0.1, [0.8, 0.8]);
      await pad.touch('touchMove', now + 0.11, [0.8, 0.7]);
      await pad.touch('touchEnd', now + 0.12);
      await pad.pen('mouseReleased', now + 0.2, [0.4, 0.4]);
      await pad.touch('touchStart', now + 0.4, [0.8, 0.8]);
      await pad.touch('touchEnd', now + 0.45);
      await pad.settled();
      const { ink } = await pad.asked();
      assert.equal(ink.length, 1);
      assert.ok((await pad.inked('scrawl-surface')).right < 0.6);
    });

    it('takes a finger again when the pen has been away', async () => {
      await open();
      await pad.pen('mousePressed', now, [0.3, 0.3]);
      await pad.pen('mouseReleased', now + 0.1, [0.4, 0.4]);
      await pad.touch('touchStart', now + 5, [0.8, 0.8]);
      await pad.touch('touchEnd', now + 5.05);
      await until('two strokes', async () => (await pad.asked()).ink.length === 2);
    });

    it('drops the palm that came before the pen', async () => {
      await open();
      await pad.touch('touchStart', now, [0.8, 0.8]);
      await pad.touch('touchMove', now + 0.05, [0.8, 0.75]);
      await pad.pen('mousePressed', now + 0.1, [0.2, 0.2]);
      await pad.pen('mouseMoved', now + 0.15, [0.3, 0.3]);
      await pad.pen('mouseReleased', now + 0.2, [0.3, 0.3]);
      await pad.touch('touchEnd', now + 0.3);
      await until('the pen alone', async () => {
        const { ink } = await pad.asked();
        return ink.length === 1 && ink[0]?.[0]?.[3] !== undefined;
      });
      assert.ok((await pad.inked('scrawl-surface')).right < 0.5);
    });

    it('drops a touch that the system takes over', async () => {
      await open();
      await pad.touch('touchStart', now, [0.5, 0.5]);
      await pad.touch('touchCancel', now + 0.05);
      await pad.page.locator('.hint').waitFor({ state: 'visible' });
    });
  });

  describe('undo, redo, clear', () => {
    it('goes through the strokes and back', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.page.getByRole('button', { name: 'Undo stroke' }).click();
      assert.equal((await pad.asked()).ink.length, 2);
      await pad.page.keyboard.press('Control+z');
      assert.equal((await pad.asked()).ink.length, 1);
      await pad.page.keyboard.press('Control+Shift+Z');
      assert.equal((await pad.asked()).ink.length, 2);
      await pad.page.getByRole('button', { name: 'Redo stroke' }).click();
      assert.equal((await pad.asked()).ink.length, 3);
      assert.equal(await enabled('Redo stroke'), false);
    });

    it('gives a cleared pad back', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.keyboard.press('Escape');
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
      assert.equal(await pad.page.locator('.candidate:enabled').count(), 0);
      assert.equal(await enabled('Clear pad'), false);
      await pad.page.keyboard.press('Control+z');
      assert.equal((await pad.asked()).ink.length, 3);
    });

    it('obeys the commands of the host', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.tell({ type: 'command', command: 'undo' });
      assert.equal((await pad.asked()).ink.length, 2);
      await pad.tell({ type: 'command', command: 'redo' });
      assert.equal((await pad.asked()).ink.length, 3);
      await pad.tell({ type: 'command', command: 'clear' });
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
    });
  });

  describe('ink that stays', () => {
    it('fits the pad when the sidebar is resized, and loses nothing', async () => {
      await open({ width: 400 });
      await pad.draw(LETTER_A);
      const before = await pad.inked('scrawl-surface');
      const { ink } = await pad.asked();
      await pad.page.setViewportSize({ width: 200, height: 640 });
      const narrow = await until('the narrow pad', async () => {
        const box = await pad.inked('scrawl-surface');
        return box.pixels > 0 && box.pixels < before.pixels / 2 && box;
      });
      for (const side of ['left', 'right'] as const) {
        assert.ok(
          Math.abs(narrow[side] - before[side]) < 0.03,
          `${side}: ${before[side]}, then ${narrow[side]}`,
        );
      }
      await pad.draw(DOT);
      assert.deepEqual((await pad.asked()).ink.slice(0, 3), ink);
      const [[x = 0] = []] = (await pad.asked()).ink[3] ?? [];
      assert.ok(Math.abs(x - 188) < 4, `the dot is at the middle: ${x}`);
    });

    it('is there after hiding and reloading, and is read again', async () => {
      await open();
      await pad.draw(LETTER_A);
      const { ink } = await pad.asked();
      await pad.page.reload();
      await pad.sentOf('ready');
      assert.deepEqual((await pad.asked()).ink, ink);
      await until('ink', async () => (await pad.inked('scrawl-surface')).pixels > 100);
      assert.equal(await enabled('Undo stroke'), true);
    });

    it('starts empty on a state that it does not know', async () => {
      await open();
      await pad.page.evaluate(() => sessionStorage.setItem('state', '{"history":7}'));
      await pad.page.reload();
      await pad.sentOf('ready');
      assert.equal(await pad.page.locator('.hint').isVisible(), true);
    });
  });

  describe('candidates', () => {
    it('shows five with probability and key, and says them', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      const texts = await pad.page.locator('.candidate').allInnerTexts();
      assert.deepEqual(
        texts.map((text) => text.split(/\s+/)),
        [
          ['A', '93%'],
          ['4', '4%'],
          ['R', '2%'],
          ['H', '1%'],
          ['a', '<1%'],
        ],
      );
      const keys = pad.page.locator('.candidate .key');
      assert.deepEqual(await keys.evaluateAll((all) => all.map((key) => key.getAttribute('data-key'))), [
        ...'12345',
      ]);
      const said = await pad.page.getByRole('status').textContent();
      assert.equal(said?.trim(), 'capital A, 93%; then 4, capital R, capital H, a');
      const names = await pad.page
        .getByRole('group', { name: 'Candidates' })
        .getByRole('button')
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
      assert.equal(names[0], 'Insert capital A, 93%, what the ink alone says');
      assert.equal(names[1], 'Insert 4, 4%');
    });

    it('ignores an answer to ink that has changed since', async () => {
      await open();
      await pad.draw(LETTER_A.slice(0, 1));
      const { id } = await pad.asked();
      await pad.draw(BAR);
      const picture = { width: 1, height: 1, pixels: [0] };
      await pad.tell({ type: 'candidates', id, readings: [reading('old', 1)], picture });
      assert.equal(await pad.page.getByText('old').count(), 0);
    });

    it('shows what the network sees', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      const picture = pad.page.getByRole('img', { name: 'What the network sees' }).locator('canvas');
      assert.equal(await picture.evaluate((canvas) => (canvas as HTMLCanvasElement).width), 28);
      assert.ok((await pad.inked('scrawl-network-picture')).pixels > 100);
    });

    for (const [key, text] of [
      ['Enter', 'A'],
      ['1', 'A'],
      ['2', '4'],
      ['5', 'a'],
    ] as const) {
      it(`inserts '${text}' on ${key}, and makes room for the next character`, async () => {
        await open();
        await pad.draw(LETTER_A);
        await pad.answer();
        await pad.page.keyboard.press(key);
        const [insert] = await pad.sentOf('insert');
        assert.equal(insert?.text, text);
        assert.equal(await pad.page.locator('.hint').isVisible(), false, 'the ink waits for the editor');
        await pad.tell({ type: 'inserted', id: insert.id, text });
        assert.equal(await pad.page.locator('.hint').isVisible(), true);
        assert.equal(await pad.page.getByRole('status').textContent(), `Inserted ${text}`);
      });
    }

    it('inserts on a click and on the command of the host', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.locator('.candidate').nth(2).click();
      const [first] = await pad.sentOf('insert');
      assert.equal(first?.text, 'R');
      await pad.tell({ type: 'notInserted', id: first.id });
      assert.equal(await pad.page.locator('.hint').isVisible(), false);
      await pad.tell({ type: 'insertCandidate', index: 3 });
      assert.equal((await pad.sentOf('insert', 2))[1]?.text, 'H');
    });

    it('keeps what was drawn while the text was on its way', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.keyboard.press('Enter');
      const [insert] = await pad.sentOf('insert');
      await pad.draw(DOT);
      await pad.tell({ type: 'inserted', id: insert?.id ?? 0, text: 'A' });
      assert.equal((await pad.asked()).ink.length, 1);
    });

    it('inserts what was asked for before it was known', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.page.keyboard.press('Enter');
      assert.ok((await pad.sent()).every(({ type }) => type !== 'insert'));
      await pad.answer();
      assert.equal((await pad.sentOf('insert'))[0]?.text, 'A');
    });

    it('inserts by itself after a rest, unless it is not sure', async () => {
      await open();
      await pad.tell({ ...SETTINGS, insertAfter: 300 });
      await pad.draw(LETTER_A);
      await pad.answer([reading('A', 0.3)]);
      assert.equal(
        await pad.page.locator('scrawl-candidates').evaluate((group) => (group as Candidates).resting),
        0,
      );
      await pad.draw(BAR);
      await pad.answer();
      const [insert] = await pad.sentOf('insert');
      assert.equal(insert?.text, 'A');
    });

    it("says 'not sure' and lets one pick", async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer(READINGS.map((each) => ({ ...each, probability: 0.2 })));
      await pad.page.getByText('Not sure', { exact: true }).waitFor();
      assert.equal(await pad.page.locator('.candidate.first').count(), 0);
      await pad.page.keyboard.press('?');
      const [pick] = await pad.sentOf('pickFromAlphabet');
      assert.equal(pick?.id, (await pad.asked()).id);
    });

    it('tells what went wrong', async () => {
      await open();
      await pad.draw(LETTER_A);
      const { id } = await pad.asked();
      await pad.tell({ type: 'failed', id, message: 'The engine is gone.' });
      assert.equal(await pad.page.getByRole('status').textContent(), 'The engine is gone.');
      assert.equal(await pad.page.locator('.failure').textContent(), 'The engine is gone.');
    });
  });

  describe('samples', () => {
    it('keeps the ink as a candidate with Alt and its number, and inserts nothing', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      const { ink } = await pad.asked();
      await pad.page.keyboard.press('Alt+Digit2');
      const [taught] = await pad.sentOf('teach');
      assert.equal(taught?.label, '4');
      assert.deepEqual(taught.drawn.ink, ink);
      assert.ok(!(await pad.sent()).some(({ type }) => type === 'insert'));
    });

    it('asks for a character to practice, keeps it with Enter, and ends when the host says so', async () => {
      await open({ width: 200 });
      await pad.tell({ type: 'practice', label: 'q', place: 1, of: 2 });
      const group = pad.page.getByRole('group', { name: 'Practice' });
      assert.match(await group.innerText(), /Draw: q\s+1 of 2/);
      await pad.tell({ type: 'practice', label: 'let x = 1;', place: 1, of: 2 });
      assert.match(await group.innerText(), /Write: let x = 1;\s+1 of 2/);
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.keyboard.press('Enter');
      const [kept] = await pad.sentOf('practice');
      assert.equal(kept?.action, 'keep');
      assert.equal(kept.drawn?.ink.length, 3);
      await pad.tell({ type: 'practice', place: 3, of: 2 });
      assert.equal(await group.count(), 0);
      assert.ok(!(await pad.sent()).some(({ type }) => type === 'insert'));
    });

    it('keeps the ink with the first candidate as suggestion, and lets one take it back', async () => {
      await open();
      assert.equal(await pad.page.getByRole('button', { name: 'Keep as sample' }).count(), 0);
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.getByRole('button', { name: 'Keep as sample' }).click();
      const [keep] = await pad.sentOf('keep');
      assert.equal(keep?.suggestion, 'A');
      assert.deepEqual(keep.drawn.ink, (await pad.asked()).ink);
      await pad.tell({ type: 'kept', message: 'Kept as A', canUndo: true });
      const said = async () => (await pad.page.getByRole('status').textContent()) ?? '';
      assert.match(await said(), /Kept as A/);
      await pad.tell({ ...SETTINGS, alphabet: 'letters' });
      await pad.answer();
      assert.match(await said(), /Kept as A/, 'after the same ink was read again');
      await pad.page.getByRole('button', { name: 'Undo', exact: true }).click();
      await pad.sentOf('undoKeep');
    });

    it('passes on a picture that is dropped on it', async () => {
      await open();
      await pad.page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array([1, 2])], 'notes.png', { type: 'image/png' }));
        document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
      });
      const [given] = await pad.sentOf('givePicture');
      assert.deepEqual(given && 'name' in given.picture && given.picture.name, 'notes.png');
    });

    it('sends the ink with a correction, and with nothing else', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.keyboard.press('1');
      const [first] = await pad.sentOf('insert');
      assert.equal(first?.correction, undefined);
      await pad.tell({ type: 'notInserted', id: first?.id ?? 0 });
      await pad.page.keyboard.press('2');
      const second = (await pad.sentOf('insert', 2))[1];
      assert.equal(second?.correction?.ink.length, 3);
    });

    it('reads the picture of a sample until something is drawn', async () => {
      await open();
      await pad.tell({ type: 'showPicture', picture: PICTURE });
      const [asked] = await pad.sentOf('recognizePicture');
      assert.ok((await pad.inked('scrawl-surface')).pixels > 100);
      await pad.tell({ type: 'candidates', id: asked?.id ?? 0, readings: READINGS, picture: PICTURE });
      assert.equal(await pad.page.locator('.candidate .text').first().textContent(), 'A');
      await pad.draw(DOT);
      assert.equal((await pad.asked()).ink.length, 1);
    });

    it('lays the ink of a sample on the pad, in its middle, and gives back what was there', async () => {
      await open();
      await pad.draw(DOT);
      const ink = LETTER_A.map((stroke) => stroke.map(([x, y]): [number, number] => [x * 9000, y * 9000]));
      await pad.tell({ type: 'showInk', ink, penWidth: 300 });
      const asked = await until('the sample', async () => {
        const request = await pad.asked();
        return request.ink.length === 3 && request;
      });
      const ys = asked.ink.flat().map(([, y]) => y);
      const height = Math.max(...ys) - Math.min(...ys);
      assert.ok(Math.abs(asked.penWidth / height - 300 / (0.6 * 9000)) < 0.001, String(asked.penWidth));
      assert.equal(asked.guide, undefined, 'it was written on no lines');
      const { left, right } = await pad.inked('scrawl-surface');
      assert.ok(Math.abs((left + right) / 2 - 0.5) < 0.05);
      await pad.page.keyboard.press('Control+z');
      assert.equal((await pad.asked()).ink.length, 1);
    });
  });

  describe('writing keys and alphabet', () => {
    it('asks for space, backspace and new line by button and by key', async () => {
      await open();
      for (const name of ['Space', 'Backspace', 'New line']) {
        await pad.page.getByRole('button', { name, exact: true }).click();
      }
      await pad.page.locator('scrawl-surface').focus();
      for (const key of ['Space', 'Backspace', 'Shift+Enter']) await pad.page.keyboard.press(key);
      const edits = (await pad.sentOf('edit', 6)).map(({ edit }) => edit);
      assert.deepEqual(edits, ['space', 'backspace', 'newLine', 'space', 'backspace', 'newLine']);
    });

    it('leaves Enter and Space to the button that has the focus', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      await pad.page.getByRole('button', { name: 'Undo stroke' }).focus();
      await pad.page.keyboard.press('Enter');
      assert.equal((await pad.asked()).ink.length, 2);
      assert.ok((await pad.sent()).every(({ type }) => type !== 'insert'));
    });

    it('chooses an alphabet, and reads the ink again when the host says so', async () => {
      await open();
      await pad.draw(LETTER_A);
      const { id } = await pad.asked();
      await pad.page.locator('vscode-single-select').click();
      await pad.page.getByRole('option', { name: 'Digits', exact: true }).click();
      assert.equal((await pad.sentOf('alphabet'))[0]?.alphabet, 'digits');
      await pad.tell({ ...SETTINGS, alphabet: 'digits' });
      assert.ok((await pad.asked()).id > id);
      const again = (await pad.asked()).id;
      await pad.tell({ ...SETTINGS, alphabet: 'digits', model: 'mine' });
      assert.ok((await pad.asked()).id > again, 'another model reads anew');
      await pad.tell({ ...SETTINGS, alphabet: 'capitals' });
      assert.equal(
        await pad.page
          .locator('vscode-single-select')
          .evaluate((select) => (select as HTMLSelectElement).value),
        'capitals',
      );
    });

    it('tells when it takes the keyboard', async () => {
      await open();
      await pad.page.evaluate(() => window.dispatchEvent(new Event('blur')));
      assert.equal((await pad.sentOf('focus')).at(-1)?.focused, false);
      await pad.page.evaluate(() => window.dispatchEvent(new Event('focus')));
      assert.equal((await pad.sentOf('focus', 2)).at(-1)?.focused, true);
    });
  });

  describe('looks', () => {
    for (const width of [200, 300, 400]) {
      it(`fits ${width} px`, async () => {
        await open({ width });
        await pad.draw(LETTER_A);
        await pad.answer();
        const overflow = await pad.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          const cut = [...document.querySelectorAll('button')].filter(
            (button) => button.scrollWidth > button.clientWidth,
          );
          return { beyond: scrollWidth - clientWidth, cut: cut.map((button) => button.outerHTML) };
        });
        assert.deepEqual(overflow, { beyond: 0, cut: [] });
        for (const button of await pad.page.getByRole('button').all()) {
          const { height = 0 } = (await button.boundingBox()) ?? {};
          assert.ok(height >= 24, 'large enough for a finger');
        }
      });
    }

    it('takes its colors from the theme, and follows a change', async () => {
      await open({ theme: 'dark' });
      await pad.draw(LETTER_A);
      const ink = () =>
        pad.page.locator('scrawl-surface canvas').evaluate((element) => {
          const { width, height } = element as HTMLCanvasElement;
          const data = (element as HTMLCanvasElement)
            .getContext('2d')
            ?.getImageData(0, 0, width, height).data;
          const at = data?.findIndex((value, index) => index % 4 === 3 && value === 255) ?? 0;
          return data?.[at - 1];
        });
      assert.equal(await ink(), 0xcc);
      await pad.setTheme('light');
      assert.equal(await ink(), 0x3b);
    });

    it('shows borders where the theme wants contrast', async () => {
      await open({ theme: 'high-contrast' });
      const border = (selector: string) =>
        pad.page
          .locator(selector)
          .first()
          .evaluate((element) => getComputedStyle(element).borderTopColor);
      assert.equal(await border('.writing-key'), 'rgb(111, 195, 223)');
      assert.equal(await border('scrawl-surface'), 'rgb(111, 195, 223)');
    });

    it('outlines what has the keyboard, in the order of the page', async () => {
      await open();
      await pad.draw(LETTER_A);
      await pad.answer();
      const order: (string | null)[] = [];
      await pad.page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await pad.page.locator('vscode-single-select').focus();
      for (let stop = 0; stop < 7; stop++) {
        await pad.page.keyboard.press('Tab');
        const focused = await pad.page.evaluate(() => {
          const element = document.activeElement;
          const outlined = element && getComputedStyle(element).outlineStyle !== 'none';
          const bordered = element?.matches('scrawl-surface');
          return { name: element?.getAttribute('aria-label') ?? null, visible: outlined || bordered };
        });
        assert.equal(focused.visible, true, `${focused.name} shows its focus`);
        order.push(focused.name);
      }
      assert.deepEqual(order.slice(0, 4), [
        'Undo stroke',
        'Clear pad (Escape)',
        'Guide lines',
        'Insert after a rest of the pen',
      ]);
      assert.match(order[4] ?? '', /^Drawing pad/);
      assert.match(order[5] ?? '', /^capital A, 1 of 1/);
      assert.match(order[6] ?? '', /^Insert capital A/);
    });
  });
});
