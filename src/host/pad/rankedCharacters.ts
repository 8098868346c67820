import type { NamedCharacter } from './characterNames';
import { ranked } from './ranked';

/** Why a character stands where it does in the list. */
export type Section = 'likely' | 'picked lately' | 'alphabet' | 'more characters';

export interface RankedCharacter extends NamedCharacter {
  readonly section: Section;
}

export interface CharacterSources {
  /** What the ink may be, likeliest first. */
  readonly likely: readonly string[];
  /** What the user picked, the last first. */
  readonly picked: readonly string[];
  /** What the model can give in the user's alphabet. */
  readonly alphabet: readonly string[];
  readonly named: readonly NamedCharacter[];
}

/** Every character that can be picked, each once: likely ones first, then those used lately, then all others. */
export function rankedCharacters({ likely, picked, alphabet, named }: CharacterSources): RankedCharacter[] {
  const names = new Map(named.map(({ character, name }) => [character, name]));
  const sections = [
    ['likely', likely],
    ['picked lately', picked],
    ['alphabet', alphabet],
    ['more characters', [...names.keys()]],
  ] as const;
  return ranked<string, Section>(sections).map(({ item: character, section }) => ({
    character,
    name: names.get(character) ?? '',
    section,
  }));
}

/** The one character that a text is, as a user sees it; undefined where it is more or none. */
export function onlyCharacter(text: string): string | undefined {
  const [first, ...more] = [...new Intl.Segmenter().segment(text.trim())];
  return more.length === 0 ? first?.segment : undefined;
}
