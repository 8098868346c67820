import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { LeaderboardTable, type LeaderboardPageOptions } from './leaderboardPage';
import { THEMES, type Theme } from './themes';

describe('leaderboard', () => {
  let view: LeaderboardTable;
  const openPage = inBrowser((browser, options?: LeaderboardPageOptions) =>
    LeaderboardTable.open(browser, options),
  );

  async function open(options?: LeaderboardPageOptions): Promise<void> {
    view = await openPage(options);
    if (options?.columns === 0) return;
    await view.page.locator('.kept .detail').last().waitFor();
  }

  const focused = () =>
    view.page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName,
    );

  it('says what to do where there is no dataset', async () => {
    await open({ columns: 0 });
    await view.page.getByText('There is no dataset to evaluate on').waitFor();
  });

  it('has every kept evaluation in its cell, with its interval and date', async () => {
    await open();
    const cell = view.cell('Model 1 on Dataset 0, test: 93.00%, 92.0–94.0 · 2026-11-28');
    assert.match(await cell.innerText(), /93\.00%\s+92\.0–94\.0 · 2026-11-28/);
    await cell.click();
    assert.deepEqual((await view.sentOf('open'))[0], {
      ...{ type: 'open', model: '/models/1', column: 'data-0 test' },
    });
    assert.match(await view.cell('Lines on Dataset 1').innerText(), /CER 6\.40%/);
  });

  it('evaluates what is missing by a click, and shows how far it is and why it failed', async () => {
    await open();
    await view.cell('Model 3 on Dataset 0, test: Evaluate').click();
    const place = { model: '/models/3', column: 'data-0 test' };
    assert.deepEqual((await view.sentOf('evaluate'))[0]?.places, [place]);
    const work = view.page.locator('.work');
    assert.equal(await work.innerText(), 'waiting');
    await view.tell({ type: 'work', ...place, work: { state: 'running', share: 0.421 } });
    assert.equal(await work.innerText(), '42%');
    await view.page.getByRole('button', { name: 'Stop' }).click();
    await view.sentOf('cancel');
    await view.tell({ type: 'work', ...place, work: { state: 'failed', message: 'The model is damaged.' } });
    await view.cell('Model 3 on Dataset 0, test: Evaluate; The model is damaged.').waitFor();
    assert.equal(await view.page.getByRole('button', { name: 'Stop' }).count(), 0);
  });

  it('evaluates all that is missing, of a dataset or of all', async () => {
    await open();
    await view.page.getByRole('button', { name: 'Evaluate what is missing on Dataset 2, test' }).click();
    assert.deepEqual((await view.sentOf('evaluate'))[0]?.places, [
      { model: '/models/1', column: 'data-2 test' },
    ]);
    await view.page.getByRole('button', { name: 'Evaluate All Missing (2)' }).click();
    assert.equal((await view.sentOf('evaluate', 2))[1]?.places.length, 2);
  });

  it('marks the best of each kind, and puts the best on a dataset first', async () => {
    await open();
    await view.cell('Model 2 on Dataset 0, test: 96.00%, 95.0–97.0 · 2026-11-28, the best').waitFor();
    assert.equal(await view.cell(/Lines .*the best/).count(), 0);
    await view.page.getByTitle('Put the best here first').first().click();
    await until('the order', async () => (await view.names())[0] === 'Model 2');
    assert.deepEqual((await view.names()).slice(0, 3), ['Model 2', 'Model 1', 'Model 0']);
    await view.page.reload();
    await until('the order again', async () => (await view.names())[0] === 'Model 2');
  });

  it('has no evaluation of lines on pictures', async () => {
    await open();
    assert.equal(await view.page.locator('.impossible').count(), 2);
  });

  it('finds models by their names', async () => {
    await open();
    await view.page.getByLabel('Filter models').fill('model 3');
    await until('the rows', async () => (await view.names()).join() === 'Model 3');
    await view.page.getByText('1 of 5 models').waitFor();
  });

  it('is walked by arrows', async () => {
    await open();
    await view.cell('Model 0 on Dataset 0').focus();
    await view.press('ArrowRight');
    assert.match((await focused()) ?? '', /^Model 0 on Dataset 1/);
    await view.press('ArrowDown');
    assert.match((await focused()) ?? '', /^Model 1 on Dataset 1/);
    await view.press('End', 'Enter');
    assert.equal((await view.sentOf('evaluate'))[0]?.places[0]?.model, '/models/1');
  });

  it('keeps the keyboard on a cell that is evaluated, which can be pressed once', async () => {
    await open();
    await view.cell('Model 3 on Dataset 0, test: Evaluate').focus();
    await view.press('Enter');
    const cell = view.cell('Model 3 on Dataset 0, test: waiting');
    await cell.waitFor();
    assert.equal(await focused(), 'Model 3 on Dataset 0, test: waiting');
    assert.equal(await cell.getAttribute('aria-disabled'), 'true');
    await view.press('Enter', 'ArrowUp');
    assert.match((await focused()) ?? '', /^Model 2 on Dataset 0/);
    assert.equal((await view.sentOf('evaluate')).length, 1);
  });

  it('can be reached by keyboard where the cell that it was at is no more', async () => {
    await open();
    await view.cell('Model 0 on Dataset 0').focus();
    await view.page.getByLabel('Filter models').fill('model 3');
    await until('the rows', async () => (await view.names()).join() === 'Model 3');
    await view.page.locator('td button[tabindex="0"]').focus();
    assert.match((await focused()) ?? '', /^Model 3 on Dataset 0/);
    await view.page.getByLabel('Filter models').fill('lines');
    await until('the rows', async () => /^Lines/.test((await view.names()).join()));
    await view.page.locator('td button[tabindex="0"]').focus();
    assert.match((await focused()) ?? '', /^Lines on Dataset 1/);
  });

  it('shows 50 models on 10 datasets, the names staying where they are', async () => {
    await open({ models: 50, columns: 10 });
    assert.equal(await view.page.locator('tbody td').count(), 500);
    await view.page.locator('.window').evaluate((element) => element.scrollTo(900, 1500));
    await view.settled();
    const left = await view.page.locator('tbody th').nth(40).boundingBox();
    const top = await view.page.locator('thead th').nth(9).boundingBox();
    assert.equal(left?.x, 0);
    assert.ok((top?.y ?? 999) < 60, `the head is at ${top?.y}`);
  });

  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`fits into 300 pixels in the theme ${theme}`, async () => {
      await open({ width: 300, theme });
      const scrollWidth = await view.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scrollWidth <= 300, `${scrollWidth} pixels wide`);
    });
  }
});
