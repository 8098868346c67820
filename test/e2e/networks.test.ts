import assert from 'node:assert/strict';
import { parseNetwork } from '../../src/networks/network';
import { PRESETS } from '../../src/networks/presets';
import { packagedExtension } from '../harness/packagedExtension';
import { until } from '../harness/until';
import { printOnFailure } from '../harness/printOnFailure';
import { Workbench } from '../harness/workbench';

/** The layers of LeNet-5 as one who copies them from a figure would set them: entry of the palette, then its boxes. */
const LENET: readonly (readonly [
  entry: string,
  boxes: readonly (readonly [name: string, value: string])[],
])[] = [
  [
    'Convolution',
    [
      ['Filters', '6'],
      ['Window', '5'],
      ['Padding', 'same'],
      ['Activation', 'tanh'],
    ],
  ],
  ['Average pooling', []],
  [
    'Convolution',
    [
      ['Filters', '16'],
      ['Window', '5'],
      ['Activation', 'tanh'],
    ],
  ],
  ['Average pooling', []],
  ['Flatten', []],
  [
    'Dense',
    [
      ['Units', '120'],
      ['Activation', 'tanh'],
    ],
  ],
  [
    'Dense',
    [
      ['Units', '84'],
      ['Activation', 'tanh'],
    ],
  ],
];

describe('a network, from nothing to a file', () => {
  let workbench: Workbench;
  printOnFailure(() => workbench);
  let actions = 0;

  before(async () => {
    workbench = await Workbench.open({
      extension: { vsix: packagedExtension() },
      viewport: { width: 1280, height: 800 },
    });
  });

  after(() => workbench.close());

  const designer = () =>
    workbench.page
      .frameLocator('iframe.webview.ready[src*="extensionId=scrawl.scrawl"]')
      .frameLocator('iframe#active-frame');
  const focused = () =>
    designer()
      .locator('body')
      .evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const press = async (key: string) => {
    actions += 1;
    await workbench.page.keyboard.press(key);
  };

  async function startEmpty(): Promise<void> {
    await workbench.runCommand('Scrawl: New Network…');
    await workbench.choose('Empty network');
    await designer().locator('.empty').waitFor({ timeout: 60_000 });
    actions = 0;
  }

  async function saved(name: string): Promise<void> {
    await designer().getByText('7 layers, 66,126 weights').waitFor();
    await workbench.save();
    const read = async () => parseNetwork(await workbench.readFile(name)).layers;
    const layers = await until('the file', () => read().catch(() => undefined));
    assert.deepEqual(layers, PRESETS['lenet-5']?.layers);
    await workbench.runCommand('View: Close All Editors');
  }

  it('is LeNet-5 by mouse', async () => {
    await startEmpty();
    for (const [index, [entry, boxes]] of LENET.entries()) {
      actions += 1;
      await designer().locator('.entry-name').getByText(entry, { exact: true }).click();
      for (const [name, value] of boxes) {
        const box = designer().locator('scrawl-layer').nth(index).getByLabel(name, { exact: true });
        actions += 2;
        if (/^\d+$/.test(value)) await box.fill(value);
        else await box.selectOption(value);
      }
    }
    await saved('my-network.scrawlnet.json');
    assert.ok(actions <= 30, `${actions} clicks and values`);
  });

  it('is saved and goes into a training by its button', async () => {
    await workbench.runCommand('Scrawl: New Network…');
    await workbench.choose('scrawl-small');
    await designer().getByRole('button', { name: 'Train this network…' }).click({ timeout: 60_000 });
    await workbench.page.locator('.quick-input-title', { hasText: 'Train Model' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    const { layers } = parseNetwork(await workbench.readFile('scrawl-small.scrawlnet.json'));
    assert.deepEqual(layers, PRESETS['scrawl-small']?.layers);
    await workbench.runCommand('View: Close All Editors');
  });

  it('is LeNet-5 by keyboard alone', async () => {
    await startEmpty();
    await until('the keyboard in the palette', async () => (await focused()).startsWith('Add Convolution'));
    for (const [index, [entry, boxes]] of LENET.entries()) {
      if (index > 0) {
        await press('Escape');
        await until('the layer', async () => (await focused()).startsWith(`Layer ${index} of ${index}`));
        await press('+');
        await until('the palette', async () => (await focused()).startsWith('Add '));
      }
      while (!(await focused()).startsWith(`Add ${entry}.`)) await press(entry.charAt(0).toLowerCase());
      await press('Enter');
      if (entry !== 'Flatten')
        await until('the form', async () => ['Filters', 'Window', 'Units'].includes(await focused()));
      else await until('the layer', async () => (await focused()).startsWith(`Layer ${index + 1} `));
      for (const [name, value] of boxes) {
        while ((await focused()) !== name) await press('Tab');
        for (const letter of value) await press(letter);
      }
    }
    await press('Tab');
    await saved('my-network-2.scrawlnet.json');
    assert.ok(actions <= 100, `${actions} keys`);
  });
});
