import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { HostToSymbol, SymbolToHost } from '../../src/protocol/pages/symbol';
import { launchChromium } from '../harness/chromium';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

class SymbolPage extends StubbedPage<SymbolToHost, HostToSymbol> {
  static async open(browser: Browser): Promise<SymbolPage> {
    const view = { name: 'symbol', width: 500, height: 400 };
    const page = new SymbolPage(await openWebview(browser, view, stubHost, undefined));
    await page.setTheme('dark');
    await page.sentOf('ready');
    return page;
  }
}

describe('the page of a symbol', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchChromium();
  });

  after(() => browser.close());

  it('shows what it looks like, what it is, and how people draw it', async () => {
    const symbol = await SymbolPage.open(browser);
    const { page } = symbol;
    await symbol.tell({
      type: 'symbol',
      glyph: '∯',
      about: { command: '\\oiint', from: 'esint', more: ['surface integral', 'package esint, in formulas'] },
      drawings: [
        [
          [
            [0, 0],
            [63, 63],
          ],
        ],
        [[[31, 31]]],
      ],
    });
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), '∯');
    assert.deepEqual(await page.locator('header p').allTextContents(), [
      '\\oiint',
      'surface integral',
      'package esint, in formulas',
    ]);
    assert.equal(await page.getByRole('img', { name: /^Drawing/ }).count(), 2);
    await symbol.tell({ type: 'symbol', glyph: '\\x', about: { command: '\\x', more: [] }, drawings: [] });
    await page.getByText('There is no drawing of it.').waitFor();
    const { complaints } = symbol;
    await symbol.close();
    assert.deepEqual(complaints, [], 'the page broke its own policy, or failed');
  });
});

/** Runs in the page: what VS Code gives a webview. */
function stubHost(): void {
  const sent: unknown[] = [];
  Object.assign(window, {
    sent,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => (window as unknown as { sent: unknown[] }).sent.push(message),
      getState: () => undefined,
      setState: () => undefined,
    }),
  });
}
