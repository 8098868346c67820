import assert from 'node:assert/strict';
import { ghostLine } from '../../../../src/host/pad/ghostLine';

describe('a line of ghost text', () => {
  it('keeps spaces as wide as they are', () => {
    assert.equal(ghostLine('a  b'), 'a\u00a0\u00a0b');
  });

  it('says that more lines follow the first', () => {
    assert.equal(ghostLine('if(x){\n}'), 'if(x){⏎');
    assert.equal(ghostLine('a\r\nb'), 'a⏎');
  });

  it('cuts what is longer than a line can be', () => {
    const line = ghostLine('x'.repeat(1000));
    assert.equal(line.length, 200);
    assert.ok(line.endsWith('…'));
  });
});
