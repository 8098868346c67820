import { EMNIST_SPLITS, readMapping } from '../emnist';
import { DatasetError, UnknownClasses } from '../errors';
import { classOfName } from './className';

/** The classes that stored labels stand for. */
export interface LabelMapping {
  readonly classes: readonly string[];
  readonly covers: readonly string[];
  /**
   * The index of a stored label's class.
   *
   * @throws DatasetError where it has none
   */
  readonly classOf: (label: string, where: string) => number;
}

/** What is known of the labels before they are read. */
export interface MappingSources {
  /** Content of a mapping file: lines of `label code [code]`. */
  readonly text?: string | undefined;
  /** Name of the data, in which a split of EMNIST may be named. */
  readonly name: string;
  /** The characters of the labels 0, 1, 2 and so on. */
  readonly characters?: string | undefined;
}

/**
 * Finds what labels stand for: the given characters, the mapping file, digits for 0 to 9, or the labels themselves where
 * each is a character.
 *
 * @param labels all that occur
 * @throws DatasetError where that cannot be known
 */
export function mapLabels(
  labels: ReadonlySet<string>,
  { text, name, characters }: MappingSources,
): LabelMapping {
  if (characters !== undefined) return byPosition([...characters]);
  if (text !== undefined) return byMapping(text, name);
  const numeric = [...labels].every((label) => /^\d+$/.test(label));
  if (numeric && [...labels].every((label) => Number(label) <= 9)) return byPosition([...'0123456789']);
  if (numeric) {
    const largest = Math.max(...[...labels].map(Number));
    throw new UnknownClasses(
      `The labels of ${name} go up to ${String(largest)}: say what they stand for with --mapping FILE or --classes CHARACTERS.`,
    );
  }
  return byName(labels, name);
}

function byPosition(classes: readonly string[]): LabelMapping {
  return {
    classes,
    covers: classes,
    classOf: (label, where) => {
      const index = Number(label);
      if (/^\d+$/.test(label) && index < classes.length) return index;
      throw unknownLabel(label, where);
    },
  };
}

function byMapping(text: string, name: string): LabelMapping {
  const split = EMNIST_SPLITS.find((each) => name.toLowerCase().includes(each)) ?? 'byclass';
  const { classes, covers, classOf } = readMapping(text, split);
  return {
    classes,
    covers,
    classOf: (label, where) => {
      if (!/^\d+$/.test(label)) throw unknownLabel(label, where);
      return classOf(Number(label), where);
    },
  };
}

function byName(labels: ReadonlySet<string>, name: string): LabelMapping {
  const classes = [
    ...new Set([...labels].map((label) => classOfName(label, 'auto') ?? unknown(label, name))),
  ].sort();
  return {
    classes,
    covers: classes,
    classOf: (label, where) => {
      const index = classes.indexOf(classOfName(label, 'auto') ?? '');
      if (index < 0) throw unknownLabel(label, where);
      return index;
    },
  };
}

function unknown(label: string, where: string): never {
  throw unknownLabel(label, where);
}

function unknownLabel(label: string, where: string): DatasetError {
  return new DatasetError(
    `${where} has the label "${label}", which stands for no character: check it, or give --mapping.`,
  );
}
