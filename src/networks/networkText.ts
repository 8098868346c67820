import { type Node, parseTree } from 'jsonc-parser';
import type { Layer, Network } from './network';

/** Where a value stands in a text: from its first character to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The text of a new network file: a layer a line. */
export function writeNetwork({ name, input, layers }: Network): string {
  const lines = layers.map((layer) => `    ${oneLine(layer)}`).join(',\n');
  const list = layers.length > 0 ? `[\n${lines}\n  ]` : '[]';
  return `{\n  "name": ${JSON.stringify(name)},\n  "input": ${oneLine(input)},\n  "layers": ${list}\n}\n`;
}

/**
 * Writes a changed network into the text of its file. What did not change keeps its text, in every layer too, and new
 * layers are written as those that are there.
 *
 * @param text the file, a valid network
 * @param before what the text holds
 */
export function rewriteNetwork(text: string, before: Network, after: Network): string {
  const replacements: [Span, string][] = [];
  const replace = (part: keyof Network, written: (node: Node) => string) => {
    const node = partOf(text, part);
    if (node && !same(before[part], after[part])) replacements.push([spanOf(node), written(node)]);
  };
  replace('name', () => JSON.stringify(after.name));
  replace('input', () => oneLine(after.input));
  replace('layers', (node) => rewriteLayers(text, node, before.layers, after.layers));
  replacements.sort(([a], [b]) => b.start - a.start);
  return replacements.reduce(
    (result, [{ start, end }, written]) => result.slice(0, start) + written + result.slice(end),
    text,
  );
}

/** Where each layer stands in the text of a valid network. */
export function layerSpans(text: string): Span[] {
  return (partOf(text, 'layers')?.children ?? []).map(spanOf);
}

/** A part of a network in its text; of two with one name the last counts, as for JSON.parse. */
function partOf(text: string, part: keyof Network): Node | undefined {
  const properties = parseTree(text)?.children ?? [];
  return properties.findLast(({ children }) => children?.[0]?.value === part)?.children?.[1];
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

/** The part of a text that an edit must replace, and with what, to make it another. */
export function smallestChange(before: string, after: string): { span: Span; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { span: { start, end: before.length - same }, text: after.slice(start, after.length - same) };
}

function rewriteLayers(text: string, list: Node, before: readonly Layer[], after: readonly Layer[]): string {
  const spans = (list.children ?? []).map(spanOf);
  const style = styleOf(text, spanOf(list), spans);
  // a layer's own text, by what it holds
  const own = new Map(before.map((layer, index) => [JSON.stringify(layer), textAt(text, spans[index])]));
  const items = after.map((layer) => own.get(JSON.stringify(layer)) ?? style.write(layer));
  if (items.length === 0) return '[]';
  return `[${style.open}${items.join(`,${style.between}`)}${style.close}]`;
}

/** How the layers of a text are laid out: what stands around and between them, and how one is written. */
function styleOf(text: string, list: Span, spans: readonly Span[]) {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', list.start) + 1))?.[0] ?? '';
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) {
    const unit = outer === '' ? '  ' : outer;
    const between = eol + outer + unit;
    return { open: between, between, close: eol + outer, write: oneLine };
  }
  const open = text.slice(list.start + 1, first.start);
  const manyLines = textAt(text, first).includes('\n');
  const inner = /[^\n]*$/.exec(open)?.[0] ?? '';
  const unit = inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
  return {
    open,
    between: open === '' ? ' ' : open,
    close: text.slice(last.end, list.end - 1),
    write: (layer: Layer) =>
      manyLines ? JSON.stringify(layer, null, unit).replaceAll('\n', eol + inner) : oneLine(layer),
  };
}

const textAt = (text: string, span: Span | undefined) => (span ? text.slice(span.start, span.end) : '');

/** JSON in one line, with spaces as a user writes it. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${oneLine(each)}`);
  return `{ ${entries.join(', ')} }`;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
