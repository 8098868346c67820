/** Where a character stands on its line: heights over the base line, up, small letters such as x being 1 high. */
export interface CharacterPlace {
  readonly top: number;
  readonly bottom: number;
}

/** Heights of printing, by the characters that have them. */
const PLACES: readonly (readonly [characters: string, top: number, bottom: number])[] = [
  ['acemnorsuvwxz', 1, 0],
  ['gpqy', 1, -0.6],
  ['j', 1.5, -0.6],
  ['it', 1.5, 0],
  ['bdfhklABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!?&#%', 1.7, 0],
  ['()[]{}|/\\$@', 1.8, -0.25],
  ['\'"`', 1.8, 1.2],
  ['^*', 1.7, 0.9],
  ['-', 0.65, 0.55],
  ['~', 0.75, 0.45],
  ['+<>', 1.1, 0.1],
  ['=', 0.8, 0.35],
  ['.', 0.15, 0],
  [',', 0.15, -0.35],
  [':', 0.95, 0],
  [';', 0.95, -0.35],
  ['_', -0.05, -0.2],
];

const BY_CHARACTER = new Map(
  PLACES.flatMap(([characters, top, bottom]) =>
    [...characters].map((character) => [character, { top, bottom }] as const),
  ),
);

/** How much hands deviate from print, in heights of small letters. */
const DEVIATION = 0.25;

/** Any place has at least this density, so that no place rules a character out. */
const ANYWHERE = 0.02;

/** Where a character stands in print; nothing of one that Scrawl does not know. */
export function characterPlace(character: string): CharacterPlace | undefined {
  return BY_CHARACTER.get(character);
}

/**
 * How well a place suits a character, as a logarithm of a likelihood: 0 where it stands as in print, -3.9 at worst. Of
 * a character that Scrawl does not know nothing can be said, so it has the middle of what others have.
 */
export function placeLikelihood(character: string, { top, bottom }: CharacterPlace): number {
  const place = characterPlace(character);
  if (!place) return Math.log(ANYWHERE) / 2;
  const distance = ((top - place.top) / DEVIATION) ** 2 + ((bottom - place.bottom) / DEVIATION) ** 2;
  return Math.log(ANYWHERE + (1 - ANYWHERE) * Math.exp(-distance / 2));
}
