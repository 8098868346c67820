import assert from 'node:assert/strict';
import { hasStops, withoutStops } from '../../../src/symbols/snippet';

describe('a text of a symbol', () => {
  it('is a snippet where it has stops', () => {
    assert.ok(hasStops('\\frac{$1}{$2}'));
    assert.ok(hasStops('${1:name} := $0'));
    assert.ok(!hasStops('\\mathbb{R}'));
    assert.ok(!hasStops('$HOME <=> ${x}'));
  });

  it('is plain where no cursor can go to stops', () => {
    assert.equal(withoutStops('\\frac{$1}{$2}'), '\\frac{}{}');
    assert.equal(withoutStops('${1:name} := $0'), 'name := ');
  });
});
