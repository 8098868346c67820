import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ImageToHost } from '../../src/protocol/pages/image';
import { until } from '../harness/until';
import { HEIGHT, ImagePage, type ImagePageOptions, WIDTH } from './imagePage';
import { inBrowser } from './inBrowser';

type Sent<T extends ImageToHost['type']> = Extract<ImageToHost, { type: T }>;

const URI = 'file:///notes.png';

describe('characters of a picture', () => {
  let view: ImagePage;
  let page: Page;
  const openPage = inBrowser((browser, options?: ImagePageOptions) => ImagePage.open(browser, options));

  async function open(options?: ImagePageOptions): Promise<void> {
    view = await openPage(options);
    ({ page } = view);
  }

  const sentOf = async <T extends ImageToHost['type']>(type: T): Promise<Sent<T>> => {
    const [first] = await view.sentOf(type);
    return first ?? assert.fail();
  };
  const text = () => page.getByRole('listbox');
  const chosen = () => page.locator('.character.chosen');
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

  async function inserted(): Promise<string> {
    await page.getByRole('button', { name: 'Insert' }).click();
    return (await sentOf('insert')).text;
  }

  it('shows the text in reading order, with its spaces and lines, and inserts it', async () => {
    await open();
    assert.equal(await inserted(), 'ab cd\nef');
    await page.getByRole('button', { name: 'Copy' }).click();
    assert.equal((await sentOf('copy')).text, 'ab cd\nef');
  });

  it('goes through the characters by keyboard, and leaves them at their end', async () => {
    await open();
    await text().focus();
    assert.equal(await chosen().textContent(), 'a');
    await press('ArrowRight', 'Tab', 'ArrowDown');
    assert.equal(await chosen().textContent(), 'f');
    await press('ArrowUp');
    assert.equal(await chosen().textContent(), 'b');
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    assert.equal(await chosen().getAttribute('aria-selected'), 'true');
    await press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), 'Insert');
  });

  it('corrects by typing, removes, and takes a space away', async () => {
    await open();
    await text().focus();
    await press('Q', 'Delete', ' ');
    assert.equal(await inserted(), 'Qcd\nef');
  });

  it('corrects by a candidate', async () => {
    await open();
    await text().focus();
    await press('Enter');
    assert.match(String(await page.evaluate(() => document.activeElement?.textContent)), /a\s*70%/);
    await press('ArrowRight', 'Enter');
    assert.equal(await chosen().textContent(), 'b');
    await press('Enter', '3', 'Control+z');
    assert.equal(await inserted(), 'xb cd\nef');
  });

  it('merges two characters and splits one, as the host reads them', async () => {
    await open();
    await text().focus();
    await press('Alt+m');
    const { box, split } = await sentOf('box');
    assert.deepEqual([box, split], [{ left: 20, top: 30, right: 100, bottom: 70 }, false]);
    await page.getByText('5 characters on 2 lines').waitFor();
    await press('Alt+s');
    await page.getByText('6 characters on 2 lines').waitFor();
    assert.equal(await inserted(), '12 cd\nef');
  });

  it('chooses the box that is clicked on the picture, and shows its steps', async () => {
    await open();
    const canvas = page.locator('scrawl-page-picture canvas');
    const at = await canvas.boundingBox();
    assert.ok(at);
    const scale = Math.min((at.width - 16) / WIDTH, (at.height - 16) / HEIGHT);
    const [x, y] = [(at.width - WIDTH * scale) / 2, (at.height - HEIGHT * scale) / 2];
    await canvas.click({ position: { x: x + 85 * scale, y: y + 50 * scale } });
    assert.equal(await chosen().textContent(), 'b');
    assert.equal(await page.locator('figure canvas').count(), 5);
    const dark = await page
      .locator('scrawl-crop canvas')
      .first()
      .evaluate((element) => {
        const pixels =
          (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 112, 112).data ?? [];
        return [...pixels].filter((value, index) => index % 4 === 0 && value < 100).length;
      });
    assert.ok(dark > 100, 'the crop shows no stroke');
  });

  it('zooms to a box that is chosen beyond the edge', async () => {
    await open();
    for (let time = 0; time < 6; time++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await text().focus();
    await press('ArrowDown', 'ArrowRight');
    await view.settled();
    const orange = await page.locator('scrawl-page-picture canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const color = getComputedStyle(element).getPropertyValue('--vscode-charts-orange').trim();
      const [red] = color.match(/[0-9a-f]{2}/gi) ?? [];
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      return [...data].filter((value, at) => at % 4 === 0 && value === parseInt(red ?? '', 16)).length;
    });
    assert.ok(orange > 20, 'the chosen box is not on screen');
  });

  it('reads again with other options', async () => {
    await open();
    await page.locator('vscode-single-select[label="Threshold"]').click();
    await page.getByRole('option', { name: 'Fading strokes' }).click();
    assert.deepEqual((await sentOf('options')).options, { pen: 'auto', threshold: 'local' });
  });

  it('keeps what was corrected when the picture is read again, and can take that back', async () => {
    await open();
    await text().focus();
    await press('Q', 'Delete', 'ArrowDown', 'Delete');
    await page.locator('vscode-single-select[label="Threshold"]').click();
    await page.getByRole('option', { name: 'Fading strokes' }).click();
    await sentOf('options');
    await page.getByText('6 characters on 2 lines').waitFor();
    await text().focus();
    await press('Control+z');
    await page.getByText('4 characters on 2 lines').waitFor();
    await page.locator('vscode-single-select[label="Threshold"]').click();
    await page.getByRole('option', { name: 'Even strokes' }).click();
    await page.getByText('6 characters on 2 lines').waitFor();
    assert.equal(await inserted(), 'Qb cd\nef');
  });

  /** Drags over the picture between two places of it. */
  async function drag(from: [number, number], to: [number, number], key?: 'Shift') {
    const canvas = page.locator('scrawl-page-picture canvas');
    const at = await canvas.boundingBox();
    assert.ok(at);
    const scale = Math.min((at.width - 16) / WIDTH, (at.height - 16) / HEIGHT);
    const [x, y] = [at.x + (at.width - WIDTH * scale) / 2, at.y + (at.height - HEIGHT * scale) / 2];
    if (key) await page.keyboard.down(key);
    await page.mouse.move(x + from[0] * scale, y + from[1] * scale);
    await page.mouse.down();
    await page.mouse.move(x + to[0] * scale, y + to[1] * scale, { steps: 3 });
    await page.mouse.up();
    if (key) await page.keyboard.up(key);
  }

  it('reads a box that is drawn: a missed character, another cut of some, a line of its own', async () => {
    await open();
    await drag([260, 28], [300, 72], 'Shift');
    const { box, split } = await sentOf('box');
    assert.deepEqual([box, split], [{ left: 260, top: 28, right: 300, bottom: 72 }, false]);
    await page.getByText('7 characters on 2 lines').waitFor();
    assert.equal(await chosen().textContent(), '0');
    // around the second and third
    await page.getByRole('button', { name: 'Draw a box' }).click();
    await drag([68, 25], [155, 75]);
    await page.getByText('6 characters on 2 lines').waitFor();
    await drag([300, 2], [330, 20], 'Shift');
    await page.getByText('7 characters on 3 lines').waitFor();
    assert.equal(await inserted(), '0\na0d0\nef');
    await text().focus();
    await press('Control+z', 'Control+z', 'Control+z');
    await page.getByText('6 characters on 2 lines').waitFor();
  });

  it('makes samples of corrections where one says so, each once', async () => {
    await open();
    const keep = (count: string) => page.getByRole('button', { name: `Keep ${count}` });
    assert.equal(await page.getByRole('button', { name: /^Keep/ }).count(), 0);
    await text().focus();
    await press('Q');
    await keep('1 Correction').waitFor();
    await press('R');
    await keep('2 Corrections').click();
    const { corrections } = await sentOf('keep');
    assert.deepEqual(corrections, [
      { box: { left: 20, top: 30, right: 50, bottom: 70 }, label: 'Q' },
      { box: { left: 70, top: 30, right: 100, bottom: 70 }, label: 'R' },
    ]);
    await page.getByText('Kept 2 samples.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Keep/ }).count(), 0);
    await text().focus();
    await press('S');
    await keep('1 Correction').waitFor();
    assert.equal(await inserted(), 'QR Sd\nef');
  });

  it('keeps corrections when the window is reloaded', async () => {
    await open();
    await text().focus();
    await press('Q');
    await page.reload();
    await page.getByText('6 characters on 2 lines').waitFor();
    const ready = await sentOf('ready');
    assert.deepEqual([ready.uri, ready.options], [URI, { pen: 'auto', threshold: 'otsu' }]);
    assert.equal(await inserted(), 'Qb cd\nef');
  });

  it('takes a picture that is pasted, dropped as a file, or dropped by its address', async () => {
    await open({ empty: true });
    const drop = (type: 'paste' | 'drop', fill: 'file' | 'uri') =>
      page.evaluate(
        ([event, kind]) => {
          const data = new DataTransfer();
          if (kind === 'file')
            data.items.add(new File([new Uint8Array([1, 2])], 'a.png', { type: 'image/png' }));
          else data.setData('text/uri-list', 'file:///b.png');
          document.dispatchEvent(
            event === 'paste'
              ? new ClipboardEvent('paste', { clipboardData: data, cancelable: true })
              : new DragEvent('drop', { dataTransfer: data, cancelable: true }),
          );
        },
        [type, fill] as const,
      );
    await drop('paste', 'file');
    await drop('drop', 'file');
    await drop('drop', 'uri');
    const given = await until('three pictures', async () => {
      const all = (await view.sent()).filter((message): message is Sent<'give'> => message.type === 'give');
      return all.length === 3 && all;
    });
    const pictures = given.map(({ picture }) => ('uri' in picture ? picture.uri : picture.name));
    assert.deepEqual(pictures.sort(), ['a.png', 'a.png', 'file:///b.png']);
  });

  for (const width of [200, 480, 1100]) {
    it(`fits ${width} px`, async () => {
      await open({ width, theme: 'light' });
      await text().focus();
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(beyond, 0);
    });
  }
});
