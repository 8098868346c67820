import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../harness/chromium';

/** A page that is open, and what its console has complained of. */
interface OpenPage {
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/**
 * Gives the tests of a suite pages in one browser. Behind each test the last page that it opened is closed, and must have
 * kept its policy.
 *
 * @returns opens a page
 */
export function inBrowser<P extends OpenPage, Options>(
  open: (browser: Browser, options?: Options) => Promise<P>,
): (options?: Options) => Promise<P> {
  let browser: Browser;
  let page: P;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  afterEach(async () => {
    const { complaints } = page;
    await page.close();
    assert.deepEqual(complaints, [], 'the page broke its own policy, or failed');
  });
  return async (options) => {
    page = await open(browser, options);
    return page;
  };
}
