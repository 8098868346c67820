import assert from 'node:assert/strict';
import { openDataset } from '../../../src/datasets/open';
import type { InkSamples } from '../../../src/datasets/samples';
import { temporaryFolder } from './import/temporary';

describe('a part of a dataset of ink', () => {
  const folder = temporaryFolder();

  async function labels(id: string): Promise<string[]> {
    const dataset = await openDataset(id);
    const { labels: indices } = (await dataset.load('all')) as InkSamples;
    return Array.from(indices, (index) => dataset.classes[index] ?? '');
  }

  it('is of JSON Lines those who are measured on or learned from, isolated or cut', async () => {
    const line = (label: string, flags: object) =>
      `${JSON.stringify({ label, writer: 'w', ...flags, strokes: [[[0, 0]]] })}\n`;
    const lines = [
      line('a', {}),
      line('b', { cut: true }),
      line('c', { dev: true }),
      line('d', { dev: true, cut: true }),
    ];
    const file = await folder.file('u.jsonl', lines.join(''));
    const parts = ['dev', 'train', 'dev-isolated', 'train-cut'].map((part) => labels(`${file}#${part}`));
    assert.deepEqual(await Promise.all(parts), [['c', 'd'], ['a', 'b'], ['c'], ['b']]);
    await assert.rejects(labels(`${file}#test`), /write #dev-isolated, say/);
  });

  it('is of InkML a share of the writers, and all shares together are everybody', async () => {
    const document = (writer: number) =>
      `<ink><annotation type="writer">w${String(writer)}</annotation><trace id="0">0 0, 5 5</trace>` +
      `<traceGroup><annotation type="truth">${String(writer % 10)}</annotation><traceView traceDataRef="0"/></traceGroup></ink>`;
    for (let writer = 0; writer < 30; writer++) {
      await folder.file(`ink/${String(writer)}.inkml`, document(writer));
    }
    const root = `${folder.path}/ink`;
    const [learned, measured] = [await labels(`${root}#writers1-4/5`), await labels(`${root}#writers5/5`)];
    assert.ok(measured.length > 0 && learned.length > measured.length);
    assert.deepEqual([...learned, ...measured].sort(), (await labels(root)).sort());
    await assert.rejects(labels(`${root}#writers6/5`), /is no share of the writers/);
  });

  it('knows how large a character is among those of its writer', async () => {
    const line = (height: number) =>
      `${JSON.stringify({
        label: 'l',
        writer: 'w',
        strokes: [
          [
            [0, 0],
            [0, height],
          ],
        ],
      })}\n`;
    const file = await folder.file('h.jsonl', [...new Array<string>(20).fill(line(100)), line(5)].join(''));
    const { penWidths } = (await (await openDataset(file)).load('all')) as InkSamples;
    assert.deepEqual([...new Set(penWidths)], [10]);
  });
});
