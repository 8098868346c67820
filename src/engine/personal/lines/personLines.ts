import type { Dataset } from '../../../datasets/dataset';
import { rowTexts, type RowText } from '../../../ink/lines/rowTexts';
import { ModelError } from '../../../models/errors';
import { LEAST_LINES } from '../../../protocol/engine/personal';
import { consistsOf } from '../../training/lines/lineData';
import { holdOut } from '../personSamples';

export interface PersonLines {
  readonly train: readonly RowText[];
  /** Not learned from, to measure on. */
  readonly held: readonly RowText[];
  /** How many are left out: they have a character that the model does not know, or other rows than their text. */
  readonly leftOut: number;
}

/** The newest of more are taken. */
const MOST_LINES = 500;

/**
 * The user's words and lines, about a quarter of them held out: which ones depends on their ink alone.
 *
 * @param classes of the model
 * @throws ModelError where there are too few, or they are not ink
 */
export async function loadPersonLines(dataset: Dataset, classes: readonly string[]): Promise<PersonLines> {
  const samples = await dataset.load('all');
  if (samples.kind !== 'ink')
    throw new ModelError(`${dataset.id} holds pictures and no ink: give lines that were written.`);
  const from = Math.max(0, samples.inks.length - MOST_LINES);
  const all = samples.inks
    .slice(-MOST_LINES)
    .map((ink, index) =>
      rowTexts(dataset.classes[samples.labels[from + index] ?? 0] ?? '', ink, samples.guides?.[from + index]),
    );
  const characters = new Set(classes);
  const isKnown = ({ label }: RowText) => consistsOf(label, characters);
  const usable = all.filter((rows) => rows.length > 0 && rows.every(isKnown));
  const known = usable.flat();
  if (known.length < LEAST_LINES) {
    throw new ModelError(
      `There are ${known.length} words and lines of your handwriting that the model has the characters of: ` +
        `keep at least ${LEAST_LINES}, or practice some.`,
    );
  }
  const parts = holdOut(known, new Set(known.map(({ label }) => label)));
  return { ...parts, leftOut: all.length - usable.length };
}
