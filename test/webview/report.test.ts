import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../harness/chromium';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { seriousFindings } from './axe';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;

describe('the report of an evaluation, opened from the disk without a network', function () {
  this.timeout(60_000);
  let folder: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let asked: string[];

  before(async () => {
    folder = await makeScratchFolder();
    const file = path.join(folder, 'report.html');
    const task = ['--model', 'bundled', '--dataset', FIXTURE, '--report', file, '--compare', 'bundled'];
    await promisify(execFile)(process.execPath, ['dist/cli.js', '--home', folder, 'evaluate', ...task]);
    browser = await launchChromium();
    context = await browser.newContext({ offline: true, viewport: { width: 1000, height: 800 } });
    page = await context.newPage();
    [complaints, asked] = [[], []];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) asked.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
  });

  after(async () => {
    await browser.close();
    await removeScratchFolder(folder);
  });

  afterEach(() => assert.deepEqual(complaints, [], 'the page broke its own policy, or failed'));

  const classes = () => page.locator('h2:text-is("Classes") ~ .panel table').first();
  /** What a column of the classes is sorted by, from the top. */
  const column = (number: number) =>
    classes()
      .locator(`tbody td:nth-child(${String(number)})`)
      .evaluateAll((cells) =>
        cells.map((cell) => (cell as HTMLElement).dataset['value'] ?? cell.textContent),
      );

  it('is whole by itself: nothing is asked for, and its pictures show', async () => {
    assert.equal(asked.length, 1, asked.join(' '));
    const pictures = page.locator('.worst img');
    assert.ok((await pictures.count()) > 0);
    const drawn = await pictures.evaluateAll((all) =>
      all.map((picture) => (picture as HTMLImageElement).naturalWidth),
    );
    assert.ok(drawn.every((width) => width > 0));
    await page.getByText("McNemar's test").waitFor();
  });

  it('sorts its classes by a click on a head, the other way by the next', async () => {
    const head = classes().getByRole('button', { name: 'F1' });
    await head.click();
    const falling = (await column(5)).map(Number);
    assert.ok(falling.length > 20 && falling[0] !== falling.at(-1));
    assert.deepEqual(
      falling,
      [...falling].sort((a, b) => b - a),
    );
    assert.equal(await classes().locator('th[aria-sort]').getAttribute('aria-sort'), 'descending');
    await head.press('Enter');
    const rising = (await column(5)).map(Number);
    assert.deepEqual(
      rising,
      [...rising].sort((a, b) => a - b),
    );
    await classes().getByRole('button', { name: 'Samples' }).click();
    const samples = (await column(2)).map(Number);
    assert.deepEqual(
      samples,
      [...samples].sort((a, b) => b - a),
    );
    assert.equal(await classes().locator('th[aria-sort]').count(), 1, 'one column tells the order');
    await classes().getByRole('button', { name: 'Class', exact: true }).click();
    const names = await column(1);
    assert.deepEqual(names, [...names].sort().reverse());
  });

  it('has nothing that axe-core finds serious, in light and dark, narrow and wide', async () => {
    for (const width of [300, 1000]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await seriousFindings(page, colorScheme === 'dark' ? 'everything' : 'colors'), []);
      }
    }
  });

  it('says what a cell of the matrix is under the pointer', async () => {
    const box = (await page.locator('#heat').boundingBox()) ?? assert.fail('there is no matrix');
    await page.locator('#heat').scrollIntoViewIfNeeded();
    await page.locator('#heat').hover({ position: { x: box.width / 2, y: box.height / 2 } });
    await page.getByText(/ is (read right|taken for .+): \d+/).waitFor();
  });
});
