import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { ProjectorPage, type ProjectorPageOptions } from './projectorPage';

describe('projector', () => {
  let view: ProjectorPage;
  const openPage = inBrowser((browser, options?: ProjectorPageOptions) =>
    ProjectorPage.open(browser, options),
  );

  async function open(options?: ProjectorPageOptions): Promise<void> {
    view = await openPage(options);
  }

  const opened = async () => (await view.sentOf('open')).at(-1) ?? assert.fail('nothing was opened');
  const few = { samples: 2000, classes: 62 };

  describe('of 94 classes and 100,000 samples', () => {
    it('draws all of them, and asks for no picture before one can be seen', async () => {
      await open();
      assert.deepEqual(await view.drawn(), { markers: 100_000, pictures: 0 });
      await view.page.getByRole('button', { name: 'Show in Gallery (100,000)' }).waitFor();
      assert.deepEqual(await view.page.getByText('8,333 of them read wrong').count(), 1);
      assert.deepEqual(
        (await view.sent()).filter(({ type }) => type === 'page'),
        [],
      );
    });

    it('shows pictures where it is zoomed, of what shows alone, and keeps no more than some', async () => {
      await open();
      await view.sheet.focus();
      for (let step = 0; step < 10; step++) await view.press('+');
      const zoomed = await until('pictures', async () => {
        const drawn = await view.drawn();
        return drawn.pictures > 20 && drawn;
      });
      assert.ok(zoomed.markers + zoomed.pictures < 5000, JSON.stringify(zoomed));
      await view.sentOf('page');
      // over the whole sheet: more pages of pictures pass than are kept
      for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
        for (let step = 0; step < 60; step++) await view.page.keyboard.press(key);
        await view.settled();
      }
      const bytes = await view.pictureBytes();
      assert.ok(bytes > 0 && bytes <= 96 * 256 * 784, String(bytes));
      await view.press('0');
      await until('all of them', async () => (await view.drawn()).markers === 100_000);
    });

    it('opens in the gallery what a line is drawn around', async () => {
      await open();
      await view.page.getByRole('button', { name: 'Lasso: draw around samples (L)' }).click();
      const box = (await view.sheet.boundingBox()) ?? assert.fail('there is no sheet');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await view.page.mouse.move(x - 60, y - 60);
      await view.page.mouse.down();
      for (const [dx, dy] of [
        [60, -60],
        [60, 60],
        [-60, 60],
      ] as const) {
        await view.page.mouse.move(x + dx, y + dy, { steps: 3 });
      }
      await view.page.mouse.up();
      const { places, title } = await opened();
      assert.ok(places.length > 1000 && places.length < 30_000, String(places.length));
      assert.match(title, /^Projector: [\d,]+ samples inside the lasso$/);
      // the first class lies in the middle
      const own = places.filter((place) => place < 100_000 / 94).length;
      assert.ok(own > 300, `${String(own)} of the class in the middle`);
    });
  });

  it('opens all or the errors of what shows, without a pointer', async () => {
    await open(few);
    await view.page.getByRole('button', { name: 'Errors in Gallery (167)' }).focus();
    await view.press('Enter');
    assert.equal((await opened()).places.length, 167);
    await view.sheet.focus();
    await view.press('+', '+', '+');
    await view.page.getByRole('button', { name: /^Show in Gallery \(\d+\)$/ }).focus();
    await view.press('Enter');
    await view.sentOf('open', 2);
    const { places } = await opened();
    assert.ok(places.length > 10 && places.length < 1500, String(places.length));
  });

  it('says truth, prediction and probability of the sample under the pointer', async () => {
    await open(few);
    const [at] = await view.screenSpots([64]);
    const box = (await view.sheet.boundingBox()) ?? assert.fail('there is no sheet');
    await view.page.mouse.move(box.x + (at?.x ?? 0), box.y + (at?.y ?? 0));
    await until('the sample', async () => /%\. Sample \d/.test(await view.readout()));
    assert.match(await view.readout(), /^[12] (read right|taken for [\d ]+), \d\d\.\d\d%\. Sample \d+$/);
    await view.page.mouse.dblclick(box.x + (at?.x ?? 0), box.y + (at?.y ?? 0));
    assert.equal((await opened()).places.length, 1);
  });

  it('is walked by keyboard, from sample to sample and from error to error', async () => {
    await open(few);
    await view.sheet.focus();
    await view.press('Shift+ArrowRight');
    const first = await view.readout();
    assert.match(first, /Sample \d+$/);
    assert.equal(await view.page.locator('.readout').getAttribute('aria-live'), 'polite');
    await view.press('Shift+ArrowRight');
    assert.notEqual(await view.readout(), first);
    await view.press('e');
    const error = await view.readout();
    assert.match(error, /taken for/);
    await view.press('e', 'Shift+E');
    assert.equal(await view.readout(), error);
    await view.press('Enter');
    const { places, title } = await opened();
    assert.equal(places.length, 1);
    assert.ok(title.includes('taken for'), title);
    await view.press('Escape');
    assert.match(await view.readout(), /^Dots are read right/);
  });

  it('moves by dragging, zooms by the wheel, and shows all again', async () => {
    await open(few);
    const [before] = await view.screenSpots([0]);
    const box = (await view.sheet.boundingBox()) ?? assert.fail('there is no sheet');
    await view.page.mouse.move(box.x + 400, box.y + 300);
    await view.page.mouse.wheel(0, -400);
    await view.settled();
    const [near] = await view.screenSpots([0]);
    assert.notDeepEqual(near, before);
    await view.page.mouse.down();
    await view.page.mouse.move(box.x + 430, box.y + 350, { steps: 3 });
    await view.page.mouse.up();
    await view.settled();
    const [moved] = await view.screenSpots([0]);
    assert.ok(
      Math.abs((moved?.x ?? 0) - (near?.x ?? 0) - 30) < 1 &&
        Math.abs((moved?.y ?? 0) - (near?.y ?? 0) - 50) < 1,
    );
    await view.page.getByRole('button', { name: 'Show all (0)' }).click();
    await view.settled();
    assert.deepEqual((await view.screenSpots([0]))[0], before);
    assert.deepEqual(
      (await view.sent()).filter(({ type }) => type === 'open'),
      [],
    );
  });

  it('lights one class, or the errors, and keeps that over a reload', async () => {
    await open(few);
    await view.page.getByLabel('Class that is lit').selectOption('g');
    await view.page.getByRole('button', { name: /^Show in Gallery \((2[0-9]|3[0-9]|4[0-9])\)$/ }).waitFor();
    await view.page.getByLabel('Errors only').check();
    await view.page.getByRole('button', { name: /^Show in Gallery \(\d\)$/ }).waitFor();
    await view.page.reload();
    await view.sentOf('ready');
    await view.untilDrawn();
    assert.equal(await view.page.getByLabel('Class that is lit').inputValue(), 'g');
    assert.ok(await view.page.getByLabel('Errors only').isChecked());
    await view.page.getByRole('button', { name: /^Show in Gallery \(\d\)$/ }).waitFor();
  });

  it('is laid out another way by choice, with a word on the time, and asks for that layout after a reload', async () => {
    await open(few);
    await view.page.getByLabel('How the samples are laid out').selectOption('tsne');
    await view.page.getByLabel('How many samples are laid out').selectOption('5000');
    assert.deepEqual((await view.sentOf('layOut', 2)).at(-1)?.layout, { method: 'tsne', most: 5000 });
    const options = await view.page
      .getByLabel('How many samples are laid out')
      .locator('option')
      .allInnerTexts();
    assert.ok(
      options.every((text) => /^[\d,]+ of 116,323 samples, about \d+ (s|min)$/.test(text.trim())),
      options.join('|'),
    );
    await view.page.reload();
    assert.deepEqual((await view.sentOf('ready'))[0]?.layout, { method: 'tsne', most: 5000 });
  });

  it('says how far the work is, and stops it', async () => {
    await open({ working: true });
    await view.page.getByText('Laying out: step 120 of 500, about 7 s left').waitFor();
    await view.page.getByRole('button', { name: 'Stop' }).click();
    await view.sentOf('stop');
    await view.page.getByText('The layout was stopped.').waitFor();
    await view.page.getByRole('button', { name: 'Lay Out' }).click();
    await view.sentOf('layOut');
    await view.untilDrawn();
  });

  it('keeps what is laid out while something else is, and where that fails', async () => {
    await open(few);
    await view.tell({ type: 'working', phase: 'neighbors', done: 5, total: 10 });
    assert.equal(await view.page.getByRole('progressbar').count(), 1);
    await view.tell({ type: 'failed', message: 'The disk is full.' });
    await view.page.getByRole('alert').getByText('The disk is full.').waitFor();
    assert.equal(await view.page.getByRole('progressbar').count(), 0);
    assert.equal((await view.drawn()).markers, 2000);
  });

  it('asks for an export of as many samples as are laid out', async () => {
    await open(few);
    await view.page.getByRole('button', { name: 'Export for TensorBoard…' }).click();
    assert.equal((await view.sentOf('export'))[0]?.most, 2000);
  });

  it('fits a narrow tab', async () => {
    await open({ ...few, width: 320 });
    assert.equal(await view.page.evaluate(() => document.documentElement.scrollWidth), 320);
  });
});
