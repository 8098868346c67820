import assert from 'node:assert/strict';
import { indentationOf } from '../../../../src/pictures/page/indentation';

describe('the indentation of lines', () => {
  it('is told by where they begin, however wide a level is', () => {
    assert.deepEqual(indentationOf([100, 140, 180, 178, 141, 102], 30), [0, 1, 2, 2, 1, 0]);
    assert.deepEqual(indentationOf([100, 220, 340, 101], 30), [0, 1, 2, 0]);
  });

  it('follows a margin that drifts, and is none of lines that hardly begin apart', () => {
    assert.deepEqual(indentationOf([100, 112, 124, 136, 180, 150], 30), [0, 0, 0, 0, 1, 0]);
  });

  it('counts from the line that begins outermost', () => {
    assert.deepEqual(indentationOf([200, 201, 100, 150], 30), [1, 1, 0, 1]);
  });
});
