import assert from 'node:assert/strict';
import type { Grid } from '../../webview/samples/grid';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { BrowsePage, type BrowsePageOptions, TEST, TRAIN } from './browsePage';

const TOTAL = TRAIN + TEST;

describe('browser of datasets', () => {
  let browse: BrowsePage;
  const openPage = inBrowser((browser, options?: BrowsePageOptions) => BrowsePage.open(browser, options));

  async function open(options?: BrowsePageOptions): Promise<BrowsePage> {
    browse = await openPage(options);
    return browse;
  }

  const focusGrid = () => browse.focusGrid();

  /** Opens the list of classes, and waits until the keys go there. */
  async function openClasses(): Promise<void> {
    await browse.page.getByRole('button', { name: /classes/ }).click();
    await browse.page.locator('.class-list :focus').waitFor();
  }

  describe('814,255 samples', () => {
    it('are counted, and the first are drawn without asking for more than shows', async () => {
      await open();
      assert.match((await browse.page.locator('.total').textContent()) ?? '', /814,255 samples/);
      const pages = (await browse.sentOf('page')).map(({ page }) => page);
      assert.equal(pages[0], 0);
      assert.ok(pages.length <= 2, `asked for ${pages.join(', ')}`);
    });

    it('are scrolled to the end by the scrollbar', async () => {
      await open();
      await browse.page.locator('scrawl-grid .window').evaluate((window) => {
        window.scrollTop = window.scrollHeight;
      });
      await until('the last page', async () =>
        (await browse.sentOf('page')).some(({ page }) => page === Math.floor((TOTAL - 1) / 256)),
      );
      await browse.untilPainted();
    });

    it('are all within reach at the largest size on the narrowest page', async () => {
      await open({ width: 200 });
      await browse.page.locator('.zoom input').fill('128');
      await focusGrid();
      await browse.press('Control+End');
      await until('the last sample', async () => (await browse.current()).includes('test 116,322'));
      const before = await browse.page
        .locator('scrawl-grid')
        .evaluate((grid) => (grid as unknown as { offset: number }).offset);
      await browse.page.mouse.move(80, 300);
      await browse.page.mouse.wheel(0, -100);
      await browse.settled();
      const after = await browse.page
        .locator('scrawl-grid')
        .evaluate((grid) => (grid as unknown as { offset: number }).offset);
      assert.ok(before - after > 50 && before - after < 200, `the wheel moves by ${before - after} px`);
    });

    it('take bounded memory whatever is scrolled past', async () => {
      await open();
      await browse.scrollThrough(120);
      const bytes = await browse.keptBytes();
      assert.ok(bytes > 0 && bytes <= 96 * 256 * 784, `${bytes} bytes`);
    });

    it('are drawn in their own shape where they are lines, and take bounded memory too', async () => {
      await open({ texts: 100, across: 224 });
      const layout = () =>
        browse.page
          .locator('scrawl-grid')
          .evaluate(
            (grid) =>
              (grid as unknown as { layout: Record<'columns' | 'pictureWidth' | 'zoom', number> }).layout,
          );
      const { columns, pictureWidth, zoom } = await layout();
      assert.deepEqual([columns, pictureWidth / zoom], [2, 8]);
      await browse.clickCell(1, 1);
      assert.match(await browse.current(), /let value3 = 3;/);
      await browse.page.locator('.zoom input').fill('128');
      await browse.untilPainted();
      const large = await layout();
      assert.equal(large.columns, 1);
      assert.ok(large.pictureWidth <= 900 && large.pictureWidth > 800, `${large.pictureWidth} px in 900`);
      await browse.scrollThrough(40);
      const bytes = await browse.keptBytes();
      assert.ok(bytes > 0 && bytes <= 2 ** 25, `${bytes} bytes`);
    });

    it('scroll within a frame', async () => {
      await open();
      const middle = await browse.page.locator('scrawl-grid .window').evaluate(async (window) => {
        const grid = document.querySelector('scrawl-grid') as unknown as { paint(): void };
        const times: number[] = [];
        for (let step = 0; step < 60; step++) {
          window.scrollTop += 120;
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const start = performance.now();
          grid.paint();
          times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b)[30] ?? Infinity;
      });
      assert.ok(middle < 33, `a frame took ${middle} ms`);
    });
  });

  describe('filters', () => {
    it('show one split', async () => {
      await open();
      await browse.page.locator('scrawl-filters vscode-single-select').first().click();
      await browse.page.getByRole('option', { name: 'Test (116,323)' }).click();
      assert.equal((await browse.sentOf('filter'))[0]?.filter.split, 'test');
      await until('the count', async () =>
        (await browse.page.locator('.total').textContent())?.includes('116,323'),
      );
    });

    it('show one class, found by its key', async () => {
      await open();
      await openClasses();
      await browse.press('Q', 'Enter');
      const [{ filter } = { filter: undefined }] = await browse.sentOf('filter');
      assert.deepEqual(filter?.classes, [26]);
      await browse.press('Escape');
      await browse.page.getByRole('button', { name: 'Q' }).waitFor();
      await focusGrid();
      await browse.press('Home');
      await until('a Q', async () => (await browse.current()).startsWith('capital Q'));
    });

    it('find one of 10,000 texts', async () => {
      await open({ texts: 10_000 });
      await browse.page.getByRole('button', { name: /All 10,000 classes/ }).click();
      await browse.page.locator('.class-key').first().waitFor();
      assert.equal(await browse.page.locator('.class-key').count(), 300);
      await browse.page.getByRole('searchbox', { name: 'Find classes' }).fill('VALUE7777 ');
      await until('its key alone', async () => (await browse.page.locator('.class-key').count()) === 1);
      await browse.page.locator('.class-key').click();
      assert.deepEqual((await browse.sentOf('filter'))[0]?.filter.classes, [7777]);
    });

    it('walk the classes by arrow', async () => {
      await open();
      await openClasses();
      await browse.press('ArrowRight', 'ArrowRight', 'Space');
      assert.deepEqual((await browse.sentOf('filter'))[0]?.filter.classes, [2]);
    });

    it('say when nothing passes', async () => {
      await open();
      const filter = { classes: [], shown: 'excluded' } as const;
      await browse.tell({
        type: 'view',
        revision: 90,
        filter: { ...filter, classes: [] },
        total: 0,
        counts: [],
      });
      await browse.page.getByText('No sample passes this filter.').waitFor();
    });
  });

  describe('jumping and zooming', () => {
    it('goes to a sample by its number', async () => {
      await open();
      await focusGrid();
      await browse.press('g');
      await browse.page.keyboard.type('500,000');
      await browse.press('Enter');
      await until('the sample', async () => (await browse.current()).includes('train 499,999'));
    });

    it('refuses a number that there is not', async () => {
      await open();
      await browse.page.locator('.jump input').fill('814256');
      await browse.press('Enter');
      assert.match(await browse.current(), /train 0$/);
    });

    it('keeps what is at the top where it is', async () => {
      await open();
      await browse.page.locator('.jump input').fill('400000');
      await browse.press('Enter');
      const top = () => browse.page.locator('scrawl-grid').evaluate((grid) => (grid as Grid).top);
      const before = await top();
      await browse.page.locator('.zoom input').fill('96');
      await browse.settled();
      const after = await top();
      assert.ok(Math.abs(after - before) < 20, `${before}, then ${after}`);
    });
  });

  describe('choosing', () => {
    it('takes one by a click, others by Ctrl, and a range by Shift', async () => {
      await open();
      await browse.clickCell(1, 0);
      await browse.clickCell(4, 0, ['Control']);
      await browse.page.getByRole('button', { name: 'Relabel…' }).click();
      assert.deepEqual(await browse.places('relabel'), [
        [1, 1],
        [4, 4],
      ]);
      await browse.clickCell(2, 0);
      await browse.clickCell(6, 0, ['Shift']);
      await browse.press('r');
      assert.deepEqual((await browse.sentOf('relabel', 2)).at(-1)?.places, [[2, 6]]);
    });

    it('walks by the keys of a grid', async () => {
      await open();
      await focusGrid();
      await browse.press('ArrowRight', 'ArrowRight', 'ArrowLeft');
      assert.match(await browse.current(), /^1, train 1$/);
      await browse.press('ArrowDown', 'Home');
      const columns = Number(await browse.page.locator('[role=grid]').getAttribute('aria-colcount'));
      assert.match(await browse.current(), new RegExp(`train ${columns}$`));
      await browse.press('Shift+End');
      await browse.press('r');
      assert.deepEqual(await browse.places('relabel'), [[columns, 2 * columns - 1]]);
    });

    it('chooses all, and nothing', async () => {
      await open();
      await focusGrid();
      await browse.press('Control+a');
      assert.equal(await browse.page.locator('.chosen').textContent(), '814,255 samples chosen');
      assert.equal(await browse.page.getByRole('button', { name: 'Send to Pad' }).isEnabled(), false);
      await browse.press('Escape');
      assert.equal(await browse.page.locator('.chosen').textContent(), 'Nothing chosen');
      assert.equal(await browse.page.getByRole('button', { name: 'Relabel…' }).isEnabled(), false);
    });

    it('tells a screen reader where it is and what is chosen', async () => {
      await open();
      await focusGrid();
      await browse.press('ArrowRight');
      const grid = browse.page.locator('[role=grid]');
      assert.equal(await grid.getAttribute('aria-activedescendant'), 'current-sample');
      const cell = browse.page.locator('#current-sample');
      assert.equal(await cell.getAttribute('aria-selected'), 'true');
      assert.equal(await cell.getAttribute('aria-colindex'), '2');
      await browse.press('Shift+ArrowRight');
      assert.equal((await browse.page.getByRole('status').textContent())?.trim(), '2 samples chosen');
    });
  });

  describe('what is done with samples', () => {
    it('excludes and includes, and shows it', async () => {
      await open();
      await browse.clickCell(0, 0);
      await browse.press('Delete');
      const [exclude] = await browse.sentOf('exclude');
      assert.deepEqual([exclude?.places, exclude?.excluded], [[[0, 0]], true]);
      await until('the mark', async () => (await browse.current()).endsWith(', excluded'));
      await browse.page.getByRole('button', { name: 'Include' }).click();
      assert.equal((await browse.sentOf('exclude', 2))[1]?.excluded, false);
    });

    it('undoes by key and by button', async () => {
      await open();
      await browse.clickCell(0, 0);
      await browse.press('Delete');
      await browse.page.getByRole('button', { name: 'Undo' }).click();
      await focusGrid();
      await browse.press('Control+z');
      await browse.sentOf('undo', 2);
    });

    it('sends to the pad by Enter and by a double click', async () => {
      await open();
      await focusGrid();
      await browse.press('ArrowRight', 'Enter');
      const [first] = await browse.sentOf('sendToPad');
      assert.equal(first?.place, 1);
      await browse.page.locator('scrawl-grid .window').dblclick({ position: { x: 30, y: 30 } });
      assert.equal((await browse.sentOf('sendToPad', 2))[1]?.place, 0);
    });

    it('tells what went wrong, and what was done', async () => {
      await open();
      await browse.tell({ type: 'failed', message: 'The file is gone.' });
      assert.equal(await browse.page.locator('.chosen.failure').textContent(), 'The file is gone.');
      await browse.tell({ type: 'done', message: 'Relabeled 2 samples as A.' });
      assert.equal(await browse.page.getByRole('status').textContent(), 'Relabeled 2 samples as A.');
    });
  });

  it('shows the samples of a finding alone, until all are wanted', async () => {
    await open();
    const only = { id: 'doubles train', title: 'Doubles within Train' };
    const filter = { classes: [], shown: 'all' as const };
    const counts = new Array<number>(62).fill(0);
    await browse.tell({ type: 'view', revision: 99, filter, total: 4, counts, only });
    const button = browse.page.getByRole('button', { name: 'Only: Doubles within Train.' });
    await until('the state', () =>
      browse.page.evaluate(() => (sessionStorage.getItem('state') ?? '').includes('"only":"doubles train"')),
    );
    await button.click();
    await browse.sentOf('showAll');
    await browse.page.reload();
    assert.equal((await browse.sentOf('ready'))[0]?.only, 'doubles train');
  });

  it('comes back after a reload as it was', async () => {
    await open();
    await browse.page.locator('.zoom input').fill('72');
    await browse.page.locator('.jump input').fill('600000');
    await browse.press('Enter');
    await until('the sample', async () => (await browse.current()).includes('train 599,999'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await browse.page.reload();
    await until('the sample again', async () => (await browse.current()).includes('train 599,999'));
    assert.equal(await browse.page.locator('.zoom input').inputValue(), '72');
    const top = await browse.page.locator('scrawl-grid').evaluate((grid) => (grid as Grid).top);
    assert.ok(top > 590_000, `the window is at ${top}`);
  });

  describe('looks', () => {
    for (const width of [200, 320, 900]) {
      it(`fits ${width} px`, async () => {
        await open({ width });
        const beyond = await browse.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        assert.equal(beyond, 0);
        const { height = 0 } = (await browse.page.locator('scrawl-grid').boundingBox()) ?? {};
        assert.ok(height > 150, `${height} px are left for the samples`);
      });
    }

    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      it(`takes its ink from the theme: ${theme}`, async () => {
        await open({ theme: theme === 'dark' ? 'light' : 'dark' });
        await browse.setTheme(theme);
        await browse.untilPainted();
        assert.ok((await browse.inkedCells()) > 500);
      });
    }
  });
});
