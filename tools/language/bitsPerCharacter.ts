import type { CharacterModel } from '../../src/language/characterModel';
import { LINE_BREAK, symbolOf } from '../../src/language/symbols';

/** How many bits a model needs for a character of lines it was not counted from, line breaks included. */
export function bitsPerCharacter(model: CharacterModel, lines: Iterable<string>): number {
  let bits = 0;
  let characters = 0;
  for (const line of lines) {
    let context = model.next(0, LINE_BREAK);
    for (const symbol of [
      ...[...line].map((character) => symbolOf(character.codePointAt(0) ?? 0)),
      LINE_BREAK,
    ]) {
      bits -= Math.log2(model.probability(context, symbol));
      context = model.next(context, symbol);
      characters++;
    }
  }
  return bits / characters;
}
