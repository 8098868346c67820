import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { frameWith } from '../harness/frameWith';
import { packagedExtension } from '../harness/packagedExtension';
import { untilShown } from '../harness/shown';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';
import { handwritten } from '../harness/writer';

const MNIST = path.resolve('..', 'shared', 'data', 'mnist');

/** Whether something shows before long. */
const shows = (what: Locator) =>
  what.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  );

describe('training from the palette, with real digits', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);

  before(async function () {
    if (!existsSync(MNIST)) {
      console.log(`      ${MNIST} is missing: nothing to train on`);
      this.skip();
    }
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      files: { 'note.txt': '' },
      settings: {
        'files.simpleDialog.enable': true,
        'scrawl.training.epochs': 3,
        'scrawl.training.limit': 20_000,
        'scrawl.training.batchSize': 64,
        'scrawl.training.outliveWindow': 'never',
      },
      viewport: { width: 1280, height: 1000 },
    });
  });

  after(async () => {
    if (existsSync(MNIST)) await workbench.close();
  });

  const view = () => frameWith(workbench.page, 'scrawl-training');
  const untilInView = (what: string, find: (page: Frame) => Locator) =>
    untilShown(workbench.page, 'scrawl-training', what, find);
  const title = (text: string) => workbench.page.locator('.quick-input-title', { hasText: text });
  const row = (name: string) =>
    workbench.page
      .locator('.quick-input-widget')
      .locator(`.monaco-list-row:is([aria-label="${name}"], [aria-label^="${name}, "])`);
  const notification = (text: RegExp) => workbench.page.locator('.notification-toast').getByText(text);

  it('asks for data, network and name, with good answers chosen already', async () => {
    await workbench.runCommand('Scrawl: Train Model…');
    await workbench.choose('From a Folder…');
    const input = workbench.page.locator('.quick-input-widget input[type="text"]');
    await until('the dialog', async () => (await input.inputValue()).startsWith('/'));
    // the dialog may still be filling in where it starts
    await until('the folder on the list', async () => {
      await input.fill('/');
      await input.fill(`${path.dirname(MNIST)}/`);
      return shows(row('mnist'));
    });
    // the dialog goes into the folder that is clicked, and takes the one that it is in
    await row('mnist').click();
    await until('the folder', async () => (await input.inputValue()) === `${MNIST}/`);
    // a dialog that is still reading the folder lets the click go
    await until('the networks', async () => {
      const taken = workbench.page.getByRole('button', { name: 'Train on This' });
      await taken.click({ timeout: 2000 }).catch(() => undefined);
      return shows(title('Train Model (2/4)'));
    });
    await workbench.choose('cntk-strided');
    await title('Train Model (3/4)').waitFor();
    assert.equal(await input.inputValue(), 'mnist cntk-strided');
    await workbench.page.keyboard.press('Enter');
    await workbench.choose('Start Training');
  });

  it('draws the curve while the run learns', async () => {
    await untilInView('the curve', (page) => page.locator('scrawl-chart canvas'));
    await untilInView('the speed', (page) => page.locator('scrawl-live-run').getByText(/samples\/s/));
    await untilInView('the reading', (page) => page.locator('.reading').getByText(/training/));
    await workbench.page.locator('.statusbar-item', { hasText: /epoch \d\/3/ }).waitFor();
  });

  it('is left behind by a window that closes, and goes on in the next one', async () => {
    await workbench.reload();
    await notification(/The training of mnist cntk-strided was interrupted and can be resumed/)
      .locator('xpath=ancestor::*[contains(@class,"notification-toast ")]')
      .getByRole('button', { name: 'Resume' })
      .click({ timeout: 60_000 });
    await workbench.page.locator('.statusbar-item', { hasText: /epoch \d\/3/ }).waitFor({ timeout: 60_000 });
  });

  it('is paused, goes on, and says what came of it', async () => {
    const page = await view();
    await page.locator('.live-buttons').getByText('Pause').click();
    await page.locator('.run .facts', { hasText: 'paused at' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: /^Resume/ }).click({ force: true });
    await notification(/is trained: 9\d\.\d+% right after 3 epochs/).waitFor({ timeout: 120_000 });
  });

  it('reads what is drawn with the new model', async () => {
    await workbench.openFile('note.txt');
    await notification(/is trained/)
      .locator('xpath=ancestor::*[contains(@class,"notification-toast ")]')
      .getByRole('button', { name: 'Use on Pad' })
      .click();
    const pad = await workbench.openPad();
    await pad.draw(handwritten('3'));
    await pad.untilRead('3');
    // a model of digits gives nothing else
    for (const text of await pad.candidates()) assert.match(text, /^\d$/);
    await pad.press('Enter');
    await pad.untilEmpty();
    await workbench.save();
    await workbench.untilFileHolds('note.txt', '3');
  });
});
