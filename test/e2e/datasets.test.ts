import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { removeScratchFolder } from '../harness/scratch';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';
import { packagedExtension } from '../harness/packagedExtension';
import { emnistZip } from '../unit/datasets/downloads/samples';
import { type FileServer, serve } from '../unit/datasets/downloads/server';

describe('a dataset, from its download to an export', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);
  let server: FileServer;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    server = await serve([['emnist/gzip.zip', await emnistZip()]]);
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      settings: { 'scrawl.datasets.mirror': server.address, 'files.simpleDialog.enable': true },
    });
  });

  after(async () => {
    await workbench.close();
    await server.close();
    await removeScratchFolder(folder);
  });

  const notification = (text: string) => workbench.page.locator('.notification-toast').getByText(text);
  const browser = () =>
    workbench.page
      .frameLocator('iframe.webview.ready[src*="extensionId=scrawl.scrawl"]')
      .frameLocator('iframe#active-frame');
  const chosen = () => browser().locator('.chosen');

  it('is downloaded, and says so', async () => {
    await workbench.runCommand('Scrawl: Download Dataset…');
    await workbench.choose('EMNIST Balanced');
    await notification('EMNIST Balanced is ready: 286 samples.').waitFor();
  });

  it('is looked through and relabeled', async () => {
    await notification('EMNIST Balanced is ready')
      .locator('xpath=ancestor::*[contains(@class,"notification-toast ")]')
      .getByRole('button', { name: 'Browse' })
      .click();
    await browser().locator('.total', { hasText: '286 samples' }).waitFor({ timeout: 60_000 });
    await browser().locator('scrawl-grid .window').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await chosen().getByText('train 1').waitFor();
    await workbench.page.keyboard.press('r');
    const input = workbench.page.locator('.quick-input-widget input[type="text"]');
    await input.fill('b');
    await workbench.page.keyboard.press('Enter');
    await chosen().getByText('Relabeled 1 sample as b.', { exact: true }).waitFor();
  });

  it('comes back by itself in the tab that was open when the window closed', async () => {
    await workbench.reload();
    await browser().locator('.total', { hasText: '286 samples' }).waitFor({ timeout: 60_000 });
  });

  it('is exported with the new label', async () => {
    await workbench.runCommand('Scrawl: Export Dataset…');
    await workbench.choose('EMNIST Balanced');
    await workbench.choose('CNTK text format');
    const input = workbench.page.locator('.quick-input-widget input[type="text"]');
    await until('the dialog', async () => (await input.inputValue()).startsWith('/'));
    const out = path.join(folder, 'emnist-balanced-ctf');
    const confirmed = async () => {
      if (await input.isVisible()) {
        // the dialog may still be filling in where it starts, and its first Enter may only step into the folder
        if ((await input.inputValue()).startsWith(folder)) await workbench.page.keyboard.press('Enter');
        else await input.fill(`${folder}/`);
      }
      return (await readdir(folder)).includes('emnist-balanced-ctf');
    };
    await until('the export', confirmed, 60_000);
    const lines = (await readFile(path.join(out, 'train.ctf'), 'utf8')).trim().split('\n');
    const label = lines[1]
      ?.match(/\|labels ([01 ]+)/)?.[1]
      ?.trim()
      .split(' ')
      .indexOf('1');
    // digits come first, then capitals, then the small letters that are unlike theirs: a, b, d, …
    assert.equal(label, 37, 'the index of b');
  });
});
