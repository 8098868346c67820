import assert from 'node:assert/strict';
import { openDataset } from '../../../../src/datasets/open';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { barFile, refused, temporaryFolder } from './temporary';

describe('pictures opened by their path', () => {
  const folder = temporaryFolder();

  it('are a dataset as imported ones are, whole or a share of each folder', async () => {
    const picture = await barFile('png');
    for (const name of ['A', 'b']) {
      for (let i = 0; i < 7; i++) await folder.file(`scans/${name}/${String(i)}.png`, picture);
    }
    const location = `${folder.path}/scans`;
    const counted = async (part: string) => {
      const dataset = await openDataset(`${location}${part}`);
      const { labels, pixels, height } = (await dataset.load('all')) as ImageSamples;
      assert.equal(pixels.length, labels.length * 28 * 28);
      return [
        dataset.classes.join(''),
        height,
        [...labels].filter((label) => label === 1).length,
        labels.length,
      ];
    };
    assert.deepEqual(await counted(''), ['Ab', 28, 7, 14]);
    assert.deepEqual(await counted('#1-4/5'), ['Ab', 28, 6, 12]);
    assert.deepEqual(await counted('#5/5'), ['Ab', 28, 1, 2]);
    await refused(openDataset(`${location}#6/5`), /"6\/5" is no share/);
    const dataset = await openDataset(location);
    await refused(dataset.load('test'), /has no test split/);
  });

  it('are rows of pixels too', async () => {
    const row = (label: number) => [label, ...Array.from({ length: 784 }, (_, i) => i % 256)].join(',');
    const file = await folder.file('rows.csv', `${row(3)}\n${row(5)}\n`);
    const dataset = await openDataset(file);
    const { labels, pixels } = (await dataset.load('all')) as ImageSamples;
    assert.deepEqual(
      [[...labels].map((label) => dataset.classes[label]), pixels[700]],
      [['3', '5'], 700 % 256],
    );
  });
});
