import assert from 'node:assert/strict';
import { until } from '../harness/until';
import { ReportPage, type ReportPageOptions } from './datasetReportPage';
import { inBrowser } from './inBrowser';
import { THEMES, type Theme } from './themes';

describe('report of a dataset', () => {
  let view: ReportPage;
  const openPage = inBrowser((browser, options?: ReportPageOptions) => ReportPage.open(browser, options));
  const open = async (options?: ReportPageOptions) => (view = await openPage(options));
  const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  const firstClasses = async () =>
    (await view.page.locator('.class .name').allInnerTexts()).slice(0, 3).join('');

  it('says what may be wrong, how often, and opens it', async () => {
    await open();
    assert.match(
      await view.page.locator('.about').innerText(),
      /^64,\d{3} train \+ 12,\d{3} test · 26 classes · looked through on 2026-11-29 10:20$/,
    );
    const items = await view.page.locator('.findings li').allInnerTexts();
    assert.match(items[0] ?? '', /^12\s+In Train and in Test\s+Samples of Test .* 3 of them are excluded\./);
    assert.match(items[1] ?? '', /^8,123\s+Doubles within Train[^]* The first 5,000 can be shown\./);
    await view.button('Show samples: Doubles within Train').click();
    assert.deepEqual(await view.sentOf('open'), [{ type: 'open', finding: 'doubles train' }]);
  });

  it('has every class with its mean picture and its samples by split', async () => {
    await open();
    const row = view.button('b, 3,288 samples: Train 2,740, Test 548');
    const widths = await row
      .locator('rect')
      .evaluateAll((all) => all.map((each) => each.getAttribute('width')));
    assert.deepEqual(widths, ['2740', '548']);
    assert.ok(
      await row.locator('canvas').evaluate((canvas: HTMLCanvasElement) =>
        canvas
          .getContext('2d')
          ?.getImageData(0, 0, 28, 28)
          .data.some((value, at) => at % 4 === 3 && value > 200),
      ),
    );
    await row.click();
    assert.deepEqual(await view.sentOf('openClass'), [{ type: 'openClass', class: 1 }]);
    assert.equal(await view.button(/^z, 0 samples/).isDisabled(), true);
  });

  it('orders classes by their samples, those without last, and remembers it', async () => {
    await open();
    assert.equal(await firstClasses(), 'abc');
    await view.page.getByLabel('Order').selectOption('most');
    await until('the order', async () => (await firstClasses()) === 'viq');
    const state = await view.page.evaluate(() => sessionStorage.getItem('state'));
    assert.deepEqual(JSON.parse(state ?? ''), { id: 'letters', order: 'most' });
    await view.page.getByLabel('Order').selectOption('fewest');
    await until('the order', async () => (await firstClasses()) === 'anf');
    assert.equal((await view.page.locator('.class .name').allInnerTexts()).at(-1), 'z');
  });

  it('is walked by arrows', async () => {
    await open();
    await view.button(/^a, /).focus();
    await view.press('ArrowDown', 'ArrowDown');
    assert.match((await focused()) ?? '', /^c, /);
    await view.press('End');
    assert.match((await focused()) ?? '', /^y, /);
    await view.press('Home', 'Enter');
    assert.deepEqual(await view.sentOf('openClass'), [{ type: 'openClass', class: 0 }]);
  });

  it('shows the first of very many classes, and all by choice', async () => {
    await open({ classes: 1000 });
    assert.equal(await view.page.locator('.class').count(), 200);
    await view.button('Show 800 More').click();
    await until('all', async () => (await view.page.locator('.class').count()) === 1000);
  });

  it('says how far the looking is, and can be stopped and begun again', async () => {
    await open({ told: [] });
    await view.tell({
      type: 'dataset',
      id: 'p',
      name: 'P',
      texts: true,
      classes: ['one'],
      splits: [{ split: 'all', counts: [4] }],
    });
    await view.tell({ type: 'working', done: 3, total: 8 });
    await view.page.getByText('Looking through the samples: 37%').waitFor();
    await view.button('Stop').click();
    await view.sentOf('stop');
    await view.tell({ type: 'stopped' });
    await view.button('Look Through Them').click();
    await view.sentOf('look');
    await view.tell({ type: 'report', created: '2026-11-29T10:20:30.000Z', findings: [] });
    await view.page.getByText('No doubles, no leaks between splits').waitFor();
    assert.equal(await view.page.locator('canvas').count(), 0);
  });

  it('tells what went wrong', async () => {
    await open();
    await view.tell({
      type: 'failed',
      message: 'EMNIST Letters is damaged on the disk: download or import it again.',
    });
    await view.page.getByRole('alert').getByText('is damaged').waitFor();
  });

  for (const theme of Object.keys(THEMES) as Theme[]) {
    for (const width of [300, 1000]) {
      it(`fits into ${width} pixels in the theme ${theme}`, async () => {
        await open({ width, theme });
        const scrollWidth = await view.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(scrollWidth <= width, `${scrollWidth} pixels`);
      });
    }
  }
});
