import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { InkError } from './errors';
import type { Ink, Stroke } from './ink';

/** A group of strokes with the text that they stand for. */
export interface LabelledInk {
  readonly label: string;
  readonly ink: Ink;
}

/** What an InkML document holds: its strokes, its labelled groups, who wrote it. */
export interface InkDocument {
  readonly strokes: readonly Stroke[];
  readonly groups: readonly LabelledInk[];
  readonly writer?: string | undefined;
}

interface XmlTrace {
  '@id'?: string;
  '@xml:id'?: string;
  '#text'?: string;
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

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  // an XML bomb (entities in entities) cannot grow
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxEntityCount: 100 },
  ignoreDeclaration: true,
  alwaysCreateTextNode: true,
  isArray: (name) => ['trace', 'traceGroup', 'traceView', 'annotation'].includes(name),
});

/**
 * Reads InkML (W3C Recommendation, 2011): traces of absolute X Y coordinates, and groups of traces with their truth
 * as CROHME writes them.
 *
 * @throws InkError where the text is not InkML
 */
export function readInkml(text: string): InkDocument {
  const root = parse(text);
  const traces = new Map<string, Stroke>();
  for (const trace of root.trace ?? []) {
    traces.set(trace['@id'] ?? trace['@xml:id'] ?? String(traces.size), readTrace(trace['#text'] ?? ''));
  }
  return {
    strokes: [...traces.values()],
    groups: (root.traceGroup ?? []).flatMap((group) => readGroup(group, traces)),
    writer: annotation(root, 'writer'),
  };
}

function parse(text: string): XmlTraceGroup {
  // the parser itself takes what is cut off as if it ended there
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is to replace it is too young to rely on
  if (XMLValidator.validate(text) !== true) {
    throw new InkError('The file is not well-formed XML: export the ink again.');
  }
  const document: unknown = parser.parse(text);
  const root = (document as { ink?: unknown }).ink;
  if (typeof root !== 'object' || root === null) {
    throw new InkError('The file is not InkML: its root element is not <ink>.');
  }
  return root;
}

function readTrace(text: string): Stroke {
  return text
    .split(',')
    .map((point) => point.trim().split(/\s+/).map(Number))
    .filter((numbers) => numbers.length >= 2)
    .map(([x, y]) => {
      if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) {
        throw new InkError('The InkML has a trace that is not a list of X Y coordinates.');
      }
      return [x, y] as const;
    });
}

/** The innermost groups are the symbols; the ones around them only name the segmentation. */
function readGroup(group: XmlTraceGroup, traces: ReadonlyMap<string, Stroke>): LabelledInk[] {
  if (group.traceGroup) return group.traceGroup.flatMap((inner) => readGroup(inner, traces));
  const label = annotation(group, 'truth');
  const referred = (group.traceView ?? []).map((view) =>
    traces.get((view['@traceDataRef'] ?? '').replace(/^#/, '')),
  );
  const ink = [
    ...referred.filter((stroke) => stroke !== undefined),
    ...(group.trace ?? []).map((trace) => readTrace(trace['#text'] ?? '')),
  ].filter((stroke) => stroke.length > 0);
  return label === undefined || ink.length === 0 ? [] : [{ label, ink }];
}

function annotation(element: XmlTraceGroup, type: string): string | undefined {
  return element.annotation?.find((each) => each['@type'] === type)?.['#text']?.trim();
}
