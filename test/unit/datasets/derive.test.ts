import assert from 'node:assert/strict';
import { deriveDataset, type Share } from '../../../src/datasets/derive';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { changeSamples } from '../../../src/datasets/overlay';
import type { ImageSamples, InkSamples } from '../../../src/datasets/samples';
import { refused, temporaryFolder } from './import/temporary';

describe('a dataset of samples of another', () => {
  const folder = temporaryFolder();
  const derive = (id: string, shares: Share[], signal?: AbortSignal) =>
    deriveDataset(
      id,
      shares,
      { name: 'Wrong', source: 'Digits (test): Misclassified', signal },
      folder.store,
    );

  async function storeDigits() {
    await folder.file('d/train.csv', '0,1,1,1,1\n1,2,2,2,2\n2,3,3,3,3\n');
    await folder.file('d/test.csv', '0,4,4,4,4\n1,5,5,5,5\n3,6,6,6,6\n');
    await importDataset(`${folder.path}/d`, { name: 'Digits', license: 'CC0' }, folder.store);
  }
  const line = (label: string, writer: string) =>
    JSON.stringify({
      label,
      writer,
      strokes: [
        [
          [writer.length, 0],
          [1, 1],
        ],
      ],
    });

  it('has them as they are labeled now, without what is excluded, and says where it comes from', async () => {
    await storeDigits();
    const own = folder.store.folder('digits');
    await changeSamples(own, { split: 'test', indices: [0], change: { label: '7' } });
    await changeSamples(own, { split: 'test', indices: [1], change: { exclude: true } });
    const manifest = await derive('digits', [
      { target: 'all', from: 'train', places: [2] },
      { target: 'all', from: 'test', places: [2, 1, 0, 0, 99] },
    ]);
    assert.deepEqual(
      [manifest.id, manifest.source, manifest.license, manifest.officialSplits],
      ['wrong', 'Digits (test): Misclassified', 'CC0', []],
    );
    assert.equal(manifest.classes.join(''), '0123456789', 'as many as a model of the other knows');
    const { pixels, labels } = (await (await folder.store.open('wrong')).load('all')) as ImageSamples;
    assert.deepEqual(
      Array.from(labels, (label, at) => [manifest.classes[label], pixels[4 * at]]),
      [
        ['2', 3],
        ['7', 4],
        ['3', 6],
      ],
    );
  });

  it('has splits where shares name them, with the writers of ink', async () => {
    const lines = [line('A', 'a'), line('B', 'bb'), line('A', 'ccc'), line('C', 'bb')];
    await importDataset(await folder.file('ink.jsonl', lines.join('\n')), { name: 'Ink' }, folder.store);
    const manifest = await derive('ink', [
      { target: 'train', from: 'all', places: [0, 2] },
      { target: 'test', from: 'all', places: [3, 1] },
    ]);
    assert.deepEqual(manifest.officialSplits, ['train', 'test']);
    const test = (await (await folder.store.open('wrong')).load('test')) as InkSamples;
    assert.deepEqual(
      Array.from(test.labels, (label, at) => [
        manifest.classes[label],
        test.writers[at],
        test.inks[at]?.[0]?.[0],
      ]),
      [
        ['B', 'bb', [2, 0]],
        ['C', 'bb', [2, 0]],
      ],
    );
  });

  it('of texts has the texts that it holds', async () => {
    const lines = [line('one', 'a'), line('two', 'b'), line('three', 'c')];
    await importDataset(await folder.file('ink.jsonl', lines.join('\n')), { name: 'Ink' }, folder.store);
    const { classes, covers } = await derive('ink', [{ target: 'all', from: 'all', places: [0, 1] }]);
    assert.deepEqual(
      [classes, covers],
      [
        ['one', 'two'],
        ['one', 'two'],
      ],
    );
  });

  it('may be made of what the pad kept, under a label of its own too', async () => {
    await folder.store.handwriting.keep({ label: 'z', ink: [[[0, 0]]] });
    await folder.store.handwriting.keep({ label: 'y', ink: [[[7, 0]]] });
    const own = folder.store.folder('my-handwriting');
    await changeSamples(own, { split: 'all', indices: [1], change: { label: 'q' } });
    const manifest = await derive('my-handwriting', [{ target: 'all', from: 'all', places: [1] }]);
    const { inks, labels } = (await (await folder.store.open('wrong')).load('all')) as InkSamples;
    assert.deepEqual([manifest.classes[labels[0] ?? 0], inks], ['q', [[[[7, 0]]]]]);
  });

  it('is whole or not at all', async () => {
    await storeDigits();
    const shares: Share[] = [{ target: 'all', from: 'test', places: [0] }];
    await assert.rejects(derive('digits', shares, AbortSignal.abort(new Error('enough'))), /enough/);
    assert.equal(await folder.store.find('wrong'), undefined);
    const own = folder.store.folder('digits');
    await changeSamples(own, { split: 'test', indices: [0], change: { exclude: true } });
    await refused(derive('digits', shares), /All of these samples are excluded/);
    assert.equal(await folder.store.find('wrong'), undefined);
  });

  it('is not made of other samples than it was chosen from', async () => {
    await storeDigits();
    const shares: Share[] = [{ target: 'all', from: 'test', places: [0] }];
    const about = { name: 'Wrong', source: 'Digits' };
    const made = deriveDataset('digits', shares, { ...about, checksum: 'another' }, folder.store);
    await refused(made, /Digits has other samples by now: choose them again\./);
    const { checksum } = (await folder.store.open('digits')).stored;
    assert.equal((await deriveDataset('digits', shares, { ...about, checksum }, folder.store)).id, 'wrong');
  });
});
