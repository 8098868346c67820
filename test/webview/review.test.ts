import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { ReviewPage, type ReviewPageOptions } from './reviewPage';

describe('review of suspicious labels', () => {
  let review: ReviewPage;
  const openPage = inBrowser((browser, options?: ReviewPageOptions) => ReviewPage.open(browser, options));

  async function open(options?: ReviewPageOptions): Promise<ReviewPage> {
    review = await openPage(options);
    return review;
  }

  /** Waits until the host has answered for all that was decided. */
  const decided = async (count: number) => {
    await review.sentOf('decide', count);
    await until('the answer', async () => (await review.page.locator('.thumb:not(.verdict-0)').count()) > 0);
  };

  describe('of 10,000 labels', () => {
    it('shows the first at once, with what speaks for and against it', async () => {
      await open();
      assert.equal(await review.said(), '1 of 10000: given 0, 2.00%; suggested capital B, 97.00%');
      const about = await review.page.locator('scrawl-suspect').innerText();
      assert.match(
        about,
        /Given\s+0\s+2\.00%\s+Suggested\s+B\s+97\.00%\s+Margin −0\.950\s+Sample 0 of train/,
      );
      assert.match(await review.counts(), /^0 of 10,000 done, 10,000 left 0 kept, 0 relabeled, 0 excluded$/);
      assert.deepEqual(await review.sentOf('pictures'), [{ type: 'pictures', page: 0 }]);
      const thumbs = await review.page.locator('.thumb').count();
      assert.ok(thumbs > 8 && thumbs < 20, `${thumbs} labels about it`);
    });

    it('is worked through by keyboard alone', async () => {
      await open();
      await review.press('k', 'r', 'x');
      assert.deepEqual(
        (await review.sentOf('decide', 3)).map(({ at, decision }) => [at, decision]),
        [
          [0, 'keep'],
          [1, 'relabel'],
          [2, 'exclude'],
        ],
      );
      await review.press('c');
      assert.deepEqual(await review.sentOf('pickClass'), [{ type: 'pickClass', at: 3 }]);
      await until('the class', async () => (await review.said()).startsWith('Relabeled as Z; 5 of 10000'));
      await review.press('Enter', 'Delete');
      await until('all', async () => (await review.counts()).startsWith('6 of 10,000 done, 9,994 left'));
      assert.match(await review.counts(), /2 kept, 2 relabeled, 2 excluded$/);
      await review.press('Control+z');
      await until('undone', async () => (await review.said()).startsWith('Undone: Excluded; 6 of 10000'));
      await review.press('Control+z');
      await until('undone', async () => (await review.said()).startsWith('Undone: Kept as S; 5 of 10000'));
      assert.match(await review.counts(), /^4 of 10,000/);
      await review.press('ArrowLeft', 'ArrowUp');
      assert.match(await review.said(), /^3 of 10000: .*; excluded$/);
      await review.press('n');
      assert.match(await review.said(), /^5 of 10000/);
    });

    it('is walked by arrows, pages and ends', async () => {
      await open();
      await review.press('ArrowRight', 'ArrowDown', 'PageDown');
      const room = await review.page
        .locator('scrawl-filmstrip')
        .evaluate((strip) => (strip as unknown as { room: number }).room);
      assert.match(await review.said(), new RegExp(`^${3 + room} of 10000`));
      await review.press('End', 'ArrowRight');
      assert.match(await review.said(), /^10000 of 10000/);
      await until('its picture', async () => (await review.inked()) > 0);
      await review.press('Home', 'ArrowLeft');
      assert.match(await review.said(), /^1 of 10000/);
    });

    it('keeps few pictures however far one walks', async () => {
      await open();
      for (let step = 0; step < 6; step++) await review.press(...Array<string>(20).fill('PageDown'));
      await until('the picture', async () => (await review.inked()) > 0);
      const bytes = await review.keptBytes();
      assert.ok(bytes > 0 && bytes <= 16 * 64 * 784, `${bytes} bytes`);
    });

    it('decides once while a key is held down', async () => {
      await open();
      await review.page.keyboard.down('k');
      await review.page.keyboard.down('k');
      await review.page.keyboard.down('k');
      await review.page.keyboard.up('k');
      await review.press('ArrowRight');
      assert.equal((await review.sentOf('decide')).length, 1);
    });
  });

  it('leaves the keyboard alone where a button was clicked: Enter keeps', async () => {
    await open({ labels: 20 });
    await review.page.getByRole('button', { name: 'Exclude' }).click();
    await review.press('Enter');
    assert.deepEqual(
      (await review.sentOf('decide', 2)).map(({ at, decision }) => [at, decision]),
      [
        [0, 'exclude'],
        [1, 'keep'],
      ],
    );
  });

  it('presses the button that the keyboard is at', async () => {
    await open({ labels: 20 });
    await review.page.getByRole('button', { name: 'Exclude' }).focus();
    await review.press('Enter');
    assert.deepEqual(
      (await review.sentOf('decide')).map(({ decision }) => decision),
      ['exclude'],
    );
  });

  it('goes to a label that is clicked, and to those about it by the wheel', async () => {
    await open({ labels: 100 });
    await review.page.locator('.thumb').nth(4).click();
    assert.match(await review.said(), /^5 of 100:/);
    await review.page.locator('scrawl-filmstrip').hover();
    await review.page.mouse.wheel(0, 100);
    await until('the next', async () => (await review.said()).startsWith('6 of 100:'));
  });

  it('goes back to what was passed over, and says when nothing is left', async () => {
    await open({ labels: 3 });
    await review.press('ArrowRight', 'k', 'k');
    assert.match(await review.said(), /1 of 3/, 'the first was passed over');
    await review.press('r');
    await until('the end', async () => /3 of 3 done, nothing is left/.test(await review.counts()));
  });

  it('makes a dataset of what was reviewed, unless the samples are others', async () => {
    await open();
    await review.press('d');
    assert.equal((await review.sentOf('makeDataset')).length, 1);
    await review.tell({
      type: 'stale',
      message: 'Letters has other samples than were judged: judge it again.',
    });
    await until('the button', () => review.page.getByRole('button', { name: 'Make Dataset…' }).isDisabled());
  });

  it('says what the probabilities are worth', async () => {
    await open({ learning: 'learned' });
    const note = review.page.locator('.note');
    assert.match(await note.innerText(), /has learned from these very samples: fewer wrong labels show/);
    await note.locator('summary').click();
    assert.match(await note.innerText(), /a model that has not seen the samples/);
    await review.close();
    await open({ learning: 'unseen' });
    assert.equal(await review.page.locator('.note').count(), 0);
  });

  it('says when no label is suspicious', async () => {
    await open({ labels: 0 });
    await review.page.getByText('No label of 697,932 samples looks wrong to this model.').waitFor();
  });

  it('decides nothing once the samples are others, and judges again', async () => {
    await open({ labels: 20 });
    await review.tell({ type: 'stale', message: 'Mine has other samples than were judged: judge it again.' });
    await review.press('k', 'Control+z');
    assert.ok(!(await review.sent()).some(({ type }) => type === 'decide' || type === 'undo'));
    await review.page.getByRole('button', { name: 'Judge Again' }).click();
    await review.sentOf('again');
    await review.untilShown();
    assert.equal(await review.page.getByRole('button', { name: 'Judge Again' }).count(), 0);
  });

  it('shows how far the judging is, and what failed', async () => {
    await open({ labels: 20 });
    await review.tell({ type: 'failed', message: 'The disk is full.' });
    await review.page.getByRole('alert').getByText('The disk is full.').waitFor();
  });

  it('comes back where it was after a reload', async () => {
    await open();
    await review.press('PageDown', 'PageDown', 'ArrowRight');
    const before = await review.said();
    await review.page.reload();
    await review.untilShown();
    assert.equal(await review.said(), before);
    const state = await review.page.evaluate(
      () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
    );
    assert.deepEqual((state as { spec: unknown }).spec, {
      model: '/models/mine',
      dataset: 'emnist-byclass',
      split: 'train',
    });
  });

  it('takes up what others decided', async () => {
    await open({ labels: 20 });
    await review.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const verdicts = new Uint8Array(20);
          verdicts[0] = 3;
          window.postMessage({ type: 'verdicts', verdicts, labels: new Uint16Array(20) }, '*');
          setTimeout(resolve);
        }),
    );
    await until('the verdict', async () => (await review.said()).endsWith('; excluded'));
    assert.match(await review.said(), /^1 of 20/, 'and stays where it is');
  });

  for (const width of [200, 320, 900]) {
    it(`fits ${width} px`, async () => {
      await open({ width, height: 700 });
      await review.press('r');
      await decided(1);
      const beyond = await review.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(beyond, 0);
    });
  }

  for (const theme of ['light', 'high-contrast'] as const) {
    it(`takes its ink from the theme: ${theme}`, async () => {
      await open({ theme: 'dark', labels: 20 });
      const ink = () =>
        review.page.locator('scrawl-suspect canvas').evaluate((canvas) => {
          const { data } = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(14, 14, 1, 1) ?? {
            data: [],
          };
          return [...data].slice(0, 3).join();
        });
      const before = await ink();
      await review.setTheme(theme);
      await until('another ink', async () => (await ink()) !== before);
    });
  }
});
