/** Where a character stands on its line: top and bottom above the baseline, a capital's height is 1. */
export interface Placement {
  readonly top: number;
  readonly bottom: number;
}

const TALL: Placement = { top: 1, bottom: 0 };
const SMALL: Placement = { top: 0.6, bottom: 0 };
const DESCENDING: Placement = { top: 0.6, bottom: -0.4 };

/** Where each printable ASCII character usually stands; what is not named is as tall as a capital. */
const PLACES: Readonly<Record<string, Placement>> = {
  ...Object.fromEntries([...'acemnorsuvwxz'].map((each) => [each, SMALL])),
  ...Object.fromEntries([...'gpqy'].map((each) => [each, DESCENDING])),
  ...Object.fromEntries([...'\'"`^*'].map((each) => [each, { top: 1, bottom: 0.6 }])),
  ...Object.fromEntries([...'-~'].map((each) => [each, { top: 0.45, bottom: 0.35 }])),
  ...Object.fromEntries([...'+='].map((each) => [each, { top: 0.7, bottom: 0.15 }])),
  j: { top: 0.9, bottom: -0.4 },
  t: { top: 0.9, bottom: 0 },
  i: { top: 0.9, bottom: 0 },
  '.': { top: 0.08, bottom: 0 },
  ',': { top: 0.12, bottom: -0.2 },
  ':': { top: 0.55, bottom: 0 },
  ';': { top: 0.55, bottom: -0.2 },
  _: { top: -0.05, bottom: -0.1 },
};

/** How far hands stray from these places, in heights of a capital. */
const DEVIATION = 0.22;

/** The logarithm, up to a constant, of how well a place on the line suits a character. */
export function placementScore(text: string, { top, bottom }: Placement): number {
  const usual = (Object.hasOwn(PLACES, text) ? PLACES[text] : undefined) ?? TALL;
  return -((top - usual.top) ** 2 + (bottom - usual.bottom) ** 2) / (2 * DEVIATION ** 2);
}
