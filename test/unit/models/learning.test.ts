import assert from 'node:assert/strict';
import { learningOf } from '../../../src/models/learning';
import { readCard } from '../../../src/models/modelFolder';

const SPLITS = ['train', 'test'];

describe('what a card says of the samples that a model has learned from', () => {
  it('tells what was trained on from what was not', async () => {
    const bundled = await readCard('media/models/characters');
    const card = {
      ...bundled,
      data: [{ name: 'digits', license: '', source: 'digits', samples: 10 }],
    };
    const of = (id: string, split: string, part = '', officialSplits = SPLITS) =>
      learningOf(card, { dataset: { id, officialSplits }, split, part });
    assert.equal(of('digits', 'train'), 'learned');
    assert.equal(of('digits', 'all'), 'learned');
    assert.equal(of('digits', 'test'), 'unseen');
    assert.equal(of('digits', 'validation'), 'unseen');
    assert.equal(of('digits', 'all', '', []), 'learned');
    assert.equal(of('digits', 'test', '', ['test']), 'learned', 'without a train split all is trained on');
    assert.equal(of('digits', 'validation', '0.1 1 abc', []), 'unseen', 'held out of all');
    assert.equal(of('letters', 'test'), 'unnamed');
    assert.equal(
      learningOf({ ...card, data: [] }, { dataset: { id: 'x', officialSplits: [] }, split: 'all', part: '' }),
      'unnamed',
    );
  });

  it('knows the bundled model to have learned from EMNIST and MNIST', async () => {
    const card = await readCard('media/models/characters');
    const of = (id: string, split: string) =>
      learningOf(card, { dataset: { id, officialSplits: SPLITS }, split, part: '' });
    assert.equal(of('emnist-byclass', 'train'), 'learned');
    assert.equal(of('emnist-byclass', 'test'), 'unseen');
    assert.equal(
      of('emnist-letters', 'test'),
      'learned',
      'its test split may be in the train split of another',
    );
    assert.equal(of('mnist', 'train'), 'learned');
    assert.equal(of('mnist', 'test'), 'unseen');
    assert.equal(of('my-scans', 'all'), 'unnamed');
  });
});
