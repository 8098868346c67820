import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { writeNetwork } from '../../src/networks/networkText';
import { PRESETS } from '../../src/networks/presets';
import { until } from '../harness/until';
import { inBrowser } from './inBrowser';
import { DesignerPage, type DesignerPageOptions } from './designerPage';
import type { Theme } from './themes';

const lenet = PRESETS['lenet-5'];
assert.ok(lenet);
const LENET = writeNetwork(lenet);
const WRONG = writeNetwork({
  name: 'wrong',
  input: [28, 28, 1],
  layers: [{ type: 'flatten' }, { type: 'conv2d', filters: 6, kernelSize: 5 }, { type: 'dense', units: 9 }],
});

describe('network designer', () => {
  let designer: DesignerPage;
  const openPage = inBrowser((browser, options?: DesignerPageOptions) => DesignerPage.open(browser, options));

  const open = async (options?: DesignerPageOptions) => {
    designer = await openPage(options);
  };
  const types = () => designer.network.layers.map(({ type }) => type);
  const status = () => designer.page.locator('footer').innerText();

  /** Drags by hand: press, a few moves, release. */
  async function drag(from: Locator, to: { x: number; y: number }): Promise<void> {
    await from.scrollIntoViewIfNeeded();
    const box = await from.boundingBox();
    assert.ok(box);
    const { mouse } = designer.page;
    await mouse.move(box.x + 30, box.y + 12);
    await mouse.down();
    await mouse.move(box.x + 40, box.y + 20);
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
    await designer.settled();
  }

  async function topOf(layer: Locator) {
    const box = await layer.boundingBox();
    assert.ok(box);
    return { x: box.x + 60, y: box.y + 3 };
  }

  describe('the network', () => {
    it('is shown with shapes and weights', async () => {
      await open({ text: LENET });
      const text = await designer.layer(2).innerText();
      for (const part of ['Convolution', '16 filters, 5x5, tanh', '10x10x16', '2,416 weights'])
        assert.ok(text.includes(part), `${part} in ${text}`);
      assert.match(await status(), /7 layers, 66,126 weights/);
    });

    it('is counted for other numbers of classes', async () => {
      await open({ text: LENET });
      const classes = designer.page.getByLabel('Classes', { exact: true });
      assert.ok((await classes.innerText()).includes('10 (MNIST)'));
      await classes.selectOption('10 (digits)');
      await until('the count', async () => (await status()).includes('61,706 weights'));
    });

    it('has a picture whose stages choose their layers', async () => {
      await open({ text: LENET });
      const picture = designer.page.locator('scrawl-whole-picture svg');
      const label = (await picture.getAttribute('aria-label')) ?? '';
      assert.match(label, /Convolution: 16 of 10x10/);
      await picture.locator('.block').nth(3).click();
      assert.match(await designer.focused(), /^Layer 3 of 7: Convolution/);
    });

    it('gives its picture as a file that stands alone', async () => {
      await open({ text: LENET });
      await designer.page.getByLabel('Export picture…').click();
      const sent = await until('the picture', () => designer.sent.find(({ type }) => type === 'picture'));
      const svg = sent.type === 'picture' ? sent.svg : '';
      assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      assert.match(svg, /16 of 10x10/);
      assert.doesNotMatch(svg, /var\(|class=|<!--/);
      assert.doesNotMatch(svg, /(fill|stroke)=""/);
    });

    it('follows what another editor writes, and keeps the choice', async () => {
      await open({ text: LENET });
      await designer.layer(4).locator('.head').click();
      await designer.write(LENET.replace('"units": 120', '"units": 99'));
      assert.match(await designer.layer(5).innerText(), /99 units/);
      assert.equal(await designer.layer(4).locator('.head').getAttribute('aria-expanded'), 'true');
    });

    it('that is broken says so, and comes back whole', async () => {
      await open({ text: '{ "name": ' });
      await designer.page.getByText('The network file is not JSON').waitFor();
      await designer.page.getByRole('button', { name: 'Open as Text' }).click();
      await until('the request', () => designer.sent.some(({ type }) => type === 'openAsText'));
      await designer.write(LENET);
      assert.equal(await designer.page.locator('scrawl-layer').count(), 7);
    });

    it('that cannot work shows where and why, and Verify goes there', async () => {
      await open({ text: WRONG });
      assert.match(await designer.layer(1).innerText(), /the layer before it gives a list of numbers/);
      assert.match(await designer.layer(2).innerText(), /\?/);
      await designer.page.getByRole('button', { name: 'Verify' }).click();
      assert.match(await designer.focused(), /^Layer 2 of 3: Convolution.*Cannot work/);
      assert.match(await designer.announcement(), /^Layer 2, Convolution, cannot work/);
      await drag(designer.layer(1), await topOf(designer.layer(0)));
      await designer.untilTypes('conv2d', 'flatten', 'dense');
      await designer.page.getByRole('button', { name: 'Verify' }).click();
      assert.match(await designer.announcement(), /^Every layer fits: 3 layers/);
    });

    it('is trained by its button', async () => {
      await open({ text: LENET });
      await designer.page.getByRole('button', { name: 'Train this network…' }).click();
      await until('the request', () => designer.sent.some(({ type }) => type === 'train'));
    });
  });

  describe('by mouse', () => {
    it('adds behind the chosen layer and opens the form', async () => {
      await open({ text: LENET });
      await designer.layer(0).locator('.head').click();
      await designer.entry('Dropout').click();
      await designer.untilTypes('conv2d', 'dropout', ...types().slice(2));
      await until('the form', async () => (await designer.focused()) === 'Rate');
      assert.equal(await designer.announcement(), 'Dropout added as layer 2.');
    });

    it('drags a new layer to its place', async () => {
      await open({ text: LENET });
      await drag(designer.entry('Batch normalization'), await topOf(designer.layer(1)));
      await designer.untilTypes(
        'conv2d',
        'batchNormalization',
        ...lenet.layers.slice(1).map(({ type }) => type),
      );
    });

    it('drags the first layer into an empty network', async () => {
      await open();
      const box = await designer.page.locator('.empty').boundingBox();
      assert.ok(box);
      await drag(designer.entry('Convolution'), { x: box.x + 50, y: box.y + 20 });
      await designer.untilTypes('conv2d');
    });

    it('drags a layer to another place, and back out of the list to none', async () => {
      await open({ text: LENET });
      await drag(designer.layer(4), await topOf(designer.layer(1)));
      await designer.untilTypes(
        'conv2d',
        'flatten',
        'averagePooling2d',
        'conv2d',
        'averagePooling2d',
        'dense',
        'dense',
      );
      const before = types();
      await drag(designer.layer(0), { x: 20, y: 400 });
      assert.deepEqual(types(), before);
      assert.equal(await designer.page.locator('.ghost').count(), 0);
    });

    it('gives a drag up with Escape', async () => {
      await open({ text: LENET });
      const { mouse, keyboard } = designer.page;
      const from = await topOf(designer.layer(0));
      await mouse.move(from.x, from.y + 12);
      await mouse.down();
      await mouse.move(from.x, from.y + 120, { steps: 4 });
      assert.equal(await designer.page.locator('.drop-before, .drop-behind').count(), 1);
      await keyboard.press('Escape');
      await mouse.up();
      await designer.settled();
      assert.deepEqual(designer.network, lenet);
    });

    it('duplicates, moves and removes with the buttons of the chosen layer', async () => {
      await open({ text: LENET });
      await designer.layer(4).locator('.head').click();
      const press = (label: string) =>
        designer.page.getByRole('button', { name: label, exact: true }).click();
      const [first, second, third, fourth, flatten, ...denses] = types() as [
        string,
        string,
        string,
        string,
        string,
      ];
      await press('Duplicate');
      await designer.untilTypes(first, second, third, fourth, flatten, flatten, ...denses);
      await press('Move down');
      await designer.untilTypes(first, second, third, fourth, flatten, 'dense', flatten, 'dense');
      await press('Move up');
      await designer.untilTypes(first, second, third, fourth, flatten, flatten, ...denses);
      await press('Remove');
      await designer.untilTypes(first, second, third, fourth, flatten, ...denses);
    });

    it('asks VS Code to undo', async () => {
      await open({ text: LENET });
      await designer.layer(0).locator('.head').click();
      await designer.page.getByRole('button', { name: 'Remove', exact: true }).click();
      await until('six layers', () => designer.network.layers.length === 6);
      await designer.page.getByLabel('Undo').click();
      await until('seven layers', () => designer.network.layers.length === 7);
    });
  });

  describe('by keyboard', () => {
    beforeEach(async () => {
      await open({ text: LENET });
      await designer.layer(0).locator('.head').focus();
    });

    it('walks the layers', async () => {
      await designer.press('ArrowDown', 'ArrowDown');
      await until('the third layer', async () =>
        (await designer.focused()).startsWith('Layer 3 of 7: Convolution'),
      );
      await designer.press('End');
      await until('the last layer', async () => (await designer.focused()).startsWith('Layer 7 of 7'));
    });

    it('moves a layer, however quickly', async () => {
      await designer.press('Alt+ArrowDown');
      await until('the focus', async () => (await designer.focused()).startsWith('Layer 2 of 7'));
      await designer.press('Alt+ArrowDown');
      await designer.untilTypes('averagePooling2d', 'conv2d', 'conv2d', ...types().slice(3));
      await until('the focus', async () => (await designer.focused()).startsWith('Layer 3 of 7'));
      assert.equal(await designer.announcement(), 'Convolution is layer 3 now.');
    });

    it('removes and duplicates', async () => {
      await designer.press('Delete');
      await until('six layers', () => designer.network.layers.length === 6);
      await until('the focus', async () =>
        (await designer.focused()).startsWith('Layer 1 of 6: Average pooling'),
      );
      await designer.press('Shift+Alt+ArrowDown');
      await until('seven layers', () => designer.network.layers.length === 7);
      assert.deepEqual(types().slice(0, 2), ['averagePooling2d', 'averagePooling2d']);
    });

    it('edits with Enter and leaves with Escape', async () => {
      await designer.press('Enter');
      await until('the first box', async () => (await designer.focused()) === 'Filters');
      await designer.page.keyboard.type('12');
      await designer.press('Enter');
      await until('the value', () => (designer.network.layers[0] as { filters?: number }).filters === 12);
      await designer.press('Escape');
      assert.match(await designer.focused(), /^Layer 1 of 7/);
    });

    it('goes to the palette with +, finds by letter and adds with Enter', async () => {
      await designer.press('+', 'd', 'd', 'd');
      assert.match(await designer.focused(), /^Add Dropout/);
      await designer.press('Enter');
      await until('the layer', () => types()[1] === 'dropout');
      await until('its form', async () => (await designer.focused()) === 'Rate');
    });
  });

  describe('a form', () => {
    beforeEach(async () => {
      await open({ text: LENET });
      await designer.layer(2).locator('.head').click();
    });
    const layer = () => designer.network.layers[2];

    it('explains each parameter', async () => {
      const text = await designer.page.locator('.form').innerText();
      for (const part of ['Filters', 'How many patterns it learns', 'Stride', '2 halves height and width'])
        assert.ok(text.includes(part), part);
    });

    it('never writes what is not valid, and says what would be', async () => {
      const filters = designer.box('Filters');
      for (const wrong of ['0', '-3', '2.5', '5000', '']) {
        await filters.fill(wrong);
        await filters.press('Enter');
        await designer.page.getByText('Type a whole number from 1 to 4096.').waitFor();
        assert.equal(await filters.getAttribute('aria-invalid'), 'true');
      }
      assert.deepEqual(designer.network, lenet);
      await filters.press('Escape');
      await designer.layer(2).locator('.head').click();
      assert.equal(await filters.inputValue(), '16');
    });

    it('takes a number though the keyboard stays in its box, and what is typed then', async () => {
      await designer.box('Filters').click();
      await designer.press('Control+a', '2');
      await until('the number', () => JSON.stringify(layer()).includes('"filters":2,'));
      await designer.press('4');
      await until('the next one', () => JSON.stringify(layer()).includes('"filters":24,'));
      assert.equal(await designer.box('Filters').inputValue(), '24');
    });

    it('sets numbers, choices and checkboxes, and takes usual values out of the file', async () => {
      await designer.box('Filters').fill('20');
      await designer.box('Padding').selectOption('same');
      await designer.box('Activation').selectOption('linear');
      await designer.box('Bias').uncheck();
      await until('all of them', () => 'useBias' in (layer() ?? {}));
      assert.deepEqual(layer(), {
        type: 'conv2d',
        filters: 20,
        kernelSize: 5,
        padding: 'same',
        useBias: false,
      });
    });

    it('shows the file again when a change is refused', async () => {
      designer.refuse('The file cannot be changed: it may be read-only.');
      await designer.box('Activation').selectOption('relu');
      await until('the reason', async () => (await status()).includes('read-only'));
      await until('the value', async () => (await designer.box('Activation').inputValue()) === 'tanh');
    });

    it('sets height and width apart', async () => {
      await designer.page.getByRole('button', { name: 'Window: different height and width' }).click();
      await designer.box('Window, width').fill('3');
      await designer.press('Enter');
      await until('the pair', () => JSON.stringify(layer()).includes('[5,3]'));
      await designer.page.getByRole('button', { name: 'Window: different height and width' }).click();
      await until('one number', () => JSON.stringify(layer()).includes('"kernelSize":5'));
    });

    it('of a pooling shows that the stride is as the window, and takes a set one out', async () => {
      await designer.layer(1).locator('.head').click();
      const stride = designer.box('Stride');
      assert.equal(await stride.getAttribute('placeholder'), 'as the window');
      await stride.fill('1');
      await stride.press('Enter');
      await until('the stride', () => 'strides' in (designer.network.layers[1] ?? {}));
      await stride.fill('');
      await stride.press('Enter');
      await until('no stride', () => !('strides' in (designer.network.layers[1] ?? {})));
    });

    it('sets the size of the input', async () => {
      await designer.page.getByLabel('Input: height').fill('48');
      await designer.press('Tab');
      await until('the size', () => designer.network.input[0] === 48);
      assert.match(await designer.layer(0).innerText(), /48x28x6/);
    });

    it('names the network, but never nothing', async () => {
      const name = designer.page.getByLabel('Name of the network');
      await name.fill('mine');
      await name.press('Enter');
      await until('the name', () => designer.network.name === 'mine');
      await name.fill('  ');
      await name.press('Enter');
      assert.equal(await name.inputValue(), 'mine');
    });
  });

  it('shows after a reload what it showed before', async () => {
    await open({ text: LENET });
    await designer.layer(5).locator('.head').click();
    await designer.page
      .getByLabel('Classes', { exact: true })
      .selectOption('94 (letters, digits and symbols)');
    await designer.page.reload();
    await designer.page.evaluate(() => (window as unknown as { flush(): void }).flush());
    await designer.page.locator('scrawl-layer').nth(6).waitFor();
    assert.equal(await designer.layer(5).locator('.head').getAttribute('aria-expanded'), 'true');
    assert.match(await status(), /68,846 weights/);
  });

  for (const width of [200, 480, 900]) {
    for (const theme of ['dark', 'light', 'high-contrast'] satisfies Theme[]) {
      it(`fits ${width} px in ${theme}`, async () => {
        await open({ text: width === 480 ? WRONG : LENET, width, theme });
        await designer.layer(0).locator('.head').click();
        await designer.settled();
        const wider = await designer.page.evaluate(() => {
          const sections = [
            document.documentElement,
            ...document.querySelectorAll('.network, .palette, header'),
          ];
          return sections.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(String);
        });
        assert.deepEqual(wider, []);
      });
    }
  }
});
