import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { runOf, type RunsPageOptions, RunsTablePage } from './runsPage';
import { THEMES, type Theme } from './themes';

describe('table of runs', () => {
  let view: RunsTablePage;
  const openPage = inBrowser((browser, options?: RunsPageOptions) => RunsTablePage.open(browser, options));

  async function open(options?: RunsPageOptions): Promise<void> {
    view = await openPage(options);
    if (options?.runs !== 0) await view.page.locator('.lines .name').first().waitFor();
  }

  const row = (name: string) => view.page.locator('.lines .row', { hasText: name });
  const filter = () => view.page.getByLabel('Filter');

  it('offers to train where nothing was trained yet', async () => {
    await open({ runs: 0 });
    await view.page.getByRole('button', { name: 'Train Model…' }).click();
    await view.sentOf('train');
  });

  it('has a row for each run, the newest first, and columns for the settings in which they differ', async () => {
    await open();
    assert.deepEqual((await view.names()).slice(0, 3), ['digits 11', 'digits 10', 'digits 9']);
    const headers = (await view.headers()).map((each) => each.trim());
    assert.deepEqual(
      headers.filter((each) => ['Optimizer', 'Batch size', 'Epochs', 'Schedule'].includes(each)),
      ['Batch size', 'Optimizer'],
    );
    assert.match(await row('digits 3').innerText(), /finished[\s\S]*92\.0%[\s\S]*1 min[\s\S]*mnist/);
    await view.page.getByLabel('All settings').check();
    assert.ok((await view.headers()).some((each) => each.includes('Schedule')));
  });

  it('marks what is unlike the others', async () => {
    await open();
    const marked = await view.page.locator('.lines .differs').allInnerTexts();
    assert.equal(marked.filter((text) => text.includes('64')).length, 1);
    assert.ok(!marked.some((text) => text.includes('128')));
    await view.page.getByLabel('Compare digits 2', { exact: true }).check();
    await view.page.getByLabel('Compare digits 5', { exact: true }).check();
    await until('what these two differ in', async () => {
      const texts = await view.page.locator('.lines .differs').allInnerTexts();
      return texts.length === 1 && texts[0]?.startsWith('64');
    });
  });

  it('sorts by any column, one way and the other, those without a value last', async () => {
    await open();
    const best = view.page.getByRole('columnheader', { name: 'Best accuracy' });
    await best.getByRole('button').click();
    assert.equal(await best.getAttribute('aria-sort'), 'descending');
    const accuracy = () => view.page.locator('.lines .row .cell:nth-child(3)').allInnerTexts();
    const falling = (await accuracy()).map(parseFloat);
    assert.deepEqual(
      falling,
      [...falling].sort((a, b) => b - a),
    );
    await best.getByRole('button').click();
    assert.equal(await best.getAttribute('aria-sort'), 'ascending');
    assert.deepEqual((await accuracy()).map(parseFloat), falling.reverse());
  });

  it('finds runs by words and by values of columns, and keeps how it is looked at', async () => {
    await open({ runs: 40 });
    await filter().fill('optimizer=sgd dataset=letters');
    await until('the rows', async () => (await view.names()).join() === 'digits 19');
    await view.page.getByText('1 run of 40').waitFor();
    await view.page.reload();
    await until('the rows again', async () => (await view.names()).join() === 'digits 19');
    assert.equal(await filter().inputValue(), 'optimizer=sgd dataset=letters');
  });

  it('puts runs together, folds them, and keeps what is folded', async () => {
    await open();
    await view.page.getByLabel('Groups').selectOption('dataset');
    const group = (name: string) => view.page.locator('.group', { hasText: name });
    assert.match(await group('mnist').innerText(), /11 runs · best 9\d\.\d%/);
    await group('mnist').click();
    assert.equal(await group('mnist').getAttribute('aria-expanded'), 'false');
    assert.deepEqual(await view.names(), ['digits 9']);
    await view.page.reload();
    await until('what is folded', async () => (await view.names()).join() === 'digits 9');
  });

  it('draws the curves of chosen runs on top of each other, six at most', async () => {
    await open();
    for (let at = 0; at < 6; at++)
      await view.page.getByLabel(`Compare digits ${at}`, { exact: true }).check();
    assert.deepEqual((await view.sentOf('pick', 6)).at(-1)?.runs.length, 6);
    assert.ok(await view.page.getByLabel('Compare digits 7', { exact: true }).isDisabled());
    assert.equal(await view.page.locator('.legend li').count(), 6);
    assert.equal(await view.page.locator('scrawl-chart canvas').count(), 2);
    await view.page.getByRole('button', { name: 'Do Not Compare digits 3' }).click();
    assert.equal((await view.sentOf('pick', 7)).at(-1)?.runs.length, 5);
  });

  it('is gone through by keyboard: arrows, Space, Enter, R', async () => {
    await open();
    await view.page.getByRole('grid').focus();
    const active = () => view.page.getByRole('grid').getAttribute('aria-activedescendant');
    assert.equal(await active(), 'row-0');
    await view.press('ArrowDown', 'ArrowDown', ' ');
    assert.deepEqual((await view.sentOf('pick')).at(-1)?.runs, ['run-9']);
    assert.equal(await view.page.locator('#row-2').getAttribute('aria-selected'), 'true');
    await view.press('Enter', 'r');
    assert.equal((await view.sentOf('open'))[0]?.run, 'run-9');
    assert.equal((await view.sentOf('repeat'))[0]?.run, 'run-9');
    await view.press('End');
    assert.equal(await active(), 'row-11');
  });

  it('is sorted by keyboard', async () => {
    await open();
    await view.page.getByRole('grid').focus();
    await view.press('Tab', 'Enter');
    const header = view.page.getByRole('columnheader').first();
    await until('the order', async () => (await header.getAttribute('aria-sort')) !== 'none');
  });

  it('stays at its run when another comes on top', async () => {
    await open();
    await view.page.getByRole('grid').focus();
    await view.press('ArrowDown', 'ArrowDown');
    const rows = Array.from({ length: 13 }, (_, at) => runOf(at)).reverse();
    await view.tell({ type: 'runs', rows, settings: [] });
    await until('the new run', async () => (await view.names())[0] === 'digits 12');
    await view.press('Enter');
    assert.equal((await view.sentOf('open'))[0]?.run, 'run-9');
  });

  it('makes no more rows than are on screen of 1,000, wherever it is scrolled to', async () => {
    await open({ runs: 1000 });
    const made = () => view.page.locator('.lines .row').count();
    assert.equal(await view.page.getByRole('grid').getAttribute('aria-rowcount'), '1001');
    assert.ok((await made()) <= 50, `${await made()} rows`);
    await view.page.getByRole('grid').focus();
    await view.press('End');
    await until('the last row', async () => (await view.names()).at(-1) === 'digits 0');
    assert.ok((await made()) <= 50, `${await made()} rows`);
    await row('digits 0').last().waitFor();
    const box = (await view.page.locator('#row-999').boundingBox()) ?? assert.fail('no last row');
    assert.ok(box.y + box.height <= 800, `the last row ends at ${box.y + box.height}`);
  });

  it('exports the rows that are found, in their order', async () => {
    await open();
    await filter().fill('adamw');
    await until('the rows', async () => (await view.names()).length === 4);
    await view.page.getByRole('button', { name: 'Export CSV…' }).click();
    assert.deepEqual((await view.sentOf('exportCsv'))[0]?.runs, ['run-11', 'run-8', 'run-5', 'run-2']);
  });

  it('says what failed', async () => {
    await open();
    await view.tell({ type: 'failed', message: 'That run no longer exists.' });
    assert.equal(await view.page.getByRole('alert').innerText(), 'That run no longer exists.');
  });

  for (const theme of Object.keys(THEMES) as Theme[]) {
    it(`fits into 300 pixels in the theme ${theme}`, async () => {
      await open({ width: 300, height: 700, theme });
      const scrollWidth = await view.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(scrollWidth <= 300, `${scrollWidth} pixels wide`);
    });
  }
});
