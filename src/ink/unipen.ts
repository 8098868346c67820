import { InkError } from './errors';
import type { Point, Stroke } from './ink';
import type { LabeledInk } from './inkml';

/** What a UNIPEN file holds. */
export interface UnipenDocument {
  readonly characters: readonly LabeledInk[];
  /** Words, or whole texts where it delineates no words. */
  readonly texts: readonly LabeledInk[];
  /** Segments of characters that are said to be nothing. */
  readonly unlabeled: number;
  /** Words and texts that hold ink of no character, though others have theirs delineated. */
  readonly apart: readonly LabeledInk[];
  readonly writer?: string | undefined;
  /** Files that it includes, which hold its ink. */
  readonly includes: readonly string[];
}

export interface UnipenOptions {
  /** Direction of the Y axis: `up` unless given, as UNIPEN's tablets have their origin below. */
  readonly yAxis?: 'up' | 'down' | undefined;
  /** Reads a file that this one includes; undefined where it is not there. */
  readonly include?: ((name: string) => string | undefined) | undefined;
}

/** Names of `.SEGMENT`'s levels: what is one character each, a word, and a line or more. */
const LEVELS = {
  character: /^(CHARACTER|CHAR|DIGIT|SYMBOL|LETTER|GLYPH)S?$/i,
  word: /^WORDS?$/i,
  text: /^(TEXT|LINE|SENTENCE|PHRASE)S?$/i,
};
type Level = keyof typeof LEVELS;
/** A file that includes more is no data set's. */
export const MOST_INCLUDES = 100;
/** Points of a file with those that it includes: so many are drawn in five hours. */
const MOST_POINTS = 2_000_000;
/** The same ink may stand in several segments, but not in so many that they take many times what the file does. */
const MOST_REUSED = 10;
const USUAL_REUSED = 100_000;
/** A word, or what stands in quotes, where a backslash makes the next character what it is. */
const TOKEN = /\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s"'][^\s"]*))/gsy;

interface Segment {
  readonly level: Level;
  readonly label: string;
  /** Ranges of components, as `0-2` and `5:3-6:1`; none where the segment is what follows it. */
  readonly ranges: readonly string[];
  /** Components before the segment's line. */
  readonly from: number;
  /** Components before the set that it stands in. */
  readonly set: number;
}

/** The part of a segment's ink, and the components that it is of. */
interface Delineated {
  readonly strokes: readonly Stroke[];
  readonly components: readonly Component[];
}

/** A component with its first and last point. */
interface Part {
  readonly component: number;
  readonly first: number;
  readonly last: number;
}

interface Component {
  readonly points: readonly Point[];
  readonly down: boolean;
}

/**
 * Reads UNIPEN 1.0 (Guyon et al. 1994): the components that `.PEN_DOWN` and `.PEN_UP` begin, in the columns that
 * `.COORD` names, and the characters, words and texts that `.SEGMENT` delineates by components (`0-2`, `3:5-4:20`, `1,4`). Components
 * are numbered from 0 in each set; a pen-up without points is none. A keyword stands in the first column.
 *
 * @throws InkError where the text is not UNIPEN, is cut off, or delineates what is not there
 */
export function readUnipen(text: string, options: UnipenOptions = {}): UnipenDocument {
  if (!/^\.[A-Z_]+/m.test(text))
    throw new InkError('The file is not UNIPEN: it has no keywords such as .PEN_DOWN.');
  const reader = new Reader(options);
  reader.read(text);
  return reader.document();
}

class Reader {
  private readonly components: Component[] = [];
  private readonly segments: Segment[] = [];
  private readonly includes: string[] = [];
  private columns = ['X', 'Y'];
  private pointsPerSecond = 0;
  /** Points of an inch, where they are said. */
  private readonly resolution = { x: 0, y: 0 };
  private open: Component | undefined;
  private writer: string | undefined;
  private set = 0;
  private unlabeled = 0;
  /** Of all components, and of all segments until now. */
  private points = 0;
  private delineated = 0;

  constructor(private readonly options: UnipenOptions) {}

  read(text: string): void {
    for (const statement of statementsOf(text)) this.apply(statement);
    if (this.open?.down) throw new InkError('The UNIPEN file is cut off: its last .PEN_DOWN has no .PEN_UP.');
    this.close();
  }

