/** Mixes of old and new weights that are tried, the strongest first (Wortsman et al. 2022). */
export const MIXES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

/** Weights that lie on the way from old ones to new ones: 0 is the old ones, 1 the new ones. */
export function mixed(
  start: readonly Float32Array[],
  learned: readonly Float32Array[],
  mix: number,
): Float32Array[] {
  return start.map((values, at) => values.map((value, i) => value + mix * ((learned[at]?.[i] ?? 0) - value)));
}
