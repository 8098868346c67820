import { createHash } from 'node:crypto';
import type { Ink } from '../../ink/ink';

/** Of 64 bits: of a million different samples two have one with a probability of less than 1 to 10 million. */
export function fingerprint(sample: Uint8Array | Ink): bigint {
  const data = sample instanceof Uint8Array ? sample : JSON.stringify(sample);
  return createHash('sha256').update(data).digest().readBigUInt64LE();
}

/**
 * Samples that are the same, each group ascending, in the order of their first ones.
 *
 * @param left samples that are passed over
 */
export function groupsOfEqual(
  fingerprints: BigUint64Array,
  left: (sample: number) => boolean = () => false,
): number[][] {
  const groups = new Map<bigint, number[]>();
  for (const print of repeated(fingerprints)) groups.set(print, []);
  fingerprints.forEach((print, sample) => {
    if (!left(sample)) groups.get(print)?.push(sample);
  });
  return [...groups.values()].filter(({ length }) => length > 1).sort(([a = 0], [b = 0]) => a - b);
}

/** Sorting numbers takes no memory but their own; only what is there twice goes into a map. */
function* repeated(fingerprints: BigUint64Array): Generator<bigint> {
  const sorted = fingerprints.slice().sort();
  for (let at = 1; at < sorted.length; at++) {
    const print = sorted[at];
    if (print !== undefined && print === sorted[at - 1]) yield print;
  }
}
