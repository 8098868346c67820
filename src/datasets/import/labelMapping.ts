import { EMNIST_SPLITS, readMapping } from '../formats/emnist';
import { DatasetError, UnknownClasses } from '../errors';
import { classOfName } from './className';
import type { NamedClasses } from './classesFile';

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
  /** What Scrawl itself wrote of them. */
  readonly named?: NamedClasses | undefined;
  /** Content of a mapping file: lines of `label code [code]`. */
  readonly text?: string | undefined;
  /** Name of the data, in which a split of EMNIST may be named. */
  readonly name: string;
  /** The characters of the labels 0, 1, 2 and so on. */
  readonly characters?: string | undefined;
}

/**
 * Finds what labels stand for: the given characters, the mapping file, digits for 0 to 9, or the labels themselves.
 *
 * @param labels all that occur
 * @throws DatasetError where that cannot be known
 */
export function mapLabels(
  labels: ReadonlySet<string>,
  { named, text, name, characters }: MappingSources,
): LabelMapping {
  if (characters !== undefined) return byPosition([...characters]);
  if (named) return { ...byPosition(named.classes), covers: named.covers };
  if (text !== undefined) return byMapping(text, name);
  const numeric = [...labels].every((label) => /^\d+$/.test(label));
  if (numeric && [...labels].every((label) => Number(label) <= 9)) return byPosition([...'0123456789']);
  if (numeric) {
    const largest = [...labels].reduce((most, label) => Math.max(most, Number(label)), 0);
    throw new UnknownClasses(
      `The labels of ${name} go up to ${String(largest)}: say what they stand for with --mapping FILE or --classes CHARACTERS.`,
    );
  }
  return byName(labels);
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

/** A character, or what stands for one; a word is taken as it is. */
function byName(labels: ReadonlySet<string>): LabelMapping {
  const names = new Map(
    [...labels].map((label) => [label, classOfName(label, 'auto') ?? label.normalize('NFC')]),
  );
  const classes = [...new Set(names.values())].sort();
  const index = new Map(classes.map((name, position) => [name, position]));
  return {
    classes,
    covers: classes,
    classOf: (label, where) => {
      const position = index.get(names.get(label) ?? '');
      if (position === undefined) throw unknownLabel(label, where);
      return position;
    },
  };
}

function unknownLabel(label: string, where: string): DatasetError {
  return new DatasetError(
    `${where} has the label "${label}", which stands for no character: check it, or give --mapping.`,
  );
}
