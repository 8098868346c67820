import assert from 'node:assert/strict';
import { OtherNames } from '../../../../src/host/pad/otherNames';

/** A document that counts how often it is read. */
function documentOf(text: string) {
  const document = {
    version: 1,
    reads: 0,
    text,
    getText: () => {
      document.reads += 1;
      return document.text;
    },
  };
  return document;
}

describe('the names of other open documents', () => {
  it('are those of all of them, the heaviest first', () => {
    const names = new OtherNames().of([documentOf('alpha beta'), documentOf('beta gamma')]);
    assert.deepEqual(names.map(([name]) => name).sort(), ['alpha', 'beta', 'gamma']);
    assert.equal(names[0]?.[0], 'beta');
    assert.ok(names.every(([, weight]) => weight > 0));
  });

  it('are read anew only where a document has changed', () => {
    const others = new OtherNames();
    const [one, two] = [documentOf('alpha'), documentOf('beta')];
    assert.equal(others.of([one, two]), others.of([one, two]));
    two.text = 'delta';
    two.version = 2;
    assert.deepEqual(
      others
        .of([one, two])
        .map(([name]) => name)
        .sort(),
      ['alpha', 'delta'],
    );
    assert.deepEqual([one.reads, two.reads], [1, 2]);
  });

  it('are no more than a lexicon takes', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `name${String(at)}`).join(' ');
    assert.equal(new OtherNames().of([documentOf(many)]).length, 2000);
  });
});
