import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { frameWith } from '../harness/frameWith';
import { packagedExtension } from '../harness/packagedExtension';
import type { Pad } from '../harness/pad';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';
import { handwritten } from '../harness/writer';
import { type FileServer, serve } from '../unit/datasets/downloads/server';

const MNIST = path.resolve('..', 'shared', 'data', 'mnist');
const FILES = ['train', 't10k'].flatMap((part) => [
  `${part}-images-idx3-ubyte.gz`,
  `${part}-labels-idx1-ubyte.gz`,
]);
/** As many samples as a model can be personalized from. */
const SAMPLES = 8;
/** A 7 as some write it who have just learned to: turned round. No model of MNIST takes it for a 7, whatever its seed. */
const TURNED = handwritten('7').map((stroke) => stroke.map(([x, y]): [number, number] => [-x, y]));

describe('a model that is looked at, and mended', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);
  let server: FileServer;
  let pad: Pad;

  before(async function () {
    if (!existsSync(MNIST)) {
      console.log(`      ${MNIST} is missing: nothing to train on`);
      this.skip();
    }
    const served = FILES.map(async (name): Promise<[string, Buffer]> => [
      `mnist/${name}`,
      await readFile(path.join(MNIST, name)),
    ]);
    server = await serve(await Promise.all(served));
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      files: { 'note.txt': '' },
      settings: {
        'scrawl.datasets.mirror': server.address,
        'scrawl.training.epochs': 2,
        'scrawl.training.limit': 6000,
        'scrawl.training.batchSize': 64,
      },
      viewport: { width: 1280, height: 1000 },
    });
  });

  after(async () => {
    if (!existsSync(MNIST)) return;
    await workbench.close();
    await server.close();
  });

  const notification = (text: RegExp) => workbench.page.locator('.notification-toast').getByText(text);
  /** Answers what is said in the end; training takes its time. */
  const answer = async (text: RegExp, button: string) => {
    const toast = notification(text).locator('xpath=ancestor::*[contains(@class,"notification-toast ")]');
    await toast.getByRole('button', { name: button }).click({ timeout: 120_000 });
  };
  const evaluation = () => frameWith(workbench.page, 'scrawl-evaluation');
  const worstPair = async () => (await evaluation()).getByRole('button', { name: /taken for/ }).first();
  /** Samples of the test split that are read right, of 10,000. */
  const rightOf10000 = async () => {
    const share = await (await evaluation()).locator('.accuracy .value').innerText();
    return Math.round(100 * Number.parseFloat(share));
  };

  it('is trained', async () => {
    await workbench.runCommand('Scrawl: Download Dataset…');
    await workbench.choose('MNIST');
    await notification(/MNIST is ready/).waitFor({ timeout: 60_000 });
    await workbench.runCommand('Scrawl: Train Model…');
    await workbench.choose('MNIST');
    await workbench.choose('cntk-strided');
    await workbench.page.locator('.quick-input-title', { hasText: 'Train Model (3/4)' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.choose('Start Training');
    await answer(/is trained: \d\d\.\d+% right/, 'Use on Pad');
  });

  it('is evaluated, and what it confuses most comes first', async () => {
    await workbench.runCommand('Scrawl: Evaluate Model…');
    await workbench.choose('MNIST cntk-strided');
    await workbench.choose('MNIST');
    await workbench.choose('Test');
    await workbench.choose('Digits');
    await (await worstPair()).waitFor({ timeout: 120_000 });
  });

  it('lists the samples of the worst pair, and is judged anew when a label is corrected', async () => {
    const worst = await worstPair();
    const [, truth = '', predicted = '', count = ''] =
      /^(\d) taken for (\d): ([\d,]+) samples/.exec((await worst.locator('.hidden').textContent()) ?? '') ??
      [];
    const before = await rightOf10000();
    await worst.click();
    const samples = (await evaluation()).locator('.samples');
    await samples.getByRole('heading', { name: `${truth} → ${predicted}` }).waitFor({ timeout: 60_000 });
    await samples.locator(`#current-sample[aria-label^="${truth} taken for ${predicted}, "]`).waitFor();
    await samples.locator('scrawl-grid .window').focus();
    await samples.locator('scrawl-grid .window:focus').waitFor();
    await workbench.page.keyboard.press('Space');
    await samples.getByText('Nothing chosen').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('r');
    await workbench.choose(predicted);
    await samples.getByText(`Relabeled 1 sample as ${predicted}.`).first().waitFor();
    await samples.getByRole('button', { name: 'Refresh: 1 changed' }).waitFor();
    await until('the figures to follow', async () => (await rightOf10000()) === before + 1);
    const left = Number(count) - 1;
    await (
      await evaluation()
    )
      .getByRole('button', { name: new RegExp(`^${truth} taken for ${predicted}: ${String(left)} sample`) })
      .waitFor();
  });

  it('shows the samples that it lists in the gallery, too', async () => {
    const samples = (await evaluation()).locator('.samples');
    const title = await samples.getByRole('heading').first().innerText();
    await samples.getByRole('button', { name: 'Open in Gallery' }).click();
    const gallery = await frameWith(workbench.page, 'scrawl-gallery');
    await gallery.getByRole('heading', { name: title }).waitFor({ timeout: 60_000 });
    await workbench.runCommand('View: Close All Editors');
  });

  it('is shown what a hand of its own means', async () => {
    await workbench.openFile('note.txt');
    pad = await workbench.openPad();
    for (let count = 0; count < SAMPLES; count++) {
      await pad.draw(TURNED);
      assert.notEqual(await pad.untilReadAsSomething(), '7');
      await workbench.runCommand('Scrawl: Keep as Sample');
      await workbench.choose('7');
      await pad.untilSaid('Kept as 7');
      await pad.press('Escape');
      await pad.untilEmpty();
    }
  });

  it('is personalized, and reads the same character right', async () => {
    await workbench.runCommand('Scrawl: Personalize Model');
    await answer(/learned from \d+ samples of your hand.*0\.0% before, 100\.0% now/, 'Use on Pad');
    await pad.draw(TURNED);
    await pad.untilRead('7');
    await pad.press('Enter');
    await pad.untilEmpty();
    await workbench.save();
    await workbench.untilFileHolds('note.txt', '7');
  });
});
