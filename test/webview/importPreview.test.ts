import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { PreviewToHost } from '../../src/protocol/pages/importPreview';
import { launchChromium } from '../harness/chromium';
import { until } from '../harness/until';
import { type Theme } from './themes';
import { type OpenedWebview, openWebview, setTheme } from './webviewPage';

describe('preview of an import', () => {
  let browser: Browser;
  let opened: OpenedWebview;
  let page: Page;

  before(async () => {
    browser = await launchChromium();
  });

  after(() => browser.close());

  afterEach(async () => {
    await opened.context.close();
    assert.deepEqual(opened.complaints, [], 'the page broke its own policy, or failed');
  });

  async function open(width = 700, theme: Theme = 'dark'): Promise<void> {
    const view = { name: 'importPreview', width, height: 500 };
    opened = await openWebview(browser, view, stubHost, undefined);
    ({ page } = opened);
    await setTheme(page, theme);
    await page.getByText('3 of 1,200 pictures').waitFor();
  }

  const sent = () => page.evaluate(() => (window as unknown as { sent: PreviewToHost[] }).sent);

  it('shows pictures before and after, and lists what is left out', async () => {
    await open();
    assert.equal(await page.locator('.pair').count(), 3);
    assert.equal(await page.locator('scrawl-gray-picture').count(), 5);
    await page.getByText('b/2.png: shows no character').waitFor();
    await page.getByText('12 pictures in the folder "misc"').waitFor();
  });

  it('tries out other options', async () => {
    await open();
    await page.getByTitle('Pen').click();
    await page.getByRole('option', { name: 'Light pen on dark paper' }).click();
    const asked = await until('the options', async () =>
      (await sent()).find(({ type }) => type === 'options'),
    );
    assert.deepEqual(asked.type === 'options' && asked.options, {
      pen: 'light',
      threshold: 'otsu',
      size: 'normalized',
      classes: 'auto',
      text: '',
    });
  });

  it('says why there is nothing, until it is told where the class stands', async () => {
    await open();
    await page.getByTitle('Class').click();
    await page.getByRole('option', { name: 'Regular expression…' }).click();
    await page.getByRole('alert').getByText('has no group').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Import' }).isDisabled());
    const expression = page.getByRole('textbox', { name: /Expression for file names/ });
    await expression.fill('^(.)_');
    await expression.press('Enter');
    await page.getByText('3 of 1,200 pictures').waitFor();
    const asked = (await sent()).at(-1);
    assert.equal(asked?.type === 'options' && asked.options.text, '^(.)_');
    assert.ok(await page.getByRole('button', { name: 'Import' }).isEnabled());
  });

  for (const name of ['Import', 'Cancel']) {
    it(`says ${name}`, async () => {
      await open();
      await page.getByRole('button', { name }).click();
      await until('the answer', async () => (await sent()).at(-1)?.type === name.toLowerCase());
    });
  }

  for (const width of [220, 700]) {
    it(`fits ${width} px`, async () => {
      await open(width, 'light');
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(beyond, 0);
    });
  }
});

/** Runs in the page: what VS Code gives a webview, with a host that knows three pictures. */
function stubHost(): void {
  const sent: PreviewToHost[] = [];
  const gray = (width: number, light: (x: number, y: number) => number) => ({
    width,
    height: width,
    pixels: Uint8Array.from({ length: width * width }, (_, at) => light(at % width, Math.floor(at / width))),
  });
  const original = gray(48, (x, y) => (Math.abs(x - y) < 4 ? 40 : 200 - x));
  const result = gray(28, (x, y) => (Math.abs(x - y) < 2 ? 255 : 0));
  const pictures = [
    { name: 'a/1.png', label: 'a', original, result },
    { name: 'b/1.png', label: 'b', original, result },
    { name: 'b/2.png', label: 'b', original, problem: 'shows no character' },
  ];
  const problems = ['12 pictures in the folder "misc", whose name is no class'];
  const receive = (message: PreviewToHost) => {
    sent.push(message);
    if (message.type !== 'ready' && message.type !== 'options') return;
    const usual = { pen: 'auto', threshold: 'otsu', size: 'normalized', classes: 'auto', text: '' };
    const options = message.type === 'options' ? message.options : usual;
    if (options.classes === 'expression' && options.text === '') {
      window.postMessage(
        { type: 'unreadable', name: 'Scans', options, message: 'The pattern has no group.' },
        '*',
      );
      return;
    }
    window.postMessage({ type: 'preview', name: 'Scans', options, total: 1200, pictures, problems }, '*');
  };
  Object.assign(window, {
    sent,
    acquireVsCodeApi: () => ({ postMessage: receive, getState: () => undefined, setState: () => undefined }),
  });
}
