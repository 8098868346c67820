import { InkError } from './errors';
import type { Ink, Point, Stroke } from './ink';
import { guideOf, type Guide } from './lines/guide';

/** One line of ink in JSON Lines. */
export interface InkLine {
  readonly id: string;
  readonly label?: string | undefined;
  readonly writer?: string | undefined;
  /** Width of the pen in the ink's unit, where it is said. */
  readonly penWidth?: number | undefined;
  /** The lines that it was written on, where they are said. */
  readonly guide?: Guide | undefined;
  /** A character that was cut from a word. */
  readonly isCut?: true;
  /** By a writer who is measured on, and not learned from. */
  readonly isDev?: true;
  readonly ink: Ink;
}

/** Where a line may have its ink: Scrawl's own name, QuickDraw's and others'. */
const INK_KEYS = ['strokes', 'drawing', 'ink', 'traces', 'points'];
const LABEL_KEYS = ['label', 'word', 'text'];
const ID_KEYS = ['id', 'key_id'];
const TIMES = ['t', 'time', 'timestamp'];
const FORCES = ['pressure', 'p', 'force'];
/** Numbers of a point at most; longer lists are one coordinate of many points. */
const LONGEST_POINT = 6;
/** Of a line; no hand draws as much at once, and read it takes thirty times the memory. */
const MOST_CHARACTERS = 8 * 2 ** 20;

/**
 * Reads ink as JSON Lines: `{"id", "label"?, "strokes": [[[x, y, t?, pressure?], ...], ...]}` a line. Points may be
 * objects (`{"x", "y"}`), and strokes lists of coordinates (`[[x, ...], [y, ...], [t, ...]?]`), as QuickDraw has them
 * under `drawing` with the label under `word`. A number for a label is its text; `null` is none.
 *
 * @throws InkError that names the first line which cannot be read
 */
export function readJsonLines(text: string): InkLine[] {
  const lines: InkLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') lines.push(readLine(jsonOf(line, index + 1), index + 1));
  }
  return lines;
}

/** The same objects in one list, or one alone; undefined where the text is other JSON. */
export function readJsonInk(text: string): InkLine[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // one object a line is no JSON as a whole
    return /^\s*\{.*\}\s*\n\s*\{/.test(text) ? readJsonLines(text) : undefined;
  }
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const isInk =
    list.length > 0 && list.every((each) => isObject(each) && INK_KEYS.some((key) => key in each));
  return isInk ? list.map((each, index) => readLine(each, index + 1)) : undefined;
}

function jsonOf(line: string, number: number): unknown {
  if (line.length > MOST_CHARACTERS)
    throw new InkError(
      `Line ${String(number)} has over 8 MiB, more than any drawing: split it into several.`,
    );
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new InkError(`Line ${String(number)} is not JSON: write one object a line.`, { cause });
  }
}

function readLine(value: unknown, number: number): InkLine {
  const where = `Line ${String(number)}`;
  if (!isObject(value)) throw noInk(where, '');
  const key = INK_KEYS.find((each) => value[each] !== undefined) ?? 'strokes';
  const word = (keys: readonly string[], isRequired: boolean) => {
    const found = keys.find((each) => value[each] !== undefined && value[each] !== null);
    const text = found === undefined ? undefined : textOf(value[found]);
    if (isRequired && found !== undefined && text === undefined) throw noWord(where, found);
    return text;
  };
  const label = word(LABEL_KEYS, true);
  const writer = word(['writer'], true);
  const ink = inkOf(value[key], key === 'drawing', `${where} is not ink: see "${key}`);
  const pen = value['penWidth'];
  const penWidth = isNumber(pen) && pen > 0 ? pen : undefined;
  const guide = guideOf(value['guide']);
  return {
    id: word(ID_KEYS, false) ?? String(number),
    label,
    writer,
    penWidth,
    ...(guide && { guide }),
    ...(value['cut'] === true && { isCut: true }),
    ...(value['dev'] === true && { isDev: true }),
    ink,
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** @param isColumns whether strokes are known to be lists of coordinates */
function inkOf(value: unknown, isColumns: boolean, where: string): Ink {
  if (!Array.isArray(value)) throw noStrokes(where);
  const strokes = (value as unknown[]).map((stroke) =>
    isObject(stroke) && Array.isArray(stroke['points']) ? (stroke['points'] as unknown) : stroke,
  );
  if (strokes.some((stroke) => isObject(stroke) && !Array.isArray(stroke['x']))) {
    // points without strokes around them
    return [strokes.map((point, at) => pointOf(point, `${where}.${String(at)}`))];
  }
  const columns = isColumns || looksLikeColumns(strokes);
  return strokes.map((stroke, at) => {
    const here = `${where}.${String(at)}`;
    if (isObject(stroke)) return strokeOfColumns(columnsOf(stroke), here);
    if (!Array.isArray(stroke)) throw noStrokes(here);
    if (columns) return strokeOfColumns(stroke, here);
    return stroke.map((point, place) => pointOf(point, `${here}.${String(place)}`));
  });
}

/** Whether every stroke is two to four lists of one length, which is not that of points. */
function looksLikeColumns(strokes: readonly unknown[]): boolean {
  const lengths = strokes.map((stroke) => {
    if (!Array.isArray(stroke) || stroke.length < 2 || stroke.length > 4) return undefined;
    const [first, ...others] = (stroke as unknown[]).map((each) => (Array.isArray(each) ? each.length : -1));
    return others.every((each) => each === first) ? first : undefined;
  });
  if (lengths.length === 0 || lengths.includes(undefined)) return false;
  return new Set(lengths).size > 1 || (lengths[0] ?? 0) > LONGEST_POINT;
}

function columnsOf(stroke: Readonly<Record<string, unknown>>): unknown[] {
  const of = (keys: readonly string[]) => keys.map((key) => stroke[key]).find(Array.isArray) as unknown;
  return [stroke['x'], stroke['y'], of(TIMES) ?? [], of(FORCES) ?? []];
}

function strokeOfColumns(columns: readonly unknown[], where: string): Stroke {
  const [xs, ys, times = [], forces = []] = columns;
  if (!isList(xs) || !isList(ys) || !isList(times) || !isList(forces) || xs.length !== ys.length) {
    throw noStrokes(where);
  }
  return xs.map((x, at) => pointOf([x, ys[at], times[at], forces[at]], `${where}.${String(at)}`));
}

function pointOf(value: unknown, where: string): Point {
  const [x, y, t, pressure] = numbersOf(value);
  if (
    !isNumber(x) ||
    !isNumber(y) ||
    !(isNumber(t) || t == null) ||
    !(isNumber(pressure) || pressure == null)
  ) {
    throw noStrokes(where);
  }
  return t == null && pressure == null ? [x, y] : [x, y, t ?? undefined, pressure ?? undefined];
}

function numbersOf(value: unknown): readonly unknown[] {
  if (isList(value)) return value.length <= LONGEST_POINT ? value : [];
  if (!isObject(value)) return [];
  const of = (keys: readonly string[]) => keys.map((key) => value[key]).find((each) => each !== undefined);
  return [value['x'] ?? value['X'], value['y'] ?? value['Y'], of(TIMES), of(FORCES)];
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noStrokes(where: string): InkError {
  return new InkError(`${where}", and write "strokes" as lists of [x, y].`);
}

function noInk(where: string, key: string): InkError {
  return noStrokes(`${where} is not ink: see "${key}`);
}

function noWord(where: string, key: string): InkError {
  return new InkError(`${where} has a ${key} that is no text: write "${key}" as a text.`);
}
