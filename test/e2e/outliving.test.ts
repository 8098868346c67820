import assert from 'node:assert/strict';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { frameWith } from '../harness/frameWith';
import { packagedExtension } from '../harness/packagedExtension';
import { printOnFailure } from '../harness/printOnFailure';
import { untilShown } from '../harness/shown';
import { until } from '../harness/until';
import { Workbench } from '../harness/workbench';

const DATA = path.resolve('test', 'fixtures', 'emnist');

describe('a run that outlives its window', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);

  before(async () => {
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      settings: {
        'files.simpleDialog.enable': true,
        // so many epochs that it does not end by itself
        'scrawl.training.epochs': 9999,
        'scrawl.training.patience': 0,
        // this workbench is a remote one, where that is so unless it is set
        'scrawl.training.outliveWindow': 'remote',
      },
      viewport: { width: 1280, height: 1000 },
    });
  });

  after(async () => {
    for (const pid of workbench.trainers()) process.kill(pid, 'SIGKILL');
    await workbench.close();
  });

  const view = () => frameWith(workbench.page, 'scrawl-training');
  const untilInView = (what: string, find: (page: Frame) => Locator) =>
    untilShown(workbench.page, 'scrawl-training', what, find);
  const act = async (label: string) =>
    (await view()).locator('.live-buttons').getByText(label).click({ timeout: 30_000 });
  const epoch = () =>
    until('its epoch in the status bar', async () => {
      const texts = await workbench.page.locator('.statusbar-item').allInnerTexts();
      const found = texts.map((text) => /epoch (\d+)\/9999/.exec(text)?.[1]).find((each) => each);
      return found === undefined ? undefined : Number(found);
    });

  it('is started as any other', async () => {
    await workbench.runCommand('Scrawl: Train Model…');
    await workbench.choose('From a Folder…');
    const input = workbench.page.locator('.quick-input-widget input[type="text"]');
    await until('the dialog', async () => (await input.inputValue()).startsWith('/'));
    await until('the networks', async () => {
      const title = workbench.page.locator('.quick-input-title', { hasText: 'Train Model (2/4)' });
      if (await title.isVisible()) return true;
      await input.fill(`${DATA}/`, { timeout: 2000 }).catch(() => undefined);
      const taken = workbench.page.getByRole('button', { name: 'Train on This' });
      await taken.click({ timeout: 2000 }).catch(() => undefined);
      return false;
    });
    await workbench.choose('cntk-strided');
    await workbench.page.locator('.quick-input-title', { hasText: 'Train Model (3/4)' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.choose('Start Training');
    await until('it to learn', async () => (await epoch()) > 1, 60_000);
    await untilInView('that it goes on', (page) => page.getByText('goes on when VS Code is closed'));
  });

  it('trains on while no window is there, and shows where it is in the next', async () => {
    const [trainer, ...others] = workbench.trainers();
    assert.ok(trainer !== undefined);
    assert.deepEqual(others, []);
    const before = await epoch();
    await workbench.reload();
    await until('it to have gone on', async () => (await epoch()) > before, 60_000);
    assert.deepEqual(workbench.trainers(), [trainer]);
    await workbench.runCommand('Scrawl: Show Training');
    await untilInView('the speed', (page) => page.locator('scrawl-live-run').getByText(/samples\/s/));
    await untilInView('the curve', (page) => page.locator('scrawl-chart canvas'));
  });

  it('is paused by that window, goes on and gives its model', async () => {
    await act('Pause');
    await untilInView('the pause', (page) => page.locator('.run .facts', { hasText: 'paused at' }));
    await until('its process to end', () => workbench.trainers().length === 0);
    await (await view()).getByRole('button', { name: /^Resume/ }).click({ force: true });
    await untilInView('it to go on', (page) => page.locator('scrawl-live-run').getByText(/samples\/s/));
    await act('Stop');
    await workbench.page
      .locator('.notification-toast')
      .getByText(/emnist cntk-strided is trained/)
      .waitFor({ timeout: 60_000 });
    await untilInView('what came of it', (page) => page.locator('scrawl-finished-run'));
  });
});
