import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { importDataset, type ImportOptions } from '../../../../src/datasets/import/importDataset';
import { barFile, refused, temporaryFolder } from './temporary';

describe('tables of labels', () => {
  const folder = temporaryFolder();

  /** Imports pictures of these names with a table; gives each picture's label, by its place among the names. */
  async function read(
    pictures: readonly string[],
    tables: Record<string, string | Buffer>,
    options: Partial<ImportOptions> = {},
  ) {
    const picture = await barFile('png');
    for (const name of pictures) await folder.file(`d/${name}`, picture);
    for (const [name, table] of Object.entries(tables)) await folder.file(`d/${name}`, table);
    const { manifest, problems } = await importDataset(
      path.join(folder.path, 'd'),
      { name: 'd', ...options },
      folder.store,
    );
    const dataset = await folder.store.open('d');
    const said: string[] = [];
    for (const split of Object.keys(manifest.counts) as 'all'[]) {
      const { labels } = await dataset.load(split);
      said.push(Array.from(labels, (label) => dataset.classes[label] ?? '').join(' '));
    }
    return { said: said.join(' | '), splits: Object.keys(manifest.counts), problems };
  }

  const THREE = ['img/0.png', 'img/1.png', 'img/2.png'];
  const forms: Record<string, string | Buffer> = {
    'commas with a head': 'image_path,label\nimg/0.png,A\nimg/1.png,ß\nimg/2.png,A\n',
    'the label first': 'label,filepath\nA,img/0.png\nß,img/1.png\nA,img/2.png\n',
    'no head, the label first': 'A;0.png\nß;1.png\nA;2.png\n',
    'what Excel says first': 'sep=;\nfile;label\n0.png;A\n1.png;ß\n2.png;A\n',
    'tabs and other columns': 'nr\timage_id\tCharacter\twidth\n7\t0\tA\t40\n7\t1\tß\t41\n9\t2\tA\t44\n',
    bars: 'file|text\n0.png|A\n1.png|ß\n2.png|A\n',
    blanks: '# notes\nimg/0.png A\nimg/1.png ß\nimg/2.png A\n',
    "Windows' letters": Buffer.from('file,label\n0.png,A\n1.png,ß\n2.png,A\n', 'latin1'),
    'UTF-16': Buffer.from('\uFEFFfile\tlabel\r\n0.png\tA\r\n1.png\tß\r\n2.png\tA\r\n', 'utf16le'),
    'paths of another machine':
      'path,label\nC:\\data\\img\\0.png,A\n/home/me/img/1.png,ß\n..\\img\\2.png,A\n',
    'quoted line breaks': 'note,file,label\n"a\nb",0.png,A\n"1,2",1.png,ß\n"""",2.png,A\n',
    'one-hot columns': 'filename,A,ß\n0.png,1,0\n1.png,0,1\n2.png,1,0\n',
    'one-hot columns of one name': 'filename,label_A,label_ß\n0.png,1,0\n1.png,0,1\n2.png,1,0\n',
    'one-hot columns of words': 'filename,is_A,is_ß\n0.png,True,False\n1.png,False,True\n2.png,True,False\n',
    'running numbers called class': 'class,file,character\n0,0.png,A\n1,1.png,ß\n2,2.png,A\n',
    'what Excel says first, in lines of old Macs': '\uFEFFsep=;\rfile;label\r0.png;A\r1.png;ß\r2.png;A\r',
    colons: '0.png: A\n1.png: ß\n2.png: A\n',
    'signs of equality': '0.png=A\n1.png=ß\n2.png=A\n',
    'names in another case, and pictures converted since': 'file,label\nIMG/0.PNG,A\n1.jpg,ß\nimg/2.tif,A\n',
    'a constant beside the labels': 'file,class,letter\n0.png,hand,A\n1.png,hand,ß\n2.png,hand,A\n',
    'no known name of a column': 'file,hand,shows\n0.png,me,A\n1.png,me,ß\n2.png,me,A\n',
  };
  for (const [what, table] of Object.entries(forms)) {
    it(`are read with ${what}`, async () => {
      const { said, problems } = await read(THREE, { 'table.csv': table });
      assert.deepEqual([said, problems], ['A ß A', []]);
    });
  }

  const json: Record<string, string> = {
    'labels.json': '{"img/0.png": "A", "img/1.png": "ß", "2.png": "A"}',
    'annotations.json': JSON.stringify(
      ['A', 'ß', 'A'].map((label, at) => ({ file_name: `${String(at)}.png`, box: [0, 0, 9, 9], label })),
    ),
    'onehot.json': JSON.stringify(
      [true, false, true].map((isA, at) => ({ file: `${String(at)}.png`, A: isA, ß: !isA })),
    ),
    'img/metadata.jsonl':
      '{"file_name": "0.png", "text": "A"}\n{"file_name": "1.png", "text": "ß"}\n{"file_name": "2.png", "text": "A"}\n',
  };
  for (const [name, table] of Object.entries(json)) {
    it(`are read as JSON in ${name}`, async () => {
      const { said, problems } = await read(THREE, { [name]: table });
      assert.deepEqual([said, problems], ['A ß A', []]);
    });
  }

  it('are read as JSON that names many more files than there are', async () => {
    const gone = Array.from({ length: 300 }, (_, at) => [`gone${String(at)}.png`, 'A']);
    const { said, problems } = await read(THREE, {
      'all.json': JSON.stringify({ ...Object.fromEntries(gone), '0.png': 'A', '1.png': 'ß', '2.png': 'A' }),
    });
    assert.equal(said, 'A ß A');
    assert.equal(problems.at(-1), '290 rows more, of which each names a file that is not there');
  });

  for (const [what, table] of [
    ['an object', `{"0.png": "A", "1.png": "B", ${'"gone.png": "A", '.repeat(600_000)}"2.png": "A"}`],
    [
      'a list',
      `[${'{"file": "0.png", "label": "A", "box": [1, 2], "note": "a, b"},\n'.repeat(200_000)}{"file": "1.png"}]`,
    ],
  ] as const) {
    it(`are refused as ${what} of JSON that memory is not given for, and never passed over`, async () => {
      await refused(
        read(['upper-A/0.png', 'upper-B/1.png'], { 'labels.json': table }),
        /^labels\.json holds more than 8 MiB of text: split it into several files\.$/,
      );
    });
  }

  it('have quotes within cells, and lines that are counted through quoted breaks', async () => {
    const { said, problems } = await read(THREE, {
      'labels.csv':
        'file,label,note\r\n0.png,",","a\r\nb"\r\n1.png,"""",x\r\n2.png,A,6" "wide"\r\ngone.png,A,""\r\n',
    });
    assert.equal(said, ', " A');
    assert.deepEqual(problems, ['labels.csv line 6 names gone.png, which is not there']);
  });

  it('are no names of numbers in JSON, beside pictures that are numbered', async () => {
    await refused(read(['0.png', '1.png'], { 'classes.json': '{"0": "A", "1": "B"}' }), /neither a folder/);
  });

  it('of one-hot columns may say nothing of a row, which is left out', async () => {
    const { said, problems } = await read(THREE, {
      't.csv': 'file,A,B\n0.png,1,0\n1.png,0,0\n2.png,0,1\n',
    });
    assert.deepEqual([said, problems], ['A B', ['a row without a label in t.csv']]);
  });

  it('in letters that are neither Unicode nor of the West are refused, and a note in them is none', async () => {
    // あ and 漢 in Shift JIS
    const [a, b] = [Buffer.from([0x82, 0xa0]), Buffer.from([0x8a, 0xbf])];
    const table = Buffer.concat([
      Buffer.from('file,label\n0.png,'),
      a,
      Buffer.from('\n1.png,'),
      b,
      Buffer.from('\n'),
    ]);
    await refused(
      read(['0.png', '1.png'], { 'labels.csv': table }),
      /^labels\.csv is in an encoding that is not Unicode: save it as UTF-8\.$/,
    );
    await rm(path.join(folder.path, 'd'), { recursive: true });
    const { said } = await read(['upper-A/1.png', 'upper-B/2.png'], {
      'about.txt': Buffer.concat([a, b, a]),
    });
    assert.equal(said, 'A B');
  });

  it('pass over a column of running numbers that is called label', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `x${String(at)}.png`);
    const rows = names.map((name, at) => `${name},${String(at)},${at % 2 === 0 ? 'A' : 'B'}`);
    const { said } = await read(names, { 't.csv': `file,label,char\n${rows.join('\n')}\n` });
    assert.equal(new Set(said.split(' ')).size, 2);
  });

  it('are found by what they name, wherever they lie, whatever they are called', async () => {
    const tables = {
      'meta/gt.txt': 'img/0.png\tA\nimg/1.png\tB\nimg/2.png\tA\n',
      'meta/about.csv': 'symbol,count\nA,2\nB,1\n',
      'readme.txt': 'pictures of letters\n',
    };
    const { said, problems } = await read(THREE, tables);
    assert.deepEqual([said, problems], ['A B A', []]);
  });

  it('are never passed over for a guess at file names', async () => {
    const names = ['A_1.png', 'B_2.png'];
    const table = { 't.csv': 'file,width,height\nA_1.png,40,41\nB_2.png,40,42\nA_1.png,41,43\n' };
    await refused(read(names, table), /t\.csv names the files, and no column that says what they are/);
  });

  it('give way to folders that name classes where they say nothing of them', async () => {
    const table = { 't.csv': 'file,width,height\nupper-A/1.png,40,41\nupper-B/1.png,44,43\n' };
    const { said } = await read(['upper-A/1.png', 'upper-B/1.png'], table);
    assert.equal(said, 'A B');
  });

  it('may name pictures in letters that macOS writes apart', async () => {
    const { said } = await read(['Ré 1.png'.normalize('NFD'), 'b.png'], {
      'labels.csv': 'file,label\nRé 1.png,A\nb.png,B\n'.normalize('NFC'),
    });
    assert.equal(said.split(' ').sort().join(' '), 'A B');
  });

  it('leave out rows without a label or a file, and say how many', async () => {
    const { said, problems } = await read(THREE, {
      'labels.csv': 'file,label\n0.png,A\n1.png,\n,B\n2.png,B\n',
    });
    assert.equal(said, 'A B');
    assert.deepEqual(problems, ['a row without a label in labels.csv', 'a row without a file in labels.csv']);
  });

  it('name the first of many rows that are left out, and count the others', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => `gone${String(at)}.png,A\n`).join('');
    const { problems } = await read(['0.png', '1.png'], {
      'labels.csv': `file,label\n0.png,A\n1.png,B\n${rows}`,
    });
    assert.equal(problems.length, 11);
    assert.match(problems.at(-1) ?? '', /^20 rows more, of which each names a file that is not there$/);
  });

  it('say which rows contradict each other', async () => {
    const { said, problems } = await read(['0.png', '1.png'], {
      'labels.csv': 'file,label\n0.png,A\n1.png,B\n0.png,B\n',
    });
    assert.equal(said, 'A B');
    assert.deepEqual(problems, ['labels.csv line 4 says "B" of 0.png, which has "A" already']);
  });

  it('have a column that says the split, or are one for each', async () => {
    const rows = 'file,split,label\n0.png,train,A\n1.png,test,B\n2.png,train,B\n';
    assert.equal((await read(THREE, { 'labels.csv': rows })).said, 'A B | B');
  });

  it('take words, and commands of LaTeX, as they are', async () => {
    assert.equal(
      (await read(THREE, { 'labels.csv': 'f.png,x\n0.png,\\rho\n1.png,A\n2.png,\\pi\n' })).said,
      '\\rho A \\pi',
    );
    await folder.store.remove('d');
    assert.equal(
      (await read(THREE, { 'labels.csv': '0.png,ka\n1.png,kha\n2.png,constructor\n' })).said,
      'ka kha constructor',
    );
  });

  it('have numbers, which are digits up to 9, and beyond are asked for', async () => {
    assert.equal((await read(THREE, { 'labels.csv': '0.png,7.0\n1.png,\n2.png,3.0\n' })).said, '7 3');
    await folder.store.remove('d');
    const numbers = { 'labels.csv': '0.png,10\n1.png,2\n2.png,3\n' };
    await refused(read(THREE, numbers), /go up to 10: say what .* --classes/);
    assert.equal((await read(THREE, numbers, { characters: '0123456789X' })).said, 'X 2 3');
    await folder.store.remove('d');
    assert.equal((await read(THREE, numbers, { names: 'text' })).said, '10 2 3');
  });

  it('say what ink is that says nothing itself, as of the isolated symbols of CROHME 2019', async () => {
    const ink = (name: string) =>
      `<ink xmlns="http://www.w3.org/2003/InkML"><annotation type="UI">${name}</annotation><trace>1 1, 2 2</trace></ink>`;
    for (const at of ['0', '1', '2']) await folder.file(`i/iso${at}.inkml`, ink(`2019_${at}`));
    await folder.file('i/iso_GT.txt', '2019_0, \\phi\n2019_1, \\gt\n2019_9, x\n');
    const { manifest, problems } = await importDataset(
      path.join(folder.path, 'i'),
      { name: 'i' },
      folder.store,
    );
    assert.deepEqual([manifest.classes, problems], [['>', 'φ'], ['a drawing without a label']]);
  });
});
