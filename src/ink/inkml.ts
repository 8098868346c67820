import { InkError } from './errors';
import type { Ink, Point, Stroke } from './ink';
import { InkContexts, PLAIN_CONTEXT, type InkContext } from './inkContext';
import { childrenOf, parseInkXml, referred, type InkElement } from './inkXml';
import { guideOf, type Guide } from './lines/guide';
import { noPoints, tracePoints } from './tracePoints';

/** A group of strokes with the text that they stand for. */
export interface LabeledInk {
  readonly label: string;
  /** The label is the text itself, and not LaTeX. */
  readonly isPlain?: boolean | undefined;
  readonly ink: Ink;
  /** Who wrote it, where the group itself says it. */
  readonly writer?: string | undefined;
  /** Width of the pen in the ink's unit, where a brush says it. */
  readonly penWidth?: number | undefined;
  /** The lines that it was written on, where the group says it. */
  readonly guide?: Guide | undefined;
}

/** What an InkML document holds: its strokes, its labeled groups, who wrote it. */
export interface InkDocument {
  /** All that was drawn, wherever it stands, in its order. */
  readonly strokes: readonly Stroke[];
  readonly groups: readonly LabeledInk[];
  /** Labeled groups that hold no ink. */
  readonly empty: number;
  /** What its programs call it (`UI` in CROHME), which a table of labels may name. */
  readonly name?: string | undefined;
  readonly writer?: string | undefined;
  /** What all of it stands for, where it says so. */
  readonly truth?: string | undefined;
}

/** The encoding of a truth that is a text. */
export const PLAIN = 'text/plain';
/** That of one with characters that XML cannot hold. */
export const JSON_TEXT = 'application/json';
/** The annotation, as JSON, of the lines that a group was written on. */
export const GUIDE = 'guide';

/** A stroke with the pen's width. */
interface Drawn {
  readonly stroke: Stroke;
  readonly penWidth: number | undefined;
}

/** The same ink may stand in several groups, but not in so many that they take many times what the document does. */
const MOST_REUSED = 10;
const USUAL_REUSED = 100_000;
/** A chain of views longer than this leads in a circle. */
const LONGEST_CHAIN = 200;
/** Annotations that say what ink stands for, the surest first: CROHME's, and MathWriting's. */
const TRUTHS = ['truth', 'label', 'normalizedLabel'];

/**
 * Reads InkML (W3C Recommendation, 2011): the traces of a document wherever they stand, in the channels that their
 * context names, with time (T) and force (F) where it does, and groups and views of traces with their truth.
 *
 * @throws InkError where the text is not InkML
 */
export function readInkml(text: string): InkDocument {
  return new Reader(parseInkXml(text)).document();
}

class Reader {
  private readonly byId = new Map<string, InkElement>();
  private readonly contexts = new InkContexts(this.byId);
  private readonly drawn = new Map<InkElement, readonly Drawn[]>();
  private readonly strokes: Stroke[] = [];
  /** Points of the document, and of all its groups until now. */
  private points = 0;
  private grouped = 0;
  private empty = 0;

  constructor(private readonly root: InkElement) {
    this.index(root);
    this.draw(root, this.first(), true);
  }

  document(): InkDocument {
    const groups = this.root.children.flatMap((child) => this.labeled(child));
    return {
      strokes: this.strokes,
      groups,
      empty: this.empty,
      name: annotation(this.root, ['UI'])?.text,
      writer: annotation(this.root, ['writer'])?.text,
      truth: annotation(this.root, TRUTHS)?.text,
    };
  }

  private index(element: InkElement): void {
    const id = element.attributes['id'];
    if (id !== undefined && !this.byId.has(id)) this.byId.set(id, element);
    for (const child of element.children) this.index(child);
  }

  /** A format may stand behind the traces that it is of. */
  private first(): InkContext {
    const format = this.root.children.find(({ name }) => name === 'traceFormat');
    return format ? this.contexts.after(format, PLAIN_CONTEXT) : PLAIN_CONTEXT;
  }

  /** Reads the traces in an element; those of definitions are drawn only where something refers to them. */
  private draw(element: InkElement, around: InkContext, isDrawn: boolean): void {
    let context = around;
    for (const child of element.children) {
      context = this.contexts.after(child, context);
      if (child.name === 'trace') this.trace(child, this.contexts.of(child, context), isDrawn);
      if (child.name === 'traceGroup') this.draw(child, this.contexts.of(child, context), isDrawn);
      if (child.name === 'definitions') this.draw(child, context, false);
    }
  }

  private trace(element: InkElement, { format, penWidth }: InkContext, isDrawn: boolean): void {
    const { type, continuation, priorRef } = element.attributes;
    if (type === 'penUp') return;
    const strokes = strokesOf(element.text, format);
    const earlier = this.byId.get(referred(priorRef) ?? '');
    const before = earlier && (this.drawn.get(earlier)?.at(-1)?.stroke as Point[] | undefined);
    // what goes on from another trace is one stroke with it
    const goesOn = before !== undefined && (continuation === 'middle' || continuation === 'end');
    if (goesOn) for (const point of strokes.shift() ?? []) before.push(point);
    const drawn = strokes.map((stroke) => ({ stroke, penWidth }));
    this.drawn.set(element, goesOn ? [{ stroke: before, penWidth }, ...drawn] : drawn);
    for (const { length } of strokes) this.points += length;
    if (isDrawn) for (const stroke of strokes) this.strokes.push(stroke);
  }

