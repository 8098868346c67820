import assert from 'node:assert/strict';
import { type Edit, edited } from '../../../src/networks/edit';
import { parseNetwork } from '../../../src/networks/network';
import { layerSpans, rewriteNetwork, smallestChange, writeNetwork } from '../../../src/networks/networkText';
import { PRESETS } from '../../../src/networks/presets';

/** As a person may have written it: two styles of layers, order of their own, a tab, spare spaces. */
const OWN = `{
  "layers":   [
      {"type":"conv2d",  "kernelSize": [5,5], "filters": 8},
      {
        "type": "flatten"
      }
    ],
  "input": [28,28,1], "name": "a \\"quoted\\" [name], {here}"
}`;

function rewritten(text: string, edit: Edit): string {
  const before = parseNetwork(text);
  const after = edited(before, edit);
  const result = rewriteNetwork(text, before, after);
  assert.deepEqual(parseNetwork(result), after);
  return result;
}

describe('the text of a network', () => {
  it('is one line a layer in a new file', () => {
    const text = writeNetwork({
      name: 'n',
      input: [28, 28, 1],
      layers: [{ type: 'conv2d', filters: 6, kernelSize: [5, 3] }, { type: 'flatten' }],
    });
    assert.equal(
      text,
      `{
  "name": "n",
  "input": [28, 28, 1],
  "layers": [
    { "type": "conv2d", "filters": 6, "kernelSize": [5, 3] },
    { "type": "flatten" }
  ]
}
`,
    );
  });

  it('is read back the same, for every preset', () => {
    for (const network of Object.values(PRESETS))
      assert.deepEqual(parseNetwork(writeNetwork(network)), network);
  });

  it('changes only where the network does', () => {
    assert.equal(
      rewritten(OWN, { type: 'set', at: 0, parameter: 'filters', value: 9 }),
      OWN.replace(
        '{"type":"conv2d",  "kernelSize": [5,5], "filters": 8}',
        '{ "type": "conv2d", "filters": 9, "kernelSize": [5, 5] }',
      ),
    );
    assert.equal(
      rewritten(OWN, { type: 'input', input: [32, 32, 3] }),
      OWN.replace('[28,28,1]', '[32, 32, 3]'),
    );
    assert.equal(
      rewritten(OWN, { type: 'rename', name: 'other' }),
      OWN.replace('"a \\"quoted\\" [name], {here}"', '"other"'),
    );
  });

  it('keeps the text of layers that move', () => {
    const moved = rewritten(OWN, { type: 'move', from: 0, to: 1 });
    assert.ok(moved.includes('{"type":"conv2d",  "kernelSize": [5,5], "filters": 8}'), moved);
    assert.equal(rewritten(moved, { type: 'move', from: 1, to: 0 }), OWN);
  });

  it('lays new layers out as those that are there', () => {
    const wide = JSON.stringify(PRESETS['lenet-5'], null, 4).replaceAll('\n', '\r\n');
    const text = rewritten(wide, { type: 'insert', at: 2, layer: { type: 'dropout', rate: 0.5 } });
    assert.ok(
      text.includes(
        '\r\n        {\r\n            "type": "dropout",\r\n            "rate": 0.5\r\n        },\r\n        {',
      ),
    );
    assert.equal(rewritten(text, { type: 'remove', at: 2 }), wide);
  });

  it('comes from no layers and goes back to none', () => {
    for (const empty of [
      '{"name":"n","input":[28,28,1],"layers":[]}',
      '{\n\t"name": "n",\n\t"input": [28, 28, 1],\n\t"layers": []\n}\n',
    ]) {
      const one = rewritten(empty, { type: 'insert', at: 0, layer: { type: 'flatten' } });
      assert.equal(rewritten(one, { type: 'remove', at: 0 }), empty);
    }
  });

  it('of one line stays on it', () => {
    const line = '{"name":"n","input":[28,28,1],"layers":[{"type":"flatten"}]}';
    const text = rewritten(line, { type: 'insert', at: 1, layer: { type: 'dense', units: 5 } });
    assert.equal(text, line.replace('}]', '}, { "type": "dense", "units": 5 }]'));
  });

  it('knows where each layer stands', () => {
    assert.deepEqual(
      layerSpans(OWN).map(({ start, end }) => JSON.parse(OWN.slice(start, end)) as unknown),
      [{ type: 'conv2d', kernelSize: [5, 5], filters: 8 }, { type: 'flatten' }],
    );
  });

  it('takes the last of two values with one name, as JSON does', () => {
    const text = '{"name":"}","input":[28,28,1],"layers":[],"layers":[{"type":"flatten"}],"name":"n"}';
    const [layer] = layerSpans(text);
    assert.equal(text.slice(layer?.start, layer?.end), '{"type":"flatten"}');
    assert.equal(rewritten(text, { type: 'rename', name: 'm' }), text.replace('"n"', '"m"'));
  });

  it('is replaced in its smallest part', () => {
    assert.deepEqual(smallestChange('abcabc', 'abXabc'), { span: { start: 2, end: 3 }, text: 'X' });
    assert.deepEqual(smallestChange('aa', 'aaa'), { span: { start: 2, end: 2 }, text: 'a' });
    assert.deepEqual(smallestChange('same', 'same'), { span: { start: 4, end: 4 }, text: '' });
  });
});
