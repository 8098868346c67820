import assert from 'node:assert/strict';
import { inlineCode } from '../../../src/host/shell/inlineCode';

describe('a name in a tooltip', () => {
  it('is inline code that nothing in it ends', () => {
    assert.equal(inlineCode('a'), '`a`');
    assert.equal(inlineCode('`'), '`` ` ``');
    assert.equal(inlineCode('`` [x](command:y) ``'), '``` `` [x](command:y) `` ```');
    assert.equal(inlineCode('a\n\n# b'), '`a # b`');
  });
});
