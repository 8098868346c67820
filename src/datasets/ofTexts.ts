import type { Samples } from './samples';

/** Whether the samples of a dataset are words or lines, of which each may have another text, rather than characters. */
export function isOfTexts({
  kind,
  classes,
}: {
  readonly kind: Samples['kind'];
  readonly classes: readonly string[];
}): boolean {
  return kind === 'ink' && 2 * classes.filter((name) => [...name].length > 1).length > classes.length;
}
