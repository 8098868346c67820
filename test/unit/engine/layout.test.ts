import assert from 'node:assert/strict';
import { contextFactor } from '../../../src/engine/recognition/context';
import { placementScore } from '../../../src/engine/recognition/layout';

describe('what a line says of its characters', () => {
  it('small letters, capitals, dots and quotes have their places', () => {
    const capital = { top: 1, bottom: 0 };
    const small = { top: 0.6, bottom: 0 };
    assert.ok(placementScore('C', capital) > placementScore('c', capital));
    assert.ok(placementScore('c', small) > placementScore('C', small));
    assert.ok(placementScore('.', { top: 0.1, bottom: 0 }) > placementScore("'", { top: 0.1, bottom: 0 }));
    assert.ok(
      placementScore('_', { top: 0, bottom: -0.05 }) > placementScore('-', { top: 0, bottom: -0.05 }),
    );
  });

  it('digits follow digits, and nothing is said behind a blank', () => {
    assert.ok(contextFactor('x1', '0') > contextFactor('x1', 'O'));
    for (const text of ['0', 'O', 'o', '+']) assert.equal(contextFactor('a ', text), 1);
  });
});
