import assert from 'node:assert/strict';
import path from 'node:path';
import { proposedDatasetName } from '../../../src/datasets/import/proposedName';

describe('the name that a new dataset is offered', () => {
  for (const [location, name] of [
    ['/home/me/letters', 'letters'],
    ['/home/me/letters.tar.gz', 'letters'],
    ['/home/me/my.letters.zip', 'my.letters'],
    ['/home/me/kanji/train', 'kanji'],
    ['/home/me/kanji/data.csv', 'kanji'],
    ['/data/train', 'train'],
    ['/train', 'train'],
  ] as const) {
    it(`is ${name} for ${location}`, () => {
      assert.equal(proposedDatasetName(path.resolve(location)), name);
    });
  }
});
