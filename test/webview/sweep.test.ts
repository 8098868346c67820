import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { sweepOf, type SweepPageOptions, SweepTab } from './sweepPage';
import { THEMES, type Theme } from './themes';

describe('page of a sweep', () => {
  let view: SweepTab;
  const openPage = inBrowser((browser, options?: SweepPageOptions) => SweepTab.open(browser, options));

  async function open(options?: SweepPageOptions): Promise<void> {
    view = await openPage(options);
    await view.page.locator('tbody tr').first().waitFor();
  }

  const button = (name: string) => view.page.getByRole('button', { name });
  /** What stands above the axes, without what a pointer is told. */
  const labels = () =>
    view.page
      .locator('.axis .label')
      .evaluateAll((all) =>
        all.map((each) =>
          [...each.childNodes].map((node) => (node instanceof Text ? node.data.trim() : '')).join(''),
        ),
      );

  it('has an axis for each parameter, the epochs and the result, and a line for each compared trial', async () => {
    await open();
    const expected = ['Learning rate', 'Batch size', 'Shift', 'Optimizer', 'Epochs', 'Accuracy'];
    assert.deepEqual(await labels(), expected);
    const axes = view.page.locator('.axis');
    const ticks = async (index: number) => (await axes.nth(index).locator('text').allTextContents()).slice(1);
    assert.deepEqual(await ticks(0), ['1e-4', '2e-4', '5e-4', '0.001', '0.002', '0.005', '0.01']);
    assert.deepEqual(await ticks(1), ['32', '64', '128']);
    assert.deepEqual(await ticks(3), ['adam', 'sgd']);
    // 13 compared, one failed, one trains; the last waits
    assert.equal(await view.page.locator('g.trial').count(), 15);
    assert.match(
      (await view.line(1).locator('title').textContent()) ?? '',
      /^Trial 1: Learning rate 6.74e-4, Batch size 64, .*91\.0%$/,
    );
  });

  it('puts the best first in the table, and sorts by any column with those without a value last', async () => {
    await open();
    const { best, trials } = sweepOf(16);
    const accuracies = async () =>
      (await view.page.locator('tbody td:nth-child(2)').allInnerTexts()).map((text) => parseFloat(text));
    const falling = (await accuracies()).filter((each) => !Number.isNaN(each));
    assert.deepEqual(
      falling,
      [...falling].sort((a, b) => b - a),
    );
    assert.match(await view.row(best ?? 0).innerText(), /, the best/);
    assert.equal(falling.length, trials.filter(({ accuracy }) => accuracy !== undefined).length);
    await view.page.getByRole('columnheader', { name: 'Learning rate' }).getByRole('button').click();
    const rates = (await view.page.locator('tbody td:nth-child(5)').allInnerTexts()).map(Number);
    assert.deepEqual(
      rates,
      [...rates].sort((a, b) => a - b),
    );
  });

  it('chooses a trial by its line, its row and the keyboard alike, with its curve beside the best', async () => {
    await open();
    const { best = 0 } = sweepOf(16);
    await view.line(2).locator('.reach').dispatchEvent('click');
    await view.settled();
    assert.equal(await view.row(2).getAttribute('aria-selected'), 'true');
    assert.match((await view.line(2).getAttribute('class')) ?? '', /chosen/);
    await until('both curves', async () => {
      const names = await view.page.locator('.detail .legend li').allInnerTexts();
      return names.join() === `Trial ${String(best)}, the best,Trial 2`;
    });
    const numbers = await view.numbers();
    await view.row(2).focus();
    await view.press('ArrowDown');
    const next = numbers[numbers.indexOf(2) + 1] ?? 0;
    assert.equal(await view.row(next).getAttribute('aria-selected'), 'true');
    assert.ok(await view.row(next).evaluate((row) => row === document.activeElement));
    await view.press('End');
    assert.equal(await view.row(numbers.at(-1) ?? 0).getAttribute('aria-selected'), 'true');
    await view.press('Home', 'Enter');
    assert.equal((await view.sentOf('train'))[0]?.trial, numbers[0]);
  });

  it('is as it was after a reload', async () => {
    await open();
    await view.row(4).click();
    await view.page.getByRole('columnheader', { name: 'Trial' }).getByRole('button').click();
    await view.page.reload();
    await until('the choice', async () => (await view.row(4).getAttribute('aria-selected')) === 'true');
    assert.deepEqual((await view.numbers()).slice(0, 3), [1, 2, 3]);
    const state = await view.page.evaluate(
      () => JSON.parse(sessionStorage.getItem('state') ?? '{}') as unknown,
    );
    assert.deepEqual(state, { sweep: 'digits', sort: 'trial', descending: false, chosen: 4 });
  });

  it('grows while the sweep runs', async () => {
    await open();
    await view.page.getByText('Successive halving on mnist · training · 14 of 16 trials compared').waitFor();
    await view.tell({ type: 'progress', trial: 15, done: 30, total: 120, secondsLeft: 40 });
    await view.page.getByText('Trial 15: 25% of a whole run, at most 40 s left').waitFor();
    await view.tell({ type: 'sweep', sweep: sweepOf(18) });
    await until('the rows', async () => (await view.numbers()).length === 18);
  });

  it('offers what can be done with a sweep as it stands', async () => {
    await open();
    await button('Pause').click();
    await view.tell({ type: 'sweep', sweep: sweepOf(16, 'pausing') });
    await view.page.getByText('· pausing ·').waitFor();
    assert.deepEqual(
      await Promise.all(['Pause', 'Resume', 'Cancel'].map((name) => button(name).count())),
      [0, 0, 1],
    );
    await view.tell({ type: 'sweep', sweep: { ...sweepOf(16, 'resting'), canKeep: true } });
    for (const name of ['Resume', 'Keep Best Model', 'Export CSV…', 'Remove']) await button(name).click();
    await view.tell({ type: 'sweep', sweep: { ...sweepOf(16, 'finished'), hasModel: true } });
    assert.equal(await button('Resume').count(), 0);
    for (const name of ['Use on Pad', 'Evaluate…']) await button(name).click();
    const actions = (await view.sentOf('act', 7)).map(({ action }) => action);
    assert.deepEqual(actions, ['pause', 'resume', 'keep', 'exportCsv', 'remove', 'use', 'evaluate']);
  });

  it('says why a trial failed', async () => {
    await open();
    await view.row(6).click();
    await view.page.locator('.detail').getByText('The loss is no number any more.').waitFor();
    assert.equal(
      await view
        .line(6)
        .locator('.line')
        .evaluate((line) => getComputedStyle(line).strokeDasharray),
      '8px, 4px',
    );
  });

  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`scrolls nothing but its parts at 300 px (${theme})`, async () => {
      await open({ theme, width: 300 });
      const { scrollWidth, clientWidth } = await view.page.evaluate(() => {
        const { scrollWidth: inner, clientWidth: outer } = document.documentElement;
        return { scrollWidth: inner, clientWidth: outer };
      });
      assert.equal(scrollWidth, clientWidth);
    });
  }
});
