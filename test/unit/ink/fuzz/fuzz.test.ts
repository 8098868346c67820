import { checkInk } from './check';

describe('ink of any grammatical form', () => {
  it('is read as it is meant, and damaged it is read or refused in a sentence', () => {
    for (let seed = 0; seed < 300; seed++) checkInk(seed);
  });
});
