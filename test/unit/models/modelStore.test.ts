import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../../src/engine/models/loadModel';
import { saveModel } from '../../../src/engine/models/layersModel';
import { ModelError } from '../../../src/models/errors';
import { ModelStore } from '../../../src/models/modelStore';
import { tinyModel } from './tinyModel';

const BUNDLED_FOLDER = path.join('media', 'models', 'characters');
const says = (sentence: RegExp) => (error: unknown) =>
  error instanceof ModelError && sentence.test(error.message) && /^[^\n]+\.$/.test(error.message);

describe('the store of models', () => {
  let home: string;
  let store: ModelStore;
  before(() => startWasm());
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new ModelStore(home, BUNDLED_FOLDER);
  });
  afterEach(() => rm(home, { recursive: true }));

  const add = (name: string, options?: Parameters<typeof tinyModel>[1]) =>
    store.add(name, (folder, free) => saveModel(folder, tinyModel(free, options)));
  const list = async () => (await store.list()).filter(({ id }) => id !== 'lines' && id !== 'symbols');
  const ids = async () => (await list()).map(({ id }) => id);
  const names = async () => (await list()).map(({ name }) => name);

  it('has the bundled models before there is any other', async () => {
    const [bundled, lines, symbols, ...others] = await store.list();
    assert.equal(others.length, 0);
    assert.deepEqual([lines?.id, lines?.kind, lines?.lines?.classes.length], ['lines', 'bundled', 94]);
    assert.deepEqual([symbols?.id, symbols?.kind, symbols?.symbols?.name], ['symbols', 'bundled', 'Symbols']);
    assert.deepEqual([bundled?.id, bundled?.kind, bundled?.card?.classes.length], ['bundled', 'bundled', 94]);
    assert.ok((bundled?.bytes ?? 0) > 1e6);
  });

  it('gives models of one name ids and names of their own', async () => {
    for (const name of ['Größe 1', 'Größe 1', 'bundled', 'con', '☃']) await add(name);
    assert.deepEqual((await ids()).sort(), [
      ...['bundled', 'gro-e-1', 'gro-e-1-2', 'model', 'model-bundled', 'model-con'],
    ]);
    assert.ok((await names()).includes('Größe 1 2'));
  });

  it('finds a model by id, by the name of one model, and by folder', async () => {
    const { folder } = await add('My Digits');
    assert.equal((await store.get('my-digits')).folder, folder);
    assert.equal((await store.get('My Digits')).id, 'my-digits');
    assert.equal((await store.get('bundled')).name, 'Characters');
    const elsewhere = path.join(home, 'elsewhere');
    await cp(folder, elsewhere, { recursive: true });
    assert.deepEqual([(await store.get(elsewhere)).id, await ids()], [elsewhere, ['bundled', 'my-digits']]);
    await assert.rejects(store.get('your-digits'), says(/no model "your-digits"/));
  });

  it('tells models of lines from models of characters', async () => {
    const lines = await store.getLines('lines');
    const copy = await store.addLines('My Lines', (folder) => cp(lines.folder, folder, { recursive: true }));
    assert.deepEqual([copy.id, copy.kind, copy.card], ['my-lines', 'network', undefined]);
    await store.rename('my-lines', 'Yours');
    assert.equal((await store.getLines('my-lines')).name, 'Yours');
    await assert.rejects(store.get('my-lines'), says(/"Yours" reads lines: choose a model of characters/));
    await assert.rejects(store.getLines('bundled'), says(/reads characters: choose a model of lines/));
    await assert.rejects(store.rename('lines', 'Ours'), says(/stays as it is/));
    await assert.rejects(store.addEnsemble('both', ['bundled', 'my-lines'], 'average'), says(/reads lines/));
  });

  it('tells models of symbols from the others', async () => {
    const { folder } = await store.getSymbols('symbols');
    assert.equal((await store.find(folder))?.symbols?.name, 'Symbols');
    await assert.rejects(store.get('symbols'), says(/reads symbols: choose a model of characters/));
    await assert.rejects(store.getLines('symbols'), says(/reads symbols: choose a model of lines/));
    await assert.rejects(store.getSymbols('bundled'), says(/reads characters: choose a model of symbols/));
    await assert.rejects(store.rename('symbols', 'Ours'), says(/stays as it is/));
  });

  it('renames, and keeps the id', async () => {
    await add('one');
    await add('two');
    await store.rename('one', 'The first');
    assert.equal((await store.get('one')).name, 'The first');
    await store.rename('one', 'The first');
    await assert.rejects(store.rename('two', 'The first'), says(/already/));
    for (const name of ['', '  ', 'x'.repeat(101), 'a\nb'])
      await assert.rejects(store.rename('two', name), says(/name/));
    await assert.rejects(store.rename('bundled', 'mine'), says(/bundled/));
  });

  it('removes, and brings back under a free id', async () => {
    const { folder } = await add('one');
    const removed = await store.remove('one');
    assert.ok(!existsSync(folder));
    assert.deepEqual(await ids(), ['bundled']);
    await add('one');
    assert.equal(await removed.restore(), 'one-2');
    assert.equal((await loadModel((await store.get('one-2')).folder)).card.name, 'one');
    await assert.rejects(store.remove('bundled'), says(/bundled/));
    await assert.rejects(store.remove('nobody'), says(/no model "nobody"/));
  });

  it('restores by id what was removed last, until a day later', async () => {
    await add('one');
    await store.remove('one');
    assert.equal(await store.restore('one'), 'one');
    await assert.rejects(store.restore('one'), says(/gone for good/));
    await store.remove('one');
    const [aside = ''] = (await readdir(store.folder)).filter((name) => name.startsWith('.removed'));
    await rename(path.join(store.folder, aside), path.join(store.folder, '.removed-1700000000000-one'));
    await add('two');
    await assert.rejects(store.restore('one'), says(/gone for good/));
    assert.deepEqual(await readdir(store.folder), ['two']);
  });

  it('lists what is damaged with a sentence, and goes on', async () => {
    await add('whole');
    for (const [id, card] of [
      ['empty', undefined],
      ['wrong', '{"name": 7}'],
      ['text', 'no card'],
    ] as const) {
      await mkdir(path.join(store.folder, id));
      if (card) await writeFile(path.join(store.folder, id, 'card.json'), card);
    }
    const { folder } = await add('no weights');
    await rm(path.join(folder, 'weights.bin'));
    const { folder: hostile } = await add('hostile');
    await writeFile(
      path.join(hostile, 'ensemble.json'),
      '{"combine": "average", "members": ["../..", "/etc"]}',
    );
    await writeFile(path.join(store.folder, 'a file'), '');
    const problems = (await store.list()).filter(({ problem }) => problem !== undefined);
    assert.deepEqual(problems.map(({ id }) => id).sort(), [
      'empty',
      'hostile',
      'no-weights',
      'text',
      'wrong',
    ]);
    for (const { problem = '' } of problems) assert.match(problem, /^[^\n]+\.$/);
    await assert.rejects(store.get('empty'), says(/empty/));
    await assert.rejects(loadModel(hostile), says(/ensemble/));
    await store.remove('hostile');
    assert.ok((await ids()).includes('whole'));
  });

  it('takes no id that leads out of its folder', async () => {
    await writeFile(path.join(home, 'kept'), '');
    for (const id of [
      '..',
      '../kept',
      '/etc',
      'a/b',
      'a\\b',
      '.removed-1-x',
      '',
      'x\0',
      'C:',
      'dot.',
      'nul|x',
    ]) {
      await assert.rejects(store.remove(id), says(/no model/), id);
      await assert.rejects(store.rename(id, 'mine'), says(/no model/), id);
    }
    assert.deepEqual(await readdir(home), ['kept']);
  });

  it('leaves nothing behind when a model cannot be written', async () => {
    await assert.rejects(
      store.add('half', async (folder) => {
        await writeFile(path.join(folder, 'model.json'), '{}');
        throw new Error('the disk is full');
      }),
      /the disk is full/,
    );
    assert.deepEqual(await readdir(store.folder), []);
  });

  it('makes ensembles that outlive their members', async () => {
    await add('a', { seed: 1 });
    await add('b', { seed: 2, classes: ['C', 'A', 'B'], side: 40 });
    const batch = {
      pixels: Uint8Array.from({ length: 784 }, (_, at) => at % 256),
      count: 1,
      height: 28,
      width: 28,
    };
    const ensemble = await store.addEnsemble('both', ['a', 'b'], 'average');
    const before = await (await loadModel(ensemble.folder)).probabilities(batch);
    await store.remove('a');
    await store.remove('b');
    const loaded = await loadModel((await store.get('both')).folder);
    assert.deepEqual(await loaded.probabilities(batch), before);
    assert.deepEqual([ensemble.kind, ensemble.ensemble?.members.length], ['ensemble', 2]);
    assert.deepEqual(loaded.card.preprocessing, { kind: 'emnist', height: 40, width: 40 });
    assert.equal(loaded.card.data.length, 1);
  });

  it('refuses ensembles of one, of other classes, and of ensembles', async () => {
    await add('a');
    await add('b', { seed: 2 });
    await add('digits', { classes: ['0', '1', 'A'] });
    await store.addEnsemble('both', ['a', 'b'], 'vote');
    await assert.rejects(store.addEnsemble('one', ['a'], 'vote'), says(/two members/));
    await assert.rejects(
      store.addEnsemble('odd', ['a', 'digits'], 'vote'),
      says(/"a" knows "B" and "digits" does not/),
    );
    await assert.rejects(
      store.addEnsemble('nested', ['a', 'both'], 'vote'),
      says(/"both" is an ensemble itself/),
    );
    await assert.rejects(store.addEnsemble('none', ['a', 'nobody'], 'vote'), says(/no model "nobody"/));
    assert.deepEqual((await readdir(store.folder)).sort(), ['a', 'b', 'both', 'digits']);
  });
});
