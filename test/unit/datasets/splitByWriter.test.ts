import assert from 'node:assert/strict';
import type { InkSamples } from '../../../src/datasets/samples';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { splitByWriter } from '../../../src/datasets/splitByWriter';
import { refused, temporaryFolder } from './import/temporary';

describe('splits by writer', () => {
  const folder = temporaryFolder();
  const line = (label: string, writer?: string) =>
    JSON.stringify({
      label,
      writer,
      strokes: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    });

  async function store(lines: readonly string[]) {
    await importDataset(await folder.file('ink.jsonl', lines.join('\n')), { name: 'Ink' }, folder.store);
  }
  const split = (test: number, validation: number, seed = 0, name = 'Apart') =>
    splitByWriter('ink', { name, test, validation, seed }, folder.store);
  async function writersIn(id: string): Promise<Record<string, string[]>> {
    const dataset = await folder.store.open(id);
    const found: Record<string, string[]> = {};
    for (const part of dataset.officialSplits) {
      const { writers } = (await dataset.load(part)) as InkSamples;
      found[part] = [...new Set(writers.map((writer) => writer ?? 'unknown'))].sort();
    }
    return found;
  }
  /** Ten writers of ten samples each, one after the other. */
  const tenHands = Array.from({ length: 100 }, (_, at) => line('ab'[at % 2] ?? '', `w${String(at % 10)}`));

  it('have all samples of a writer on one side, and about as many as was asked for', async () => {
    await store(tenHands);
    const { counts, officialSplits, source } = await split(0.2, 0.1);
    assert.deepEqual(officialSplits, ['train', 'validation', 'test']);
    const sizes = Object.entries(counts).map(([part, own]) => [
      part,
      own.reduce((sum, count) => sum + count, 0),
    ]);
    assert.deepEqual(Object.fromEntries(sizes), { train: 70, validation: 10, test: 20 });
    assert.equal(source, 'ink, split by writer: 7 train + 1 validation + 2 test');
    const writers = Object.values(await writersIn('apart')).flat();
    assert.equal(writers.length, 10);
    assert.equal(new Set(writers).size, 10, 'nobody is in two');
  });

  it('hold no more back than was asked for, however much one writer wrote, and count unknown hands', async () => {
    const by = (writer: string | undefined, count: number) =>
      Array.from({ length: count }, (_, at) => line('ab'[at % 2] ?? '', writer));
    const few = Array.from({ length: 9 }, (_, at) => by(`w${String(at)}`, 5)).flat();
    await store([...by('prolific', 55), ...few, ...by(undefined, 100)]);
    for (const seed of [0, 1, 2, 3, 4]) {
      const { counts } = await split(0.1, 0.1, seed, `Apart ${String(seed)}`);
      const sizes = Object.fromEntries(
        Object.entries(counts).map(([part, own]) => [part, own.reduce((sum, count) => sum + count, 0)]),
      );
      assert.deepEqual(sizes, { train: 160, validation: 20, test: 20 });
    }
  });

  it('are the same by the same seed, and others by another', async () => {
    await store(tenHands);
    for (const [name, seed] of [
      ['One', 1],
      ['Again', 1],
      ['Two', 2],
    ] as const)
      await split(0.3, 0, seed, name);
    assert.deepEqual(await writersIn('one'), await writersIn('again'));
    assert.notDeepEqual(await writersIn('one'), await writersIn('two'));
    assert.deepEqual(Object.keys(await writersIn('one')), ['train', 'test']);
  });

  it('train on hands that are not known, and leave one writer to each part at least', async () => {
    await store([line('a'), line('b', 'x'), line('a', 'y'), line('b', 'z'), line('a', 'z')]);
    await split(0.45, 0.45);
    const { train = [], validation = [], test = [] } = await writersIn('apart');
    assert.equal(train.includes('unknown'), true);
    assert.deepEqual([train.length, validation.length, test.length], [2, 1, 1]);
  });

  it('need writers', async () => {
    await store([line('a', 'x'), line('b', 'x')]);
    await refused(split(0.1, 0.1), /ink names 1 writer only: splits by writer need 3 or more/);
    assert.equal(await folder.store.find('apart'), undefined);
  });
});
