import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { saveModel } from '../../../src/engine/models/layersModel';
import type { Card } from '../../../src/models/card';
import { tinyModel } from '../models/tinyModel';
import { linesOf, scrawl as run } from './scrawl';

describe('models on the command line', function () {
  this.timeout(60_000);
  let home: string;
  before(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    await startWasm();
    for (const seed of [1, 2]) {
      await saveModel(
        path.join(home, 'models', `m${String(seed)}`),
        tinyModel(`Model ${String(seed)}`, { seed }),
      );
    }
    await writeFile(ink(), '{"id":"one","strokes":[[[5,0],[5,90]]]}\n');
  });
  after(() => rm(home, { recursive: true }));

  const ink = () => path.join(home, 'ink.jsonl');
  const scrawl = (...args: string[]) => run('--home', home, ...args);
  const done = async (...args: string[]) => {
    const { code, stdout, stderr } = await scrawl(...args);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const ids = async () => linesOf(await done('models', 'list', '--json')).map(({ id }) => id);
  const read = async (model: string) =>
    linesOf(await done('recognize', '--model', model, '--ink', ink(), '--json'))[0]?.['candidates'];

  it('lists the bundled models and all others', async () => {
    const [bundled, lines, symbols, first] = linesOf(await done('models', 'list', '--json'));
    assert.deepEqual(
      [bundled?.['id'], bundled?.['kind'], (bundled?.['classes'] as string[]).length],
      ['bundled', 'bundled', 94],
    );
    assert.ok((bundled?.['accuracy'] as { value: number }).value > 0.8);
    assert.deepEqual([lines?.['id'], lines?.['reads']], ['lines', 'lines']);
    assert.deepEqual([symbols?.['id'], symbols?.['reads']], ['symbols', 'symbols']);
    assert.deepEqual(
      [first?.['id'], first?.['name'], first?.['classes']],
      ['m1', 'Model 1', ['A', 'B', 'C']],
    );
    assert.match(await done('models', 'list'), /^m2 {2}Model 2 {2}model {2}3 classes {2}/m);
  });

  it('exports, and imports with the classes that the export names', async () => {
    const out = path.join(home, 'out');
    await done('models', 'export', 'm1', '--format', 'keras', '--out', out);
    assert.equal((await done('models', 'import', out, '--name', 'Back')).trim(), 'back');
    assert.deepEqual(await read('back'), await read('m1'));
    const again = await scrawl('models', 'export', 'm1', '--format', 'tfjs', '--out', out);
    assert.deepEqual(
      [again.code, again.stderr],
      [1, `${out} is there already: name a folder that is not.\n`],
    );
  });

  it('exports a file, as its name says, that names its classes itself', async () => {
    const out = path.join(home, 'files', 'm.onnx');
    await done('models', 'export', 'm1', '--out', out);
    const id = (await done('models', 'import', out)).trim();
    assert.deepEqual(await read(id), await read('m1'));
    await done('models', 'remove', id);
  });

  it('asks for the format of an export that nothing says', async () => {
    const { code, stderr } = await scrawl('models', 'export', 'm1', '--out', path.join(home, 'm'));
    assert.deepEqual([code, stderr], [2, 'Give --format: tfjs, keras, keras-file, onnx.\n']);
  });

  it('imports with classes from a file, a text or a dataset', async () => {
    const out = path.join(home, 'plain');
    await done('models', 'export', 'm1', '--format', 'tfjs', '--out', out);
    await rm(path.join(out, 'card.json'));
    assert.equal((await scrawl('models', 'import', out)).code, 2);
    assert.equal(
      (await done('models', 'import', out, '--name', 'Typed', '--classes', 'xyz')).trim(),
      'typed',
    );
    const file = path.join(home, 'classes.txt');
    await writeFile(file, 'sin\ncos\ntan\n');
    await done('models', 'import', out, '--name', 'Filed', '--classes', file);
    const texts = (candidates: unknown) => (candidates as { text: string }[]).map(({ text }) => text).sort();
    assert.deepEqual(
      [texts(await read('typed')), texts(await read('filed'))],
      [
        ['x', 'y', 'z'],
        ['cos', 'sin', 'tan'],
      ],
    );
    const emnist = await scrawl(
      'models',
      'import',
      out,
      '--dataset',
      path.resolve('test', 'fixtures', 'emnist'),
    );
    assert.deepEqual([emnist.code, /gives 3 classes and 47 are named/.test(emnist.stderr)], [1, true]);
  });

  it('combines models into one that is read and measured as any other', async () => {
    assert.equal(
      (await done('models', 'ensemble', 'm1', 'Model 2', '--combine', 'vote', '--name', 'Both')).trim(),
      'both',
    );
    const candidates = (await read('both')) as { probability: number }[];
    assert.ok(Math.abs(candidates.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-6);
    const fixture = path.resolve('test', 'fixtures', 'emnist');
    const [scores] = linesOf(await done('evaluate', '--model', 'both', '--dataset', fixture, '--json'));
    assert.equal(typeof scores?.['accuracy'], 'number');
  });

  it('trains the members of an ensemble one by one, each of its network, and measures what they are together', async () => {
    const train = [
      'train',
      '--dataset',
      path.resolve('test', 'fixtures', 'emnist'),
      '--epochs',
      '1',
      '--limit',
      '40',
    ];
    const { code, stderr } = await scrawl(
      ...train,
      '--network',
      'dense-50-50,cntk-strided',
      '--seed',
      '5',
      '--name',
      'Pair',
    );
    assert.equal(code, 0, stderr);
    const listed = linesOf(await done('models', 'list', '--json'));
    const pair = listed.find(({ id }) => id === 'pair');
    assert.deepEqual([pair?.['kind'], pair?.['members'], pair?.['combine']], ['ensemble', 2, 'average']);
    assert.match((pair?.['accuracy'] as { on: string }).on, /, test$/);
    const networkOf = async (model: string) =>
      (JSON.parse(await readFile(path.join(home, 'models', model, 'card.json'), 'utf8')) as Card).network
        ?.name;
    assert.deepEqual([await networkOf('pair-1'), await networkOf('pair-2')], ['dense-50-50', 'cntk-strided']);
    for (const wrong of [
      ['--members', '2', '--out', home],
      ['--combine', 'vote'],
      ['--network', 'a,b', '--members', '17'],
    ]) {
      assert.equal((await scrawl(...train, ...wrong)).code, 2, wrong.join(' '));
    }
  });

  it('renames, removes and restores', async () => {
    await done('models', 'rename', 'm2', 'Second');
    await done('models', 'remove', 'Second');
    assert.ok(!(await ids()).includes('m2') && !existsSync(path.join(home, 'models', 'm2')));
    assert.equal((await done('models', 'restore', 'm2')).trim(), 'm2');
    assert.ok((await ids()).includes('m2'));
  });

  it('ends with 1 and one line that says what to do', async () => {
    for (const args of [
      ['export', 'nobody', '--format', 'tfjs', '--out', path.join(home, 'x')],
      ['import', path.join(home, 'nowhere'), '--classes', 'abc'],
      ['remove', 'bundled'],
      ['ensemble', 'm1', 'bundled', '--name', 'odd'],
    ]) {
      const { code, stdout, stderr } = await scrawl('models', ...args);
      assert.deepEqual([code, stdout], [1, ''], args.join(' '));
      assert.match(stderr, /^[^\n]+: [^\n]+\.\n$|^[^\n]+\.\n$/, args.join(' '));
    }
  });
});
