import assert from 'node:assert/strict';
import path from 'node:path';
import { MyHandwriting } from '../../../src/datasets/store/myHandwriting';
import { openReplay } from '../../../src/datasets/replay';
import type { LoadedModel } from '../../../src/engine/models/loadedModel';
import { confusedCharacters } from '../../../src/engine/personal/confused';
import { readCard } from '../../../src/models/modelFolder';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const REPLAY = path.resolve('media', 'replay');

describe('the characters that a model confuses most', () => {
  let home: string;
  beforeEach(async () => (home = await makeScratchFolder()));
  afterEach(() => removeScratchFolder(home));

  const keep = async (label: string, times: number) => {
    const handwriting = new MyHandwriting(home);
    for (let time = 1; time <= times; time++) {
      await handwriting.keep({
        label,
        ink: [
          [
            [0, 0],
            [time, 90],
          ],
        ],
      });
    }
  };
  const replayClasses = async () => (await openReplay(REPLAY)).classes;
  const confused = (model: LoadedModel, count: number) =>
    confusedCharacters(model, { home, shipped: REPLAY, count });

  it('are those of the user first, the most often mistaken before the others', async () => {
    await keep('x', 4);
    await keep('b', 1);
    await keep('c', 3);
    const model = await takingAllFor('x', await replayClasses());
    assert.deepEqual(await confused(model, 2), ['c', 'b']);
    const more = await confused(model, 5);
    assert.deepEqual(more.slice(0, 2), ['c', 'b']);
    assert.equal(more.length, 5);
    assert.equal(new Set(more).size, 5);
    assert.ok(!more.includes('x'));
  });

  it('are those of the replay set where the user has kept none, and none where none is mistaken', async () => {
    const characters = await confused(await takingAllFor('x', await replayClasses()), 12);
    assert.equal(characters.length, 12);
    assert.deepEqual(await confused(await takingAllFor('x', ['x']), 12), []);
  });
});

/** A model that is always sure of one of its classes. */
async function takingAllFor(sure: string, classes: readonly string[]): Promise<LoadedModel> {
  const card = await readCard(path.join('media', 'models', 'characters'));
  const width = classes.length;
  return {
    card: { ...card, classes: [...classes] },
    probabilities: ({ count }) => {
      const values = new Float32Array(count * width);
      for (let row = 0; row < count; row++) values[row * width + classes.indexOf(sure)] = 1;
      return Promise.resolve(values);
    },
    embeddings: ({ count }) => Promise.resolve({ width: 1, values: new Float32Array(count) }),
    dispose: () => undefined,
  };
}
