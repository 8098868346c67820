import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { InkError } from './errors';
import type { Ink, Point, Stroke } from './ink';
import { tracePoints } from './tracePoints';

/** A group of strokes with the text that they stand for. */
export interface LabelledInk {
  readonly label: string;
  readonly ink: Ink;
  /** Who wrote it, where the group itself says it. */
  readonly writer?: string | undefined;
  /** Width of the pen in the ink's unit, where a brush says it. */
  readonly penWidth?: number | undefined;
}

/** What an InkML document holds: its strokes, its labelled groups, who wrote it. */
export interface InkDocument {
  readonly strokes: readonly Stroke[];
  readonly groups: readonly LabelledInk[];
  readonly writer?: string | undefined;
  /** What all of it stands for, where it says so. */
  readonly truth?: string | undefined;
}

interface XmlTrace {
  '@id'?: string;
  '@brushRef'?: string;
  '#text'?: string;
}
interface XmlBrush {
  '@id'?: string;
  brushProperty?: { '@name'?: string; '@value'?: string }[];
}
interface XmlAnnotation {
  '@type'?: string;
  '#text'?: string;
}
interface XmlTraceGroup {
  annotation?: XmlAnnotation[];
  traceView?: { '@traceDataRef'?: string }[];
  traceGroup?: XmlTraceGroup[];
  trace?: XmlTrace[];
}
interface XmlInk extends XmlTraceGroup {
  traceFormat?: { channel?: { '@name'?: string }[] };
  definitions?: { brush?: XmlBrush[] };
}

/** A trace with what is said of it. */
interface Trace {
  readonly stroke: Stroke;
  readonly penWidth: number | undefined;
}

/** Which number of a point is what, where they are not X and Y alone. */
interface Channels {
  readonly x: number;
  readonly y: number;
  /** -1 where there is none. */
  readonly t: number;
  readonly pressure: number;
}

const ARRAYS = new Set([
  'trace',
  'traceGroup',
  'traceView',
  'annotation',
  'channel',
  'brush',
  'brushProperty',
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // an XML bomb (entities in entities) cannot grow
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxEntityCount: 100 },
  ignoreDeclaration: true,
  alwaysCreateTextNode: true,
  isArray: (name) => ARRAYS.has(name),
});

/**
 * Reads InkML (W3C Recommendation, 2011): traces of X Y coordinates, with time (T) and force (F) where the
 * format names them, and groups of traces with their truth as CROHME writes them.
 *
 * @throws InkError where the text is not InkML
 */
export function readInkml(text: string): InkDocument {
  const root = parse(text);
  const channels = channelsOf(root);
  const brushes = brushesOf(root);
  const read = (trace: XmlTrace): Trace => ({
    stroke: readTrace(trace['#text'] ?? '', channels),
    penWidth: brushes.get((trace['@brushRef'] ?? '').replace(/^#/, '')),
  });
  const traces = new Map<string, Trace>();
  for (const trace of root.trace ?? []) {
    traces.set(trace['@id'] ?? String(traces.size), read(trace));
  }
  return {
    strokes: [...traces.values()].map(({ stroke }) => stroke),
    groups: (root.traceGroup ?? []).flatMap((group) => readGroup(group, traces, read)),
    writer: annotation(root, 'writer'),
    truth: annotation(root, 'truth'),
  };
}

/** Time and force are taken only from formats that also name X and Y. */
function channelsOf(root: XmlInk): Channels {
  const names = (root.traceFormat?.channel ?? []).map((channel) => channel['@name'] ?? '');
  const [x, y] = [names.indexOf('X'), names.indexOf('Y')];
  if (x < 0 || y < 0) return { x: 0, y: 1, t: -1, pressure: -1 };
  return { x, y, t: names.indexOf('T'), pressure: names.indexOf('F') };
}

function brushesOf(root: XmlInk): Map<string, number> {
  const widths = new Map<string, number>();
  for (const brush of root.definitions?.brush ?? []) {
    const width = Number(brush.brushProperty?.find((each) => each['@name'] === 'width')?.['@value']);
    if (width > 0 && Number.isFinite(width)) widths.set(brush['@id'] ?? '', width);
  }
  return widths;
}

function parse(text: string): XmlInk {
  // the parser itself takes what is cut off as if it ended there
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is to replace it is too young to rely on
  if (XMLValidator.validate(text) !== true) {
    throw new InkError('The file is not well-formed XML: export the ink again.');
  }
  const root = (parseXml(text) as { ink?: unknown }).ink;
  if (typeof root !== 'object' || root === null) {
    throw new InkError('The file is not InkML: its root element is not <ink>.');
  }
  return root;
}

/** Well-formed XML may hold what the parser refuses: entities from elsewhere, elements in a hundred others. */
function parseXml(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw new InkError(
      'The file has XML that Scrawl does not read, as no ink needs it: export the ink again.',
      {
        cause,
      },
    );
  }
}

function readTrace(text: string, { x, y, t, pressure }: Channels): Stroke {
  return tracePoints(text)
    .filter((numbers) => numbers.length >= 2)
    .map((numbers): Point => {
      const xy = [numbers[x] ?? NaN, numbers[y] ?? NaN] as const;
      if (!xy.every(Number.isFinite)) {
        throw new InkError('The InkML has a trace that is not a list of X Y coordinates.');
      }
      const [time, force] = [finite(numbers[t]), finite(numbers[pressure])];
      if (force !== undefined) return [...xy, time, force];
      return time === undefined ? xy : [...xy, time];
    });
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** The innermost groups are the symbols; the ones around them only name the segmentation. */
function readGroup(
  group: XmlTraceGroup,
  traces: ReadonlyMap<string, Trace>,
  read: (trace: XmlTrace) => Trace,
): LabelledInk[] {
  if (group.traceGroup) return group.traceGroup.flatMap((inner) => readGroup(inner, traces, read));
  const label = annotation(group, 'truth');
  const referred = (group.traceView ?? []).map((view) =>
    traces.get((view['@traceDataRef'] ?? '').replace(/^#/, '')),
  );
  const own = [
    ...referred.filter((trace) => trace !== undefined),
    ...(group.trace ?? []).map((trace) => read(trace)),
  ].filter(({ stroke }) => stroke.length > 0);
  if (label === undefined || own.length === 0) return [];
  const writer = annotation(group, 'writer');
  const penWidth = own[0]?.penWidth;
  return [
    {
      label,
      ink: own.map(({ stroke }) => stroke),
      ...(writer === undefined ? {} : { writer }),
      ...(penWidth === undefined ? {} : { penWidth }),
    },
  ];
}

function annotation(element: XmlTraceGroup, type: string): string | undefined {
  return element.annotation?.find((each) => each['@type'] === type)?.['#text']?.trim();
}
