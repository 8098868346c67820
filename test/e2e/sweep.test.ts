import assert from 'node:assert/strict';
import { frameWith } from '../harness/frameWith';
import { packagedExtension } from '../harness/packagedExtension';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';
import { emnistZip } from '../unit/datasets/downloads/samples';
import { type FileServer, serve } from '../unit/datasets/downloads/server';

const NAME = 'EMNIST Balanced keras-mnist sweep';

describe('a sweep of six trials with halving', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);
  let server: FileServer;

  before(async () => {
    server = await serve([['emnist/gzip.zip', await emnistZip()]]);
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      settings: {
        'scrawl.datasets.mirror': server.address,
        'scrawl.training.epochs': 9,
        'scrawl.training.batchSize': 16,
        'scrawl.training.validationSplit': 0.2,
      },
      viewport: { width: 1280, height: 1000 },
    });
  });

  after(async () => {
    await workbench.close();
    await server.close();
  });

  const toast = (text: string | RegExp) =>
    workbench.page.locator('.notification-toast', { has: workbench.page.getByText(text) });
  const title = (text: string) => workbench.page.locator('.quick-input-title', { hasText: text });
  const tab = () => frameWith(workbench.page, 'scrawl-trial-table');
  /** The results of the trials by their numbers, in percent. */
  const results = async () => {
    const rows = await (await tab()).locator('tbody tr').allInnerTexts();
    const cells = rows.map((row) => row.split('\t').map((cell) => cell.trim()));
    return new Map(cells.map(([number = '', accuracy = '']) => [number, parseFloat(accuracy)]));
  };
  const compared = async () => [...(await results())].filter(([, accuracy]) => !Number.isNaN(accuracy));

  it('asks for everything with good answers chosen already', async () => {
    await workbench.runCommand('Scrawl: Download Dataset…');
    await workbench.choose('EMNIST Balanced');
    await toast('EMNIST Balanced is ready: 286 samples.').waitFor({ timeout: 60_000 });
    await workbench.runCommand('Scrawl: Start Sweep…');
    await title('Start Sweep (1/6)').waitFor();
    await workbench.choose('EMNIST Balanced');
    await title('Start Sweep (2/6)').waitFor();
    await workbench.choose('keras-mnist');
    for (const step of [3, 4, 5]) {
      await title(`Start Sweep (${String(step)}/6)`).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
    await title('Start Sweep (6/6)').waitFor();
    await workbench.page.keyboard.type('6');
    await workbench.page.keyboard.press('Enter');
    await until('six trials', async () => (await results()).size === 6);
  });

  it('is left behind by a window that closes, and goes on in the next one', async () => {
    await workbench.page.locator('.statusbar-item', { hasText: /trial \d\/6/ }).waitFor({ timeout: 60_000 });
    const before = await until('a result', async () => {
      const found = await compared();
      return found.length > 0 && found;
    });
    await workbench.reload();
    const offer = toast(
      new RegExp(`The sweep ${NAME} was interrupted after \\d of 6 trials and can be resumed`),
    );
    await offer.waitFor({ timeout: 60_000 });
    // the tab came back with what was compared
    const after = new Map(await compared());
    for (const [number, accuracy] of before) assert.ok((after.get(number) ?? 0) >= accuracy, number);
    assert.ok(after.size < 6, 'the search was not over');
    await offer.getByRole('button', { name: 'Resume' }).click();
    await workbench.page.locator('.statusbar-item', { hasText: /trial \d\/6/ }).waitFor({ timeout: 60_000 });
  });

  it('ends with the best model kept, which the pad can read with', async () => {
    await toast(new RegExp(`${NAME}: the best of 6 trials is \\d with `)).waitFor({ timeout: 150_000 });
    const page = await tab();
    await page.getByText(/Successive halving on .* · finished · 6 of 6 trials compared/).waitFor();
    const rows = await page.locator('tbody tr').allInnerTexts();
    const epochs = rows.map((row) => Number(row.split('\t')[2]));
    assert.deepEqual([...new Set(epochs)].sort(), [1, 3, 9], rows.join('\n'));
    assert.ok(epochs.filter((each) => each === 9).length < 3, 'few are trained to their end');
    await page.getByRole('button', { name: 'Use on Pad' }).click();
    await toast(/^The pad now .* EMNIST Balanced keras-mnist sweep\.$/).waitFor({ timeout: 60_000 });
  });
});
