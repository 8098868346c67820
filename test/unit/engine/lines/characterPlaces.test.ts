import assert from 'node:assert/strict';
import { characterPlace, placeLikelihood } from '../../../../src/engine/recognition/lines/characterPlaces';
import { CHARACTERS } from './syntheticFrames';

describe('places of characters on the line', () => {
  const likeliest = (choices: string, top: number, bottom: number) =>
    [...choices].reduce((best, each) =>
      placeLikelihood(each, { top, bottom }) > placeLikelihood(best, { top, bottom }) ? each : best,
    );

  it('are known of all printable characters', () => {
    for (const character of CHARACTERS) {
      const place = characterPlace(character);
      assert.ok(place && place.top > place.bottom, character);
    }
  });

  it('tell twins and marks apart', () => {
    assert.equal(likeliest('oO', 1.1, -0.05), 'o');
    assert.equal(likeliest('oO', 1.6, 0), 'O');
    assert.equal(likeliest(",'", 0.2, -0.3), ',');
    assert.equal(likeliest(",'", 1.7, 1.3), "'");
    assert.equal(likeliest('.:', 0.1, 0), '.');
    assert.equal(likeliest('_-~', -0.1, -0.15), '_');
    assert.equal(likeliest('_-', 0.6, 0.55), '-');
    assert.equal(likeliest('pP', 1, -0.5), 'p');
  });

  it('rule nothing out', () => {
    for (const character of CHARACTERS) assert.ok(placeLikelihood(character, { top: 9, bottom: -9 }) > -4);
    assert.ok(placeLikelihood('λ', { top: 1, bottom: 0 }) > -4);
  });
});