  document(): UnipenDocument {
    const characters = this.labeled('character');
    const words = this.labeled('word');
    const texts = words.length > 0 ? words : this.labeled('text');
    const known = new Set(characters.flatMap(({ components }) => components));
    const isApart = ({ components }: Delineated) => components.some((each) => each.down && !known.has(each));
    return {
      characters: characters.map(inkOf),
      texts: texts.map(inkOf),
      unlabeled: this.unlabeled,
      apart: characters.length === 0 ? [] : texts.filter(isApart).map(inkOf),
      writer: this.writer,
      includes: this.includes,
    };
  }

  private labeled(level: Level): (Delineated & { label: string })[] {
    const segments = this.segments.filter((segment) => segment.level === level);
    const start = this.countsInSets() ? (segment: Segment) => segment.set : () => 0;
    return segments.flatMap((segment, index) => {
      const to = segments[index + 1]?.from ?? this.components.length;
      const found = this.delineate(segment, start(segment), to);
      return found.strokes.length > 0 ? [{ label: segment.label, ...found }] : [];
    });
  }

  /** Programs that write several sets into a file number their components anew in each, or through all of them. */
  private countsInSets(): boolean {
    return this.segments.some(({ ranges, set }) => ranges.some((range) => Number.parseInt(range, 10) < set));
  }

  private apply({ keyword, rest }: Statement): void {
    switch (keyword) {
      case 'COORD':
        this.columns = rest.trim().toUpperCase().split(/\s+/);
        if (!this.columns.includes('X') || !this.columns.includes('Y')) {
          throw new InkError('The UNIPEN file has no X and Y in its .COORD: export it again.');
        }
        break;
      case 'X_POINTS_PER_INCH':
      case 'X_POINTS_PER_MM':
        this.resolution.x = Number.parseFloat(rest) || 0;
        break;
      case 'Y_POINTS_PER_INCH':
      case 'Y_POINTS_PER_MM':
        this.resolution.y = Number.parseFloat(rest) || 0;
        break;
      case 'POINTS_PER_SECOND':
        this.pointsPerSecond = Number.parseFloat(rest) || 0;
        break;
      case 'WRITER_ID':
        this.writer ??= rest.trim() || undefined;
        break;
      case 'INCLUDE':
        this.include(rest.trim());
        break;
      case 'PEN_DOWN':
      case 'PEN_UP':
        this.close();
        this.open = { down: keyword === 'PEN_DOWN', points: this.pointsOf(rest) };
        break;
      case 'SEGMENT':
        this.close();
        this.segment(rest);
        break;
      case 'START_SET':
        this.close();
        this.set = this.components.length;
        break;
      case 'DT':
      case 'START_BOX':
        this.close();
        break;
    }
  }

  private close(): void {
    if (this.open && (this.open.down || this.open.points.length > 0)) this.components.push(this.open);
    this.open = undefined;
  }

  private include(name: string): void {
    this.close();
    const text = this.options.include?.(name);
    this.includes.push(name);
    if (this.includes.length > MOST_INCLUDES)
      throw new InkError('The UNIPEN file includes itself: give its parts one by one.');
    if (text !== undefined) this.read(text);
  }

