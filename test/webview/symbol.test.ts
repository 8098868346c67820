import assert from 'node:assert/strict';
import { inBrowser } from './inBrowser';
import { SymbolPage, type SymbolPageOptions } from './symbolPage';

describe('the page of a symbol', () => {
  const open = inBrowser((browser, options?: SymbolPageOptions) => SymbolPage.open(browser, options));

  it('shows what it looks like, what it is, and how people draw it', async () => {
    const symbol = await open();
    const { page } = symbol;
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), '∯');
    assert.deepEqual(await page.locator('header p').allTextContents(), [
      '\\oiint',
      'surface integral',
      'package esint, in formulas',
    ]);
    assert.equal(await page.getByRole('img', { name: /^Drawing/ }).count(), 2);
    await symbol.tell({ type: 'symbol', glyph: '\\x', about: { command: '\\x', more: [] }, drawings: [] });
    await page.getByText('There is no drawing of it.').waitFor();
  });
});
