import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { toValues } from '../../src/host/training/trainingDefaults';
import { RUN_SETTING_FIELDS } from '../../src/runs/runSettingFields';
import { runSettingsSchema } from '../../src/runs/runSettings';
import { inBrowser } from './inBrowser';
import { FORM, TrainingFormPage, type TrainingFormPageOptions } from './trainingFormPage';

describe('form of a run', () => {
  let view: TrainingFormPage;
  let page: Page;
  const openPage = inBrowser((browser, options?: TrainingFormPageOptions) =>
    TrainingFormPage.open(browser, options),
  );

  async function open(options?: TrainingFormPageOptions): Promise<void> {
    view = await openPage(options);
    ({ page } = view);
  }

  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  const start = () => page.getByRole('button', { name: 'Start Training' }).click();

  it('has every setting of a run, grouped, with its default and what it does', async () => {
    await open();
    for (const { name, label, description, group } of RUN_SETTING_FIELDS) {
      const row = page
        .getByRole('region', { name: group })
        .locator('.row', { has: page.locator(`[id="${name}"]`) });
      assert.equal(await row.locator('label').innerText(), label);
      assert.equal(await row.locator('.about').innerText(), description);
      assert.equal(
        await row.locator(`[id="${name}"]`).inputValue(),
        String(toValues(runSettingsSchema.parse({}))[name]),
      );
    }
  });

  it('starts with what was chosen, numbers as numbers', async () => {
    await open();
    await field('Epochs').fill('3');
    await field('Learning rate').fill('0,002');
    await page.getByLabel('Schedule').selectOption('cosine');
    await page.getByLabel('Network').selectOption('lenet-5');
    await field('Members').fill('3');
    await page.getByLabel('Answer').selectOption('vote');
    await field('Name').fill('A quick one');
    await start();
    const [{ draft } = assert.fail('nothing was started')] = await view.sentOf('start');
    assert.deepEqual(
      { ...draft, settings: runSettingsSchema.shape.epochs.parse(draft.settings['epochs']) },
      { name: 'A quick one', dataset: 'mnist', network: 'lenet-5', settings: 3 },
    );
    assert.equal(draft.settings['learningRate'], 0.002);
    assert.equal(draft.settings['schedule'], 'cosine');
    assert.equal(draft.settings['ensemble.members'], 3);
    assert.equal(draft.settings['ensemble.combine'], 'vote');
  });

  for (const [label, text, problem] of [
    ['Epochs', '0', /from 1 to 10,000/],
    ['Epochs', '2.5', /whole number/],
    ['Learning rate', 'fast', /Enter a number/],
    ['Validation share', '0.95', /from 0 to 0.9/],
    ['Rotation', '91', /from 0 to 90/],
  ] as const) {
    it(`says at the field that ${label} cannot be ${text}, and does not start`, async () => {
      await open();
      await field(label).fill(text);
      assert.equal(await field(label).getAttribute('aria-invalid'), 'true');
      const about = page.locator(`[id="${await field(label).getAttribute('aria-describedby')}"]`);
      assert.match(await about.innerText(), problem);
      await start();
      assert.ok(await field(label).evaluate((input) => input === document.activeElement));
      assert.ok(!(await view.sent()).some(({ type }) => type === 'start'));
      await page.getByRole('alert').getByText(label, { exact: false }).waitFor();
    });
  }

  it('asks for a name and for data', async () => {
    await open({ form: { ...FORM, draft: { ...FORM.draft, dataset: '' } } });
    await field('Name').fill(' ');
    await start();
    await page.getByText('Enter a name for the model.').waitFor();
    await page.getByText('Choose a dataset.').waitFor();
    assert.ok(!(await view.sent()).some(({ type }) => type === 'start' || type === 'preview'));
  });

  it("shows the host's problems at their fields", async () => {
    await open();
    await start();
    await view.tell({ type: 'invalid', problems: [{ field: 'network', message: 'Choose a network.' }] });
    await page.getByText('Choose a network.').waitFor();
    assert.equal(await page.getByLabel('Network').getAttribute('aria-invalid'), 'true');
  });

  it('draws twelve varied samples, anew when a slider has come to rest', async () => {
    await open();
    await page.locator('.pictures scrawl-gray-picture').nth(11).waitFor();
    const [first] = await view.sentOf('preview');
    assert.equal(first?.draft.settings['augmentation.rotation'], 0);
    const slider = page.getByRole('slider', { name: 'Rotation' });
    await slider.focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
    const previews = await view.sentOf('preview', 2);
    const last = previews.at(-1);
    assert.equal(last?.draft.settings['augmentation.rotation'], 5);
    assert.ok(previews.length < 6, `${previews.length} previews`);
    assert.equal(await field('Rotation').inputValue(), '5');
  });

  it('says why there is no preview', async () => {
    await open();
    const previews = await view.sentOf('preview');
    const id = previews.at(-1)?.id ?? 0;
    await view.tell({ type: 'failed', id, message: 'That dataset is not here any more.' });
    await page.getByText('That dataset is not here any more.').waitFor();
  });

  it("takes another optimizer's usual learning rate, unless one was chosen", async () => {
    await open();
    await page.getByLabel('Optimizer').selectOption('sgd');
    assert.equal(await field('Learning rate').inputValue(), '0.05');
    await field('Learning rate').fill('0.3');
    await page.getByLabel('Optimizer').selectOption('adam');
    assert.equal(await field('Learning rate').inputValue(), '0.3');
  });

  it('counts with the arrow keys, within the bounds', async () => {
    await open();
    await field('Epochs').focus();
    await page.keyboard.press('ArrowUp');
    assert.equal(await field('Epochs').inputValue(), '11');
    await field('Patience').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await field('Patience').inputValue(), '0');
  });

  it('adds the file that was chosen', async () => {
    await open();
    await page.getByRole('button', { name: 'From a File…' }).first().click();
    assert.equal((await view.sentOf('browse'))[0]?.what, 'dataset');
    await view.tell({ type: 'chosen', what: 'dataset', choice: { value: 'ink.jsonl', label: 'ink.jsonl' } });
    assert.equal(await page.getByLabel('Dataset').inputValue(), 'ink.jsonl');
  });

  it('offers to freeze layers of a model that is trained on', async () => {
    const draft = { ...FORM.draft, from: { model: 'bundled', frozen: [] } };
    await open({ form: { ...FORM, draft, layers: ['conv2d_1', 'conv2d_2', 'dense_1'] } });
    assert.equal(await page.getByLabel('Network').count(), 0);
    await page.getByRole('checkbox', { name: 'conv2d_1' }).check();
    await page.getByRole('checkbox', { name: 'conv2d_2' }).check();
    await page.getByRole('checkbox', { name: 'conv2d_1' }).uncheck();
    await start();
    assert.deepEqual((await view.sentOf('start'))[0]?.draft.from, { model: 'bundled', frozen: ['conv2d_2'] });
  });

  it('keeps what was filled in when the window is loaded anew', async () => {
    await open();
    await field('Epochs').fill('77');
    await page.reload();
    assert.equal((await view.sentOf('ready'))[0]?.draft?.settings['epochs'], '77');
  });

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`fits into 200 px in ${theme}`, async () => {
      await open({ width: 200, theme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 200, `${wide} px`);
    });
  }

  it('finds a learning rate: draws the loss over the rates, and takes the one where it falls fastest', async () => {
    await open();
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    await button('Find Learning Rate').click();
    const asked = (await view.sentOf('testRates'))[0] ?? assert.fail();
    assert.equal(asked.draft.network, 'keras-mnist');
    await page.getByText('Trying rates…').waitFor();
    await button('Stop').click();
    await view.sentOf('stopTest');
    // the answer of a test that was given up
    const points = Array.from({ length: 61 }, (_, at) => ({
      rate: 10 ** (-6 + at / 10),
      loss: 2.5 - 2 / (1 + Math.exp(30 - at)),
    }));
    await view.tell({ type: 'rates', id: asked.id, points, suggestion: 0.001 });
    assert.equal(await page.getByRole('img', { name: /Loss over/ }).count(), 0);

    await button('Find Learning Rate').click();
    const [, again] = await view.sentOf('testRates', 2);
    await view.tell({ type: 'rates', id: again?.id ?? 0, points, suggestion: 0.00123 });
    await page.getByRole('img', { name: 'Loss over the learning rate, from 2.50 to 0.50' }).waitFor();
    await page.getByText('The loss falls fastest at 0.0012.').waitFor();
    await button('Use 0.0012').click();
    assert.equal(await field('Learning rate').inputValue(), '0.0012');

    await button('Find Learning Rate').click();
    const [, , third] = await view.sentOf('testRates', 3);
    await view.tell({ type: 'failed', id: third?.id ?? 0, message: 'There is no dataset: choose another.' });
    await page.getByText('There is no dataset: choose another.').waitFor();
  });
});
