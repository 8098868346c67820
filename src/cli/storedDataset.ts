import { countOf, storedSplits } from '../datasets/store/cache';
import type { Manifest } from '../datasets/store/manifest';
import { print, say } from './output';

/** Lines about what is left out, before the rest is only counted. */
const MOST_PROBLEMS = 20;

/** Says what was left out of a dataset that was just stored, and prints what is in it. */
export function printStored(manifest: Manifest, problems: readonly string[], json: boolean): void {
  for (const problem of problems.slice(0, MOST_PROBLEMS)) say(`left out ${problem}`);
  const more = problems.length - MOST_PROBLEMS;
  if (more > 0) say(`and ${String(more)} more`);
  const samples = Object.fromEntries(
    storedSplits(manifest).map((split) => [split, countOf(manifest, split)]),
  );
  if (json) {
    print(JSON.stringify({ ...manifest, samples, problems }));
    return;
  }
  const counts = Object.entries(samples).map(([split, count]) => `${String(count)} ${split}`);
  print(`${manifest.id}: ${String(manifest.classes.length)} classes, ${counts.join(' + ')}`);
}