  private pointsOf(text: string): Point[] {
    const numbers = text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number);
    const { length } = this.columns;
    this.points += numbers.length / length;
    if (this.points > MOST_POINTS)
      throw new InkError('The UNIPEN file has over 2 million points: split it into several files.');
    if (numbers.length % length !== 0) {
      throw new InkError(
        `The UNIPEN file is cut off: a component has ${String(numbers.length)} numbers, ${String(length)} a point.`,
      );
    }
    if (!numbers.every(Number.isFinite))
      throw new InkError('The UNIPEN file has a coordinate that is no number: export it again.');
    const at = (point: number, column: string) => {
      const index = this.columns.indexOf(column);
      return index < 0 ? undefined : numbers[point * length + index];
    };
    const { resolution } = this;
    // in the unit of X
    const unit = resolution.x > 0 && resolution.y > 0 ? resolution.x / resolution.y : 1;
    const scale = this.options.yAxis === 'down' ? unit : -unit;
    return Array.from({ length: numbers.length / length }, (_, point): Point => {
      // + 0, for -1 times 0 is another zero
      const xy = [at(point, 'X') ?? 0, (at(point, 'Y') ?? 0) * scale + 0] as const;
      const t =
        at(point, 'T') ?? (this.pointsPerSecond > 0 ? (1000 * point) / this.pointsPerSecond : undefined);
      return t === undefined ? xy : [...xy, t];
    });
  }

  private segment(rest: string): void {
    const [name, ...tokens] = tokensOf(rest);
    const level = (Object.keys(LEVELS) as Level[]).find((each) => LEVELS[each].test(name?.word ?? ''));
    const label = tokens.pop()?.quoted;
    const words = tokens.map(({ word }) => word);
    if (!level || label === undefined || label === '' || words.includes(undefined)) {
      if (LEVELS.character.test(rest.trimStart().split(/\s/, 1)[0] ?? '')) this.unlabeled++;
      return;
    }
    const ranges = words.flatMap((word = '') => (/^[\d:,-]+$/.test(word) ? word.split(',') : []));
    this.segments.push({
      level,
      label,
      ranges: ranges.filter((range) => range !== ''),
      from: this.components.length,
      set: this.set,
    });
  }

  /** @param start components before the one that is numbered 0 */
  private delineate({ label, ranges, from }: Segment, start: number, to: number): Delineated {
    if (ranges.length === 0)
      return this.counted(this.components.slice(from, to), this.components.slice(from, to));
    const [found, whole]: [Component[], Component[]] = [[], []];
    for (const range of ranges) {
      for (const { component, first, last } of partsOf(range)) {
        const of = this.components[start + component];
        if (!of) {
          throw new InkError(
            `The UNIPEN file is cut off: "${label}" is component ${String(component)} of ${String(this.components.length - start)}.`,
          );
        }
        const isWhole = first === 0 && last === Infinity;
        found.push(isWhole ? of : { down: of.down, points: of.points.slice(first, last + 1) });
        whole.push(of);
        this.count(isWhole ? 1 : 1 + (found.at(-1)?.points.length ?? 0));
      }
    }
    return this.counted(found, whole);
  }

  private counted(found: readonly Component[], components: readonly Component[]): Delineated {
    const strokes = strokesOf(found);
    for (const { length } of strokes) this.count(length);
    return { strokes, components };
  }

  /** @throws InkError where the same ink stands in more segments than any file has */
  private count(points: number): void {
    this.delineated += points;
    if (this.delineated > USUAL_REUSED + MOST_REUSED * (this.points + this.components.length))
      throw new InkError('The UNIPEN file has the same ink in too many segments: export it again.');
  }
}

function inkOf({ label, strokes }: Delineated & { label: string }): LabeledInk {
  return { label, ink: strokes };
}

interface Token {
  readonly word?: string | undefined;
  readonly quoted?: string | undefined;
}

/** The words of a statement and what it has in quotes; none where quotes are not closed. */
function tokensOf(text: string): Token[] {
  let end = 0;
  const tokens = [...text.matchAll(TOKEN)].map(([all, double, single, word]): Token => {
    end += all.length;
    return { word, quoted: double?.replace(/\\(.)/gs, '$1') ?? single };
  });
  return text.slice(end).trim() === '' ? tokens : [];
}

function strokesOf(components: readonly Component[]): Stroke[] {
  return components.filter(({ down, points }) => down && points.length > 0).map(({ points }) => points);
}

/** `5:3-6:1` as components with their points. */
function* partsOf(range: string): Generator<Part> {
  const [from = '', to = from] = range.split('-');
  const [first = 0, firstPoint = 0] = from.split(':').map(Number);
  const [last = 0, lastPoint = to === from && to.includes(':') ? firstPoint : Infinity] = to
    .split(':')
    .map(Number);
  if (!(last >= first)) {
    throw new InkError(
      `The UNIPEN file has the segment ${range}, which is no range of components: export it again.`,
    );
  }
  for (let component = first; component <= last; component++) {
    yield {
      component,
      first: component === first ? firstPoint : 0,
      last: component === last ? lastPoint : Infinity,
    };
  }
}

interface Statement {
  readonly keyword: string;
  readonly rest: string;
}

/** A keyword stands behind a dot at the beginning of a line; all up to the next belongs to it. */
function* statementsOf(text: string): Generator<Statement> {
  let keyword = '';
  let rest: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = /^\.([A-Z][A-Z0-9_]*)(?:\s(.*))?$/s.exec(line);
    if (!match) {
      rest.push(line);
      continue;
    }
    yield { keyword, rest: rest.join('\n') };
    keyword = match[1] ?? '';
    rest = [match[2] ?? ''];
  }
  yield { keyword, rest: rest.join('\n') };
}
