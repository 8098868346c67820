import assert from 'node:assert/strict';
import path from 'node:path';
import { exportDataset } from '../../../src/datasets/export/exportDataset';
import { importDataset } from '../../../src/datasets/import/importDataset';
import { changeSamples } from '../../../src/datasets/overlay';
import type { Dataset } from '../../../src/datasets/dataset';
import { refused, temporaryFolder } from './import/temporary';

/** Some look like names of symbols, LaTeX, XML or code points. */
const TEXTS = [
  'let x = 1;',
  'alpha',
  'sin(x)',
  '\\{ok\\}',
  '\\lt',
  '\\',
  'a < b && c',
  'U+0041',
  'naïve café',
];

describe('a dataset of texts', () => {
  const folder = temporaryFolder();

  const lineOf = (label: string) =>
    `${JSON.stringify({
      label,
      strokes: [
        [
          [0, 0],
          [9, 3],
        ],
        [[12, 1]],
      ],
    })}\n`;

  async function labels(dataset: Dataset): Promise<string[]> {
    const samples = await dataset.load('all');
    return Array.from(samples.labels, (label) => dataset.classes[label] ?? '').sort();
  }

  it('keeps them whole from JSON Lines, and exported as InkML', async () => {
    const file = await folder.file('t.jsonl', TEXTS.map(lineOf).join(''));
    await importDataset(file, { name: 'texts' }, folder.store);
    const dataset = await folder.store.open('texts');
    assert.deepEqual(await labels(dataset), [...TEXTS].sort());
    const out = path.join(folder.path, 'out');
    await exportDataset(dataset, { format: 'inkml', out });
    await importDataset(out, { name: 'again' }, folder.store);
    assert.deepEqual(await labels(await folder.store.open('again')), [...TEXTS].sort());
  });

  it('keeps words and lines of InkML whole, and LaTeX as it is where it is no symbol', async () => {
    const group = (truth: string, id: number) =>
      `<traceGroup><annotation type="truth">${truth}</annotation><traceView traceDataRef="t${id}"/></traceGroup>`;
    const traces = [0, 1, 2].map((id) => `<trace xml:id="t${id}">0 0, 5 5</trace>`).join('');
    const groups = ['hello world', '\\frac', '\\alpha'].map(group).join('');
    await folder.file('i/a.inkml', `<ink>${traces}${groups}</ink>`);
    const whole = (truth: string) =>
      `<ink><annotation type="truth">${truth}</annotation><trace>0 0, 5 5</trace></ink>`;
    await folder.file('i/b.inkml', whole('$x^2$'));
    await folder.file('i/c.inkml', whole('return x;'));
    await importDataset(path.join(folder.path, 'i'), { name: 'ink' }, folder.store);
    assert.deepEqual(await labels(await folder.store.open('ink')), [
      '\\frac',
      'hello world',
      'return x;',
      'x^2',
      'α',
    ]);
  });

  it('keeps words of UNIPEN whole, and characters where they are delineated', async () => {
    const ink = '.PEN_DOWN\n1 1\n9 9\n.PEN_UP\n.PEN_DOWN\n4 4\n.PEN_UP\n';
    await folder.file('u/words.upn', `.COORD X Y\n.SEGMENT WORD 0-1 OK "alpha"\n${ink}`);
    await folder.file('u/text.upn', `.COORD X Y\n.SEGMENT TEXT 0-1 OK "let x = 1;"\n${ink}`);
    await folder.file('u/both.upn', `.COORD X Y\n.SEGMENT WORD 0-1 "ab"\n.SEGMENT CHARACTER 0 "a"\n${ink}`);
    await importDataset(path.join(folder.path, 'u'), { name: 'unipen' }, folder.store);
    assert.deepEqual(await labels(await folder.store.open('unipen')), ['a', 'alpha', 'let x = 1;']);
  });

  it('has the texts that its ink is given behind its classes, as long as they are given', async () => {
    const file = await folder.file('t.jsonl', ['one', 'two'].map(lineOf).join(''));
    await importDataset(file, { name: 'texts' }, folder.store);
    const change = { split: 'all' as const, indices: [1] };
    await changeSamples(folder.store.folder('texts'), { ...change, change: { label: 'three' } });
    const dataset = await folder.store.open('texts');
    assert.deepEqual(
      [dataset.classes, dataset.covers],
      [
        ['one', 'two', 'three'],
        ['one', 'two', 'three'],
      ],
    );
    assert.deepEqual(await labels(dataset), ['one', 'three']);
    assert.deepEqual(dataset.stored.dataset.classes, ['one', 'two']);
    await changeSamples(folder.store.folder('texts'), { ...change, change: { restore: true } });
    assert.deepEqual((await folder.store.open('texts')).classes, ['one', 'two']);
  });

  it('has as many as can be stored', async () => {
    const many = Array.from({ length: 65_536 }, (_, at) => lineOf(`text ${at}`)).join('');
    await refused(
      importDataset(await folder.file('m.jsonl', many), { name: 'many' }, folder.store),
      /65536 different labels/,
    );
  });
});
