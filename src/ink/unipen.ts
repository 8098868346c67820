import { InkError } from './errors';
import type { Ink, Point, Stroke } from './ink';
import type { LabelledInk } from './inkml';

/** What a UNIPEN file holds. */
export interface UnipenDocument {
  readonly characters: readonly LabelledInk[];
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

/** Levels of `.SEGMENT` that are one character each. */
const LEVELS = /^(CHARACTER|CHAR|DIGIT|SYMBOL|LETTER|GLYPH)S?$/i;
/** A file that includes more is no data set's. */
export const MOST_INCLUDES = 100;
/** Points of all characters; the same points in many characters would take any memory. */
const MOST_POINTS = 20_000_000;
/** A word, or what stands in quotes, where a backslash makes the next character what it is. */
const TOKEN = /\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s"'][^\s"]*))/gsy;

interface Segment {
  readonly label: string;
  /** Ranges of components, as `0-2` and `5:3-6:1`; none where the segment is what follows it. */
  readonly ranges: readonly string[];
  /** Components before the segment's line. */
  readonly from: number;
}

/** A component with its first and last point. */
interface Part {
  readonly component: number;
  readonly first: number;
  readonly last: number;
}

interface Component {
  readonly points: Point[];
  readonly down: boolean;
}

/**
 * Reads UNIPEN 1.0 (Guyon et al. 1994): the components that `.PEN_DOWN` and `.PEN_UP` begin, in the columns that
 * `.COORD` names, and the characters that `.SEGMENT` delineates by components (`0-2`, `3:5-4:20`, `1,4`). Components
 * are numbered from 0; a pen-up without points is none.
 *
 * @throws InkError where the text is not UNIPEN, is cut off, or delineates what is not there
 */
export function readUnipen(text: string, options: UnipenOptions = {}): UnipenDocument {
  if (!/^[ \t]*\.[A-Z_]+/m.test(text))
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
  private open: Component | undefined;
  private writer: string | undefined;
  /** Of the characters until now. */
  private points = 0;

  constructor(private readonly options: UnipenOptions) {}

  read(text: string): void {
    for (const statement of statementsOf(text)) this.take(statement);
    if (this.open?.down) throw new InkError('The UNIPEN file is cut off: its last .PEN_DOWN has no .PEN_UP.');
    this.close();
  }

  document(): UnipenDocument {
    const characters = this.segments.flatMap((segment, index) => {
      const ink = this.inkOf(segment, this.segments[index + 1]?.from ?? this.components.length);
      return ink.length > 0 ? [{ label: segment.label, ink }] : [];
    });
    return { characters, writer: this.writer, includes: this.includes };
  }

  private take({ keyword, rest }: Statement): void {
    switch (keyword) {
      case 'COORD':
        this.columns = rest.trim().toUpperCase().split(/\s+/);
        if (!this.columns.includes('X') || !this.columns.includes('Y')) {
          throw new InkError('The UNIPEN file has no X and Y in its .COORD: export it again.');
        }
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
      case 'DT':
      case 'START_BOX':
      case 'START_SET':
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
    const sign = this.options.yAxis === 'down' ? 1 : -1;
    return Array.from({ length: numbers.length / length }, (_, point): Point => {
      // 0 - y, for -1 times 0 is another zero
      const y = at(point, 'Y') ?? 0;
      const xy = [at(point, 'X') ?? 0, sign > 0 ? y : 0 - y] as const;
      const t =
        at(point, 'T') ?? (this.pointsPerSecond > 0 ? (1000 * point) / this.pointsPerSecond : undefined);
      return t === undefined ? xy : [...xy, t];
    });
  }

  private segment(rest: string): void {
    const [level, ...tokens] = tokensOf(rest);
    const label = tokens.pop()?.quoted;
    const words = tokens.map(({ word }) => word);
    if (!LEVELS.test(level?.word ?? '') || label === undefined || label === '') return;
    if (words.includes(undefined)) return;
    const ranges = words.flatMap((word = '') => (/^[\d:,-]+$/.test(word) ? word.split(',') : []));
    this.segments.push({
      label,
      ranges: ranges.filter((range) => range !== ''),
      from: this.components.length,
    });
  }

  private inkOf({ label, ranges, from }: Segment, to: number): Ink {
    if (ranges.length === 0) return this.counted(strokesOf(this.components.slice(from, to)));
    const found: Component[] = [];
    for (const range of ranges) {
      for (const { component, first, last } of partsOf(range)) {
        const whole = this.components[component];
        if (!whole) {
          throw new InkError(
            `The UNIPEN file is cut off: "${label}" is component ${String(component)} of ${String(this.components.length)}.`,
          );
        }
        const points = whole.points.slice(first, last === Infinity ? undefined : last + 1);
        found.push({ down: whole.down, points });
      }
    }
    return this.counted(strokesOf(found));
  }

  private counted(ink: Ink): Ink {
    for (const { length } of ink) this.points += length;
    if (this.points > MOST_POINTS)
      throw new InkError('The UNIPEN file has the same ink in too many characters: export it again.');
    return ink;
  }
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
    const match = /^\s*\.([A-Z][A-Z0-9_]*)(?:\s(.*))?$/s.exec(line);
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
