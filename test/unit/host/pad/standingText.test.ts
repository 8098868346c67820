import assert from 'node:assert/strict';
import { StandingText, type TextChange } from '../../../../src/host/pad/standingText';

const change = (rangeOffset: number, rangeLength: number, text: string): TextChange => ({
  rangeOffset,
  rangeLength,
  text,
});

/** `foo` at 10, and `foo` at 20. */
const standing = () =>
  new StandingText([
    { offset: 10, text: 'foo', removed: '' },
    { offset: 20, text: 'foo', removed: 'x' },
  ]);

const offsets = (text: StandingText) => text.pieces?.map(({ offset }) => offset);

describe('text that was inserted', () => {
  it('moves with what is changed before it', () => {
    const text = standing();
    text.change([change(2, 1, 'abc')]);
    assert.deepEqual(offsets(text), [12, 22]);
    text.change([change(12, 0, '\n')]);
    assert.deepEqual(offsets(text), [13, 23]);
  });

  it('stays where it is when something changes behind it', () => {
    const text = standing();
    text.change([change(23, 0, 'bar')]);
    assert.deepEqual(offsets(text), [10, 20]);
  });

  it('takes the changes of several cursors, the last first', () => {
    const text = standing();
    text.change([change(23, 0, ';'), change(13, 0, ';')]);
    assert.deepEqual(offsets(text), [10, 21]);
  });

  it('is lost once it was changed itself, at any of its places', () => {
    for (const touched of [change(21, 1, ''), change(9, 2, ''), change(11, 0, 'x'), change(0, 40, '')]) {
      const text = standing();
      text.change([touched]);
      assert.equal(text.pieces, undefined, JSON.stringify(touched));
    }
  });
});