  /** The innermost groups with a truth are the symbols; the ones around them only name the segmentation. */
  private labeled(element: InkElement): LabeledInk[] {
    if (element.name !== 'traceGroup' && element.name !== 'traceView') return [];
    const inner = element.children.flatMap((child) => this.labeled(child));
    const truth = annotation(element, TRUTHS);
    if (inner.length > 0 || truth === undefined) return inner;
    const own = this.inkOf(element);
    if (own.length === 0) {
      if (!hasLabeled(element)) this.empty++;
      return [];
    }
    const writer = annotation(element, ['writer'])?.text;
    const penWidth = own[0]?.penWidth;
    const guide = guideOf(valueOfJson(annotation(element, [GUIDE])?.text));
    return [
      {
        label: truth.text,
        ...(truth.isPlain && { isPlain: true }),
        ink: own.map(({ stroke }) => stroke),
        ...(writer === undefined ? {} : { writer }),
        ...(penWidth === undefined ? {} : { penWidth }),
        ...(guide && { guide }),
      },
    ];
  }

  private inkOf(element: InkElement): Drawn[] {
    return this.part(element, [], [], new Set()).filter(({ stroke }) => stroke.length > 0);
  }

  /**
   * The strokes of a trace, a group or a view.
   *
   * @param from place of the first part, from 1, in each part that is inside another: a group's child, a trace's point
   * @param to of the last part
   */
  private part(element: InkElement, from: number[], to: number[], within: Set<InkElement>): Drawn[] {
    this.count(1);
    if (element.name === 'trace') {
      const drawn = cut(this.drawn.get(element) ?? [], from[0], to[0]);
      for (const { stroke } of drawn) this.count(stroke.length);
      return drawn;
    }
    if (element.name === 'traceView') {
      const target = this.byId.get(referred(element.attributes['traceDataRef']) ?? '');
      const { from: first, to: last } = element.attributes;
      if (target) return this.into(target, placesOf(first), placesOf(last), within);
    }
    const parts = element.children.filter(({ name }) => /^trace(Group|View)?$/.test(name));
    const [first = 1, last = parts.length] = [from[0], to[0]];
    return parts.slice(first - 1, last).flatMap((each, at) => {
      const place = first + at;
      return this.into(each, place === first ? from.slice(1) : [], place === last ? to.slice(1) : [], within);
    });
  }

  private into(element: InkElement, from: number[], to: number[], within: Set<InkElement>): Drawn[] {
    if (within.has(element) || within.size > LONGEST_CHAIN)
      throw new InkError('The InkML has a view of itself: export the ink again.');
    within.add(element);
    const found = this.part(element, from, to, within);
    within.delete(element);
    return found;
  }

  /** @throws InkError where the same ink stands in more groups than any document has */
  private count(points: number): void {
    this.grouped += points;
    if (this.grouped > USUAL_REUSED + MOST_REUSED * this.points) {
      throw new InkError('The InkML has the same ink in too many groups: export it again.');
    }
  }
}

/** @param first and last: places of points, from 1 */
function cut(drawn: readonly Drawn[], first = 1, last = Infinity): Drawn[] {
  const [only] = drawn;
  if (drawn.length !== 1 || !only || (first === 1 && last === Infinity)) return [...drawn];
  return [{ ...only, stroke: only.stroke.slice(first - 1, last) }];
}

/** Whether a group in this one has a truth, which says what the empty one around it would. */
function hasLabeled({ children }: InkElement): boolean {
  return children.some((child) => annotation(child, TRUTHS) !== undefined || hasLabeled(child));
}

function placesOf(text: string | undefined): number[] {
  return (text ?? '').split(':').flatMap((place) => {
    const number = Number.parseInt(place, 10);
    return number >= 1 ? [number] : [];
  });
}

/** The strokes of a trace: one, unless a channel says where the pen was up. */
function strokesOf(text: string, { x, y, t, pressure, tip, scale }: InkContext['format']): Point[][] {
  const strokes: Point[][] = [];
  let isDown = false;
  for (const numbers of tracePoints(text)) {
    const touches = tip < 0 || numbers[tip] !== 0;
    if (touches && !isDown) strokes.push([]);
    isDown = touches;
    if (!touches) continue;
    // + 0, for -1 times 0 is another zero
    const xy = [(numbers[x] ?? NaN) * scale.x + 0, (numbers[y] ?? NaN) * scale.y + 0] as const;
    if (!xy.every(Number.isFinite)) throw noPoints();
    strokes.at(-1)?.push(pointOf(xy, finite(numbers[t], scale.t), finite(numbers[pressure], scale.pressure)));
  }
  return strokes;
}

function pointOf(xy: readonly [number, number], time: number | undefined, force: number | undefined): Point {
  if (force !== undefined) return [...xy, time, force];
  return time === undefined ? xy : [...xy, time];
}

function finite(value: number | undefined, scale: number): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value * scale : undefined;
}

/** What an element is annotated with, under the first of some types that it has. */
function annotation(
  element: InkElement,
  types: readonly string[],
): { text: string; isPlain: boolean } | undefined {
  const annotations = childrenOf(element, 'annotation');
  for (const type of types) {
    const found = annotations.find(({ attributes }) => attributes['type'] === type);
    if (!found) continue;
    switch (found.attributes['encoding']) {
      case PLAIN:
        return { text: found.text, isPlain: true };
      case JSON_TEXT:
        return { text: textOfJson(found.text), isPlain: true };
      default:
        return { text: found.text.trim(), isPlain: false };
    }
  }
  return undefined;
}

/** What is no text as JSON is taken as it is. */
function textOfJson(text: string): string {
  const value = valueOfJson(text);
  return typeof value === 'string' ? value : text;
}

function valueOfJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
