import assert from 'node:assert/strict';
import type { GalleryToHost } from '../../src/protocol/pages/gallery';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { GalleryPage, type GalleryPageOptions } from './galleryPage';

const TOTAL = 100_000;

describe('gallery', () => {
  let gallery: GalleryPage;
  const openPage = inBrowser((browser, options?: GalleryPageOptions) => GalleryPage.open(browser, options));

  async function open(options?: GalleryPageOptions): Promise<GalleryPage> {
    gallery = await openPage(options);
    return gallery;
  }

  /** Device pixels that the page's canvases have. */
  const canvasPixels = () =>
    gallery.page.evaluate(() =>
      [...document.querySelectorAll('canvas')].reduce((sum, { width, height }) => sum + width * height, 0),
    );
  const lastOf = async <T extends GalleryToHost['type']>(type: T) => (await gallery.sentOf(type)).at(-1);

  describe('of 100,000 samples of 94 classes', () => {
    it('draws the first without asking for more than shows', async () => {
      await open();
      const pages = (await gallery.sentOf('page')).map(({ page }) => page);
      assert.equal(pages[0], 0);
      assert.ok(pages.length <= 2, `asked for ${pages.join(', ')}`);
      assert.match(await gallery.page.locator('.bar').innerText(), /100,000 samples, 90,000 wrong/);
    });

    it('goes to the last one', async () => {
      await open();
      await gallery.focusGrid();
      await gallery.press('Control+End');
      await until('the last sample', async () => (await gallery.current()) !== 'loading');
      const asked = (await gallery.sentOf('page')).map(({ page }) => page);
      assert.ok(asked.includes(Math.floor((TOTAL - 1) / 256)) && asked.length < 8, asked.join(', '));
    });

    it('takes bounded memory whatever is scrolled past', async () => {
      await open();
      const before = await canvasPixels();
      await gallery.scrollThrough(120);
      const bytes = await gallery.keptBytes();
      assert.ok(bytes > 0 && bytes <= 96 * 256 * 784, `${bytes} bytes`);
      assert.equal(await canvasPixels(), before, 'what scrolls is drawn on the same canvas');
      const elements = await gallery.page.evaluate(() => document.querySelectorAll('*').length);
      assert.ok(elements < 120, `${elements} elements`);
    });
  });

  describe('each sample', () => {
    it('says what it is, what it was taken for, how surely, and where it lies', async () => {
      await open();
      await gallery.focusGrid();
      await gallery.press('Home');
      assert.equal(await gallery.current(), '0 taken for capital Q, 99.99%, test 0');
      await gallery.press('End', 'Home', 'ArrowRight');
      assert.equal(await gallery.current(), '7 taken for capital X, 99.99%, test 13');
    });

    it('is ordered by choice', async () => {
      await open();
      await gallery.page.getByLabel('Order of the samples').selectOption('leastSure');
      assert.equal((await gallery.sentOf('sort'))[0]?.sort, 'leastSure');
    });
  });

  describe('a close look', () => {
    it('shows the likeliest classes, the truth among them, and all by choice', async () => {
      await open();
      await gallery.look();
      const list = gallery.sample.getByRole('list', { name: 'Probabilities of the classes' });
      assert.equal(await list.getByRole('listitem').count(), 8);
      await list.getByRole('button', { name: /^1\. capital Q, 99\.99%/ }).waitFor();
      await list.getByRole('button', { name: /the truth/ }).waitFor();
      await gallery.button('Show all 94').click();
      assert.equal(await list.getByRole('listitem').count(), 94);
    });

    it('shows the nearest training samples, and that they speak against the label', async () => {
      await open();
      await gallery.look();
      const nearest = gallery.sample.getByRole('list', { name: 'Nearest training samples' });
      assert.equal(await nearest.getByRole('listitem').count(), 5);
      assert.match(
        await gallery.sample.innerText(),
        /4 of the 5 nearest are labeled Q: this label may be wrong/,
      );
    });

    it('says so while the training samples are read', async () => {
      await open({ searching: true });
      await gallery.focusGrid();
      await gallery.press('Enter');
      await gallery.sample.getByText('The network reads the training samples').waitFor();
      await gallery.sample.getByRole('progressbar').waitFor();
      const { revision, place } = (await gallery.sentOf('look'))[0] ?? { revision: 0, place: 0 };
      const message = 'Letters has no train split whose samples could be compared.';
      await gallery.tell({ type: 'missing', revision, place, part: 'neighbors', message });
      await gallery.sample.getByText(message).waitFor();
    });

    it('shows where the network looked for whichever answer', async () => {
      await open();
      await gallery.look();
      await gallery.sample.getByText('for Q, up to 60 points').waitFor();
      await gallery.sample.getByRole('button', { name: /the truth/ }).click();
      assert.equal((await gallery.sentOf('occlude'))[0]?.answer, 0);
      await gallery.sample.getByText('for 0, up to').waitFor();
      await gallery.press('o');
      assert.equal(await gallery.sample.locator('scrawl-attention').count(), 0);
      assert.equal(await gallery.sample.getByText('for 0, up to').count(), 0);
    });

    it('follows the keyboard, and asks once where it rests', async () => {
      await open();
      await gallery.look();
      await gallery.focusGrid();
      await gallery.press('ArrowRight', 'ArrowRight');
      await until('the third sample', async () => (await lastOf('look'))?.place === 2);
      await gallery.sample.getByText('test 26').waitFor();
      await gallery.button(/Next Sample/).click();
      await until('the fourth sample', async () => (await lastOf('look'))?.place === 3);
      await gallery.press('ArrowLeft');
      await until('the third sample again', async () => (await lastOf('look'))?.place === 2);
    });

    it('lets go of what comes late for another sample', async () => {
      await open();
      await gallery.look();
      const { revision } = (await gallery.sentOf('look'))[0] ?? { revision: 0 };
      await gallery.tell({ type: 'missing', revision, place: 77, part: 'neighbors', message: 'late' });
      assert.equal(await gallery.sample.getByText('late').count(), 0);
    });

    it('closes by Escape, which gives the keyboard back to the grid', async () => {
      await open();
      await gallery.look();
      await gallery.press('Escape');
      assert.equal(await gallery.sample.count(), 0);
      await gallery.sentOf('lookAway');
      await gallery.press('End');
      assert.notEqual(await gallery.current(), '0 taken for capital Q, 99.99%, test 0');
    });

    it('takes the place of the grid in a narrow tab', async () => {
      await open({ width: 320 });
      await gallery.look();
      assert.equal(await gallery.page.locator('scrawl-grid').isVisible(), false);
      await gallery.press('ArrowRight');
      await until('the next sample', async () => (await lastOf('look'))?.place === 1);
      await gallery.press('Escape');
      assert.equal(await gallery.page.locator('scrawl-grid').isVisible(), true);
    });
  });

  describe('ink', () => {
    const points = () =>
      gallery.page.evaluate(() =>
        [...document.querySelectorAll('scrawl-ink-replay polyline')].map(
          (line) => line.getAttribute('points')?.split(' ').length ?? 0,
        ),
      );

    it('is replayed by a key, pauses where it stands, and goes on', async () => {
      await open({ ink: true });
      await gallery.look();
      assert.deepEqual(await points(), [], 'nothing plays by itself');
      await gallery.press('p');
      await until('the first points', async () => ((await points())[0] ?? 0) > 2);
      await gallery.press('p');
      const paused = await points();
      await gallery.button('Replay Ink').waitFor();
      await gallery.settled();
      assert.deepEqual(await points(), paused);
      await gallery.button('Replay Ink').click();
      await until('the second stroke', async () => (await points()).length === 2);
      await until('the end', async () => (await points()).length === 0);
    });

    it('comes stroke by stroke where no motion is wanted', async () => {
      await open({ ink: true, reducedMotion: true });
      await gallery.look();
      await gallery.press('p');
      assert.deepEqual(await points(), [40]);
      await until('the second stroke', async () => (await points()).length === 2);
      assert.deepEqual(await points(), [40, 20]);
    });

    it('is not offered for pictures, which cannot be kept either', async () => {
      await open();
      await gallery.look();
      assert.equal(await gallery.button('Replay Ink').count(), 0);
      assert.equal(await gallery.button('This Is Mine: Keep').isDisabled(), true);
    });
  });

  describe('what is done', () => {
    it('is told by keys, for all that is chosen', async () => {
      await open({ ink: true });
      await gallery.clickCell(0, 0);
      await gallery.clickCell(2, 0, ['Shift']);
      await gallery.press('r');
      assert.deepEqual((await lastOf('relabel'))?.places, [[0, 2]]);
      await gallery.press('k');
      assert.deepEqual((await lastOf('keep'))?.places, [[0, 2]]);
      await gallery.press('Delete');
      assert.deepEqual((await lastOf('exclude'))?.places, [[0, 2]]);
      await until('the marks', async () => (await gallery.current()).includes('excluded'));
      await gallery.press('Delete');
      assert.equal((await lastOf('exclude'))?.excluded, false);
      await gallery.press('Control+z');
      await gallery.sentOf('undo');
    });

    it('makes a dataset of what is chosen, or of all that shows', async () => {
      await open();
      await gallery.button('Make Dataset…').click();
      assert.deepEqual((await lastOf('makeDataset'))?.places, [[0, TOTAL - 1]]);
      await gallery.clickCell(1, 0);
      await gallery.press('d');
      await gallery.sentOf('makeDataset', 2);
      assert.deepEqual((await lastOf('makeDataset'))?.places, [[1, 1]]);
    });

    it('is told for the sample that is looked at, where none is chosen', async () => {
      await open();
      await gallery.look();
      await gallery.press('s');
      assert.equal((await lastOf('sendToPad'))?.place, 0);
      await gallery.press('r');
      assert.deepEqual((await lastOf('relabel'))?.places, [[0, 0]]);
    });

    it('lists anew what does not belong there any more', async () => {
      await open();
      await gallery.clickCell(0, 0);
      await gallery.press('Delete');
      await gallery.button('Refresh: 1 changed').click();
      await gallery.sentOf('refresh');
    });

    it('tells what went wrong', async () => {
      await open();
      await gallery.tell({ type: 'failed', message: 'Letters has other samples: evaluate again.' });
      await gallery.page.getByText('Letters has other samples: evaluate again.').first().waitFor();
    });
  });

  it('comes back after a reload as it was', async () => {
    await open();
    await gallery.focusGrid();
    await gallery.press('PageDown', 'PageDown', 'ArrowRight', '+', 'Enter');
    await gallery.sample.waitFor();
    const current = await gallery.current();
    await until('the state', () =>
      gallery.page.evaluate(() => (sessionStorage.getItem('state') ?? '').includes('"looking":true')),
    );
    await gallery.page.reload();
    await gallery.sample.waitFor();
    await until('the same sample', async () => (await gallery.current()) === current);
    assert.equal(await gallery.page.locator('.zoom input').inputValue(), '72');
  });

  for (const width of [200, 320, 1100]) {
    it(`fits ${width} px, closely looked at too`, async () => {
      await open({ width, ink: true });
      const beyond = () =>
        gallery.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
      assert.equal(await beyond(), 0);
      const { height = 0 } = (await gallery.page.locator('scrawl-grid').boundingBox()) ?? {};
      assert.ok(height > 150, `${height} px are left for the samples`);
      await gallery.look();
      assert.equal(await beyond(), 0);
      assert.equal(await gallery.sample.evaluate((view) => view.scrollWidth - view.clientWidth), 0);
    });
  }
});
