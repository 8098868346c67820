import assert from 'node:assert/strict';
import path from 'node:path';
import { UserError } from '../../../src/base/userError';
import { Importer } from '../../../src/host/datasets/importer';
import { Canceled, NumberedClasses } from '../../../src/protocol/failures';
import { type ClassSource, USUAL_PICTURE_OPTIONS } from '../../../src/protocol/pages/importPreview';
import { barFile, nothingStored, temporaryFolder, zipOf } from '../datasets/import/temporary';

const SCRIPT = path.resolve('dist', 'importer.js');

describe('the thread that imports', () => {
  const folder = temporaryFolder();
  const importer = new Importer(SCRIPT);
  const here = () => path.join(folder.path, 'd');
  const all = (names: readonly string[]) => Promise.resolve(names);

  function run(name: string, choose = all, signal = new AbortController().signal, onProgress = () => {}) {
    const { home } = folder.store;
    return importer.import({ location: here(), home, name }, { onProgress, choose }, signal);
  }

  it('stores what a folder holds, and says how far it is', async () => {
    await folder.file('d/A/1.png', await barFile('png'));
    await folder.file('d/B/2.png', 'no picture');
    let told = 0;
    const { imported, failed } = await run('Scans', all, undefined, () => told++);
    const [scans] = imported;
    assert.deepEqual([scans?.id, scans?.name, scans?.samples, failed], ['scans', 'Scans', 1, []]);
    assert.match(scans?.problems.join() ?? '', /B\/2\.png is not a picture/);
    assert.ok(told > 0);
    assert.deepEqual((await folder.store.open('scans')).classes, ['A', 'B']);
  });

  it('asks which of several datasets are wanted', async () => {
    await folder.file('d/p.zip', await zipOf({ 'A/1.png': await barFile('png') }));
    await folder.file('d/i.jsonl', '{"label":"x","strokes":[[[0,0],[1,1]]]}');
    const { imported } = await run('Both', (names) => {
      assert.deepEqual(names, ['pictures', 'ink']);
      return Promise.resolve(['ink']);
    });
    assert.deepEqual(
      imported.map(({ id }) => id),
      ['both-ink'],
    );
  });

  it('sees whether a dataset can be opened, and says why not', async () => {
    const { home } = folder.store;
    await folder.file('d/A/1.png', await barFile('png'));
    await folder.file('e/letter.docx', 'no picture');
    await importer.open({ dataset: here(), home });
    for (const dataset of [path.join(folder.path, 'e'), path.join(folder.path, 'nowhere'), 'mnits']) {
      await assert.rejects(importer.open({ dataset, home }), UserError);
    }
    await nothingStored(folder.store);
  });

  it('says in a sentence what is wrong, and ends when it is told to', async () => {
    await assert.rejects(
      run('x'),
      (error) => error instanceof UserError && /There is nothing at/.test(error.message),
    );
    await folder.file('d/A/1.png', await barFile('png'));
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(run('x', all, stop.signal), Canceled);
    const later = new AbortController();
    await assert.rejects(
      run('x', all, later.signal, () => {
        later.abort();
      }),
      Canceled,
    );
    await nothingStored(folder.store);
  });

  it('shows pictures before and after', async () => {
    await folder.file('d/A/1.png', await barFile('png'));
    const { pictures, total } = await importer.preview(
      { location: here(), pictures: { ...USUAL_PICTURE_OPTIONS, threshold: 'local' }, most: 5 },
      new AbortController().signal,
    );
    assert.deepEqual([total, pictures[0]?.label, pictures[0]?.result?.pixels.length], [1, 'A', 784]);
    assert.ok(pictures[0]?.original?.pixels instanceof Uint8Array);
  });

  it('takes the class from where the user says it stands', async () => {
    await folder.file('d/x/12_q_48.png', await barFile('png'));
    await folder.file('d/x/13_r_48.png', await barFile('png'));
    const labels = async (classes: ClassSource, text = '') => {
      const pictures = { ...USUAL_PICTURE_OPTIONS, classes, text };
      const params = { location: here(), pictures, most: 5 };
      const preview = await importer.preview(params, new AbortController().signal);
      return preview.pictures.map(({ label }) => label);
    };
    assert.deepEqual(await labels('expression', '^\\d+_(.)_'), ['q', 'r']);
    assert.deepEqual(await labels('text'), ['x', 'x']);
    assert.deepEqual(await labels('middle'), ['q', 'r']);
    await assert.rejects(labels('expression', '('), /no regular expression/);
    await assert.rejects(labels('hex'), UserError);
  });

  it('says when numbers are labels, and takes what they stand for', async () => {
    const location = await folder.file('l.csv', '25,0,1,2,255\n');
    const listener = { onProgress: () => undefined, choose: all };
    const params = { location, home: folder.store.home, name: 'L' };
    const { signal } = new AbortController();
    await assert.rejects(importer.import(params, listener, signal), NumberedClasses);
    const told = { ...params, characters: 'abcdefghijklmnopqrstuvwxyz' };
    assert.equal((await importer.import(told, listener, signal)).imported[0]?.samples, 1);
  });
});
