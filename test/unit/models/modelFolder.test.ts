import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { saveModel } from '../../../src/engine/models/layersModel';
import { ModelError } from '../../../src/models/errors';
import { checkModelPlace, readModelFolder } from '../../../src/models/modelFolder';
import { temporaryFolder } from '../datasets/import/temporary';
import { tinyModel } from './tinyModel';

const says = (sentence: RegExp) => (error: unknown) =>
  error instanceof ModelError && sentence.test(error.message) && /^[^\n]+\.$/.test(error.message);

describe('the place of a model', () => {
  const folder = temporaryFolder();
  before(() => startWasm());
  const out = () => path.join(folder.path, 'deep', 'model');

  it('may be absent or empty, and another model there is replaced', async () => {
    await saveModel(out(), tinyModel('first'));
    await saveModel(out(), tinyModel('second'));
    assert.equal((await readModelFolder(out())).card.name, 'second');
    assert.deepEqual(await readdir(path.dirname(out())), ['model']);
    await folder.file('ensemble/members/1/model.json', '{}');
    await folder.file('ensemble/ensemble.json', '{}');
    await folder.file('ensemble/card.json', '{}');
    await checkModelPlace(path.join(folder.path, 'ensemble'));
  });

  it('is never one where something else lies, which stays as it was', async () => {
    await folder.file('results/thesis.txt', 'years of work');
    await assert.rejects(saveModel(path.join(folder.path, 'results'), tinyModel('m')), says(/new folder/));
    await saveModel(out(), tinyModel('m'));
    const notes = await folder.file('deep/model/notes.txt', 'mine');
    await assert.rejects(saveModel(out(), tinyModel('m')), says(/new folder/));
    await assert.rejects(saveModel(notes, tinyModel('m')), says(/notes\.txt cannot be/));
    await assert.rejects(saveModel(path.join(notes, 'm'), tinyModel('m')), says(/cannot be/));
    assert.equal(await readFile(path.join(folder.path, 'results', 'thesis.txt'), 'utf8'), 'years of work');
    assert.equal(await readFile(notes, 'utf8'), 'mine');
    assert.deepEqual((await readdir(folder.path)).sort(), ['deep', 'results']);
  });

  it('is not the folder that one works in, though it is empty', async () => {
    const empty = path.join(folder.path, 'empty');
    await mkdir(empty);
    await checkModelPlace(empty);
    const before = process.cwd();
    process.chdir(empty);
    try {
      await assert.rejects(checkModelPlace(path.resolve('.')), says(/was started/));
    } finally {
      process.chdir(before);
    }
  });
});
