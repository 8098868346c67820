import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from '../harness/until';
import { ImportPreviewPage, type ImportPreviewPageOptions } from './importPreviewPage';
import { inBrowser } from './inBrowser';

describe('preview of an import', () => {
  let view: ImportPreviewPage;
  let page: Page;
  const openPage = inBrowser((browser, options?: ImportPreviewPageOptions) =>
    ImportPreviewPage.open(browser, options),
  );

  async function open(options?: ImportPreviewPageOptions): Promise<void> {
    view = await openPage(options);
    ({ page } = view);
  }

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
      (await view.sent()).find(({ type }) => type === 'options'),
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
    const asked = (await view.sent()).at(-1);
    assert.equal(asked?.type === 'options' && asked.options.text, '^(.)_');
    assert.ok(await page.getByRole('button', { name: 'Import' }).isEnabled());
  });

  for (const name of ['Import', 'Cancel']) {
    it(`says ${name}`, async () => {
      await open();
      await page.getByRole('button', { name }).click();
      await until('the answer', async () => (await view.sent()).at(-1)?.type === name.toLowerCase());
    });
  }

  for (const width of [220, 700]) {
    it(`fits ${width} px`, async () => {
      await open({ width, theme: 'light' });
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(beyond, 0);
    });
  }
});
