import assert from 'node:assert/strict';
import { catalog, editText, readNetwork, shownNetwork } from '../../../src/host/networks/designerState';
import { NetworkError, parseNetwork } from '../../../src/networks/network';
import { writeNetwork } from '../../../src/networks/networkText';
import { PRESETS } from '../../../src/networks/presets';
import { designerToHostSchema } from '../../../src/protocol/pages/designer';

const LENET = PRESETS['lenet-5'];

describe('what the network designer shows', () => {
  it('is the shape and the weights of each layer of LeNet-5 (LeCun et al. 1998)', () => {
    assert.ok(LENET);
    const { layers, last, total } = shownNetwork(LENET, 1, 10);
    assert.deepEqual(
      layers.map(({ summary, output, weights }) => [summary, output?.join('x'), weights]),
      [
        ['6 filters, 5x5, same, tanh', '28x28x6', 156],
        ['2x2', '14x14x6', 0],
        // the paper connects only some maps: 1,516
        ['16 filters, 5x5, tanh', '10x10x16', 2416],
        ['2x2', '5x5x16', 0],
        ['', '400', 0],
        ['120 units, tanh', '120', 48_120],
        ['84 units, tanh', '84', 10_164],
      ],
    );
    assert.deepEqual(last, { flattens: false, classes: 10, weights: 850 });
    assert.equal(total, 61_706);
  });

  it('lays out a picture before the last layer', () => {
    const { last, total } = shownNetwork({ name: 'none', input: [28, 28, 1], layers: [] }, 1, 10);
    assert.deepEqual(last, { flattens: true, classes: 10, weights: 7850 });
    assert.equal(total, 7850);
  });

  it('names the layer that cannot work, and counts nothing behind it', () => {
    const shown = shownNetwork(
      {
        name: 'wrong',
        input: [28, 28, 1],
        layers: [{ type: 'flatten' }, { type: 'conv2d', filters: 2, kernelSize: 3 }, { type: 'flatten' }],
      },
      1,
      10,
    );
    assert.equal(shown.problem?.layer, 1);
    assert.match(shown.problem.reason, /picture/);
    assert.equal(shown.total, undefined);
    assert.deepEqual(
      shown.layers.map(({ output }) => output),
      [[784], undefined, undefined],
    );
  });

  it('passes the border for every preset, and for the largest networks', () => {
    const huge = {
      name: 'huge',
      input: [1024, 1024, 4] as [number, number, number],
      layers: [
        ...Array.from({ length: 190 }, () => ({ type: 'zeroPadding2d' as const, padding: 4096 })),
        { type: 'conv2d' as const, filters: 4096, kernelSize: 4096 },
        { type: 'prelu' as const },
      ],
    };
    for (const network of [...Object.values(PRESETS), huge]) {
      const message = shownNetwork(network, 3, 94);
      assert.deepEqual(JSON.parse(JSON.stringify(message)), message);
    }
    const all = catalog([{ name: 'MNIST', classes: 10 }]);
    assert.deepEqual(JSON.parse(JSON.stringify(all)), all);
  });

  it('makes a network of an empty file, named after it', () => {
    assert.deepEqual(readNetwork(' \n', 'mine.scrawlnet.json'), {
      name: 'mine',
      input: [28, 28, 1],
      layers: [],
    });
    const text = editText('', 'mine.scrawlnet.json', { type: 'insert', at: 0, layer: 'flatten' });
    assert.deepEqual(parseNetwork(text), { name: 'mine', input: [28, 28, 1], layers: [{ type: 'flatten' }] });
  });

  it('writes only what is a network', () => {
    assert.ok(LENET);
    const text = writeNetwork(LENET);
    for (const type of ['lstm', 'toString', '__proto__'])
      assert.throws(() => editText(text, 'n', { type: 'insert', at: 0, layer: type }), NetworkError);
    assert.throws(() => editText('{', 'n', { type: 'remove', at: 0 }), NetworkError);
  });

  it('takes no message that is none', () => {
    for (const message of [
      { type: 'edit', revision: 1, edit: { type: 'insert', at: -1, layer: 'flatten' } },
      { type: 'picture', svg: '<script>' },
      { type: 'classes', classes: 0 },
    ])
      assert.ok(!designerToHostSchema.safeParse(message).success, message.type);
  });
});
