import assert from 'node:assert/strict';
import { readOverlay } from '../../../../src/datasets/overlay';
import { excludeEdit, relabelEdit } from '../../../../src/datasets/sampleEdit';
import { SampleEdits, type Written } from '../../../../src/host/samples/sampleEdits';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';

const sample = (index: number) => ({ split: 'train' as const, index, label: undefined, excluded: false });
const excluded = (index: number) => excludeEdit(true, 1, [{ ...sample(index), excluded: true }]);

describe('edits of samples', () => {
  let folder: string;
  let written: Written[];
  let edits: SampleEdits;
  beforeEach(async () => {
    folder = await makeScratchFolder();
    written = [];
    edits = new SampleEdits(folder, (each) => written.push(each));
  });
  afterEach(() => removeScratchFolder(folder));

  it('have one step for samples of one split with the same fate', () => {
    const samples = [sample(1), sample(4), { ...sample(2), label: 'B' }, { ...sample(0), excluded: true }];
    const { name, steps } = relabelEdit('B', 4, samples);
    assert.equal(name, 'Relabeled 4 samples as B');
    assert.deepEqual(steps, [
      { split: 'train', indices: [1, 4], change: { restore: true } },
      { split: 'train', indices: [2], change: { label: 'B' } },
      { split: 'train', indices: [0], change: { exclude: true } },
    ]);
  });

  it('are written one after the other, and undone the last first', async () => {
    await Promise.all([1, 2].map((index) => edits.edit(() => excluded(index))));
    assert.deepEqual(
      written.map(({ overlay }) => overlay?.steps.flatMap(({ indices }) => indices)),
      [[1], [1, 2]],
    );
    await edits.undo();
    assert.deepEqual(written.at(-1), { ...written[0], edit: excluded(2), undone: true });
    assert.deepEqual(await readOverlay(folder), written[0]?.overlay);
    await Promise.all([edits.undo(), edits.undo()]);
    assert.equal(written.length, 4, 'there was one left to undo');
    assert.equal(edits.undoes, undefined);
  });

  it('are decided on when those before are written, and may turn out to be none', async () => {
    const before = edits.edit(() => excluded(1));
    await edits.edit(() => (written.length === 1 ? undefined : excluded(2)));
    await before;
    assert.deepEqual([written.length, edits.undoes], [1, 'Excluded 1 sample']);
  });

  it('stand beside what no overlay says', async () => {
    const there: string[] = [];
    await edits.also('Kept 1 sample', () => {
      there.push('a');
      return Promise.resolve(() => Promise.resolve(void there.pop()));
    });
    assert.deepEqual([there, edits.undoes, written[0]?.overlay], [['a'], 'Kept 1 sample', undefined]);
    await edits.undo();
    assert.deepEqual([there, edits.undoes], [[], undefined]);
  });

  it('can be undone still where undoing failed', async () => {
    let fails = true;
    await edits.also('Kept 1 sample', () =>
      Promise.resolve(() => (fails ? Promise.reject(new Error('no space')) : Promise.resolve())),
    );
    await assert.rejects(edits.undo(), /no space/);
    assert.equal(edits.undoes, 'Kept 1 sample');
    fails = false;
    await edits.undo();
    assert.equal(edits.undoes, undefined);
  });
});
