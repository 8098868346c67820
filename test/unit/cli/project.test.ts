import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { scrawl } from './scrawl';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;

describe('models project on the command line', function () {
  this.timeout(120_000);
  let home: string;
  before(async () => {
    home = await makeScratchFolder();
  });
  after(() => removeScratchFolder(home));

  const project = (...args: string[]) =>
    scrawl('--home', home, 'models', 'project', '--model', 'bundled', '--dataset', FIXTURE, ...args);

  it('writes where samples lie, and the same for TensorBoard', async () => {
    const [table, folder] = [path.join(home, 'layout.csv'), path.join(home, 'projector')];
    const args = ['--split', 'train', '--limit', '60', '--out', table, '--tensorboard', folder];
    const { code, stdout, stderr } = await project('--method', 'tsne', ...args);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, `60 samples in ${table}\n60 samples in ${folder}: tensorboard --logdir ${folder}\n`);
    assert.match(stderr, /computing embeddings\nlooking for neighbors\nlaying out\nlaid out in \d+\.\d s\n/);
    const [head, ...lines] = (await readFile(table, 'utf8')).trimEnd().split('\r\n');
    assert.equal(head, 'index,label,prediction,probability,x,y');
    assert.equal(lines.length, 60);
    for (const line of lines) assert.match(line, /^\d+,\w,.+,[01]\.\d{4},-?[01]\.\d{5},-?[01]\.\d{5}$/);
    assert.equal((await readdir(folder)).length, 4);
  });

  it('says how it is to be used', async () => {
    const { code, stderr } = await project();
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^Give --out FILE\.csv for the layout, or --tensorboard FOLDER for TensorBoard\.\n$/,
    );
    assert.equal((await project('--out', 'a.csv', '--limit', '1000000')).code, 2);
    const there = await project('--split', 'train', '--limit', '60', '--tensorboard', home);
    assert.deepEqual(
      [there.code, there.stderr],
      [1, `${home} is there already: name a folder that is not.\n`],
    );
  });
});
