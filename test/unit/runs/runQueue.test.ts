import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RunQueue } from '../../../src/runs/runQueue';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

describe('the queue of runs', () => {
  let folder: string;
  let queue: RunQueue;
  beforeEach(async () => {
    folder = await makeScratchFolder();
    queue = new RunQueue(folder);
  });
  afterEach(() => removeScratchFolder(folder));

  it('keeps runs in order, each once', async () => {
    for (const id of ['a', 'b', 'a']) await queue.add(id);
    await queue.add('c', true);
    assert.deepEqual(await queue.ids(), ['c', 'a', 'b']);
    await queue.move('c', 1);
    await queue.move('b', 1);
    await queue.move('a', -1);
    await queue.move('unknown', -1);
    assert.deepEqual(await queue.ids(), ['a', 'c', 'b']);
    assert.deepEqual([await queue.remove('c'), await queue.remove('c')], [true, false]);
    const taken = [await queue.take(), await queue.take(), await queue.take()];
    assert.deepEqual(taken, [{ id: 'a' }, { id: 'b' }, undefined]);
  });

  it('knows for whoever takes a run what is to compute it', async () => {
    await queue.add('a', false, 'wasm');
    await queue.add('b');
    await queue.add('b', false, 'webgpu');
    await queue.move('a', 1);
    const other = new RunQueue(folder);
    assert.deepEqual(
      [await other.take(), await other.take()],
      [
        { id: 'b', backend: 'webgpu' },
        { id: 'a', backend: 'wasm' },
      ],
    );
  });

  it('is the same for everybody who looks, and loses nothing that is added at once', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `run-${at}`);
    await Promise.all(ids.map((id) => new RunQueue(folder).add(id)));
    assert.deepEqual([...(await queue.ids())].sort(), ids);
  });

  it('is empty where its file is damaged', async () => {
    await writeFile(path.join(folder, 'queue.json'), '{"a":');
    assert.deepEqual(await queue.ids(), []);
    await queue.add('a');
    assert.deepEqual(await queue.ids(), ['a']);
  });

  it('writes over no file that it cannot read', async () => {
    const file = path.join(folder, 'queue.json');
    const large = JSON.stringify(['x'.repeat(2 ** 20)]);
    await writeFile(file, large);
    await assert.rejects(queue.add('a'), /larger than/);
    assert.deepEqual([await queue.ids(), await readFile(file, 'utf8')], [[], large]);
  });

  it('has as many places to train in as it is told', async () => {
    const [first, second] = [await queue.slot(2), await queue.slot(2)];
    assert.ok(first && second);
    assert.equal(await queue.slot(2), undefined);
    await first.release();
    assert.ok(await new RunQueue(folder).slot(1));
  });
});
