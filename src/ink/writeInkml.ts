import type { Ink, Point } from './ink';
import { GUIDE, JSON_TEXT, PLAIN } from './inkml';
import type { Guide } from './lines/guide';

/** A character that is to be written as InkML. */
export interface InkmlCharacter {
  readonly label: string;
  readonly ink: Ink;
  readonly writer?: string | undefined;
  /** Width of the pen in the ink's unit. */
  readonly penWidth?: number | undefined;
  /** The lines that it was written on. */
  readonly guide?: Guide | undefined;
}

/**
 * Writes characters as InkML (W3C Recommendation, 2011), as CROHME labels its symbols: a group of traces each, with its
 * truth, be it one character or a whole line, and its writer, the pen's width and the guide lines where they are known. `readInkml` reads
 * all of it back.
 *
 * @param comment what the ink is, for who opens the file
 */
export function writeInkml(characters: readonly InkmlCharacter[], comment?: string): string {
  const channels = channelsOf(characters);
  const widths = [...new Set(characters.flatMap(({ penWidth }) => penWidth ?? []))];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ink xmlns="http://www.w3.org/2003/InkML">',
    '<traceFormat>',
    ...channels.map(({ name, type }) => `<channel name="${name}" type="${type}"/>`),
    '</traceFormat>',
    ...definitionsOf(widths),
    ...(comment === undefined ? [] : [`<annotation type="description">${escape(comment)}</annotation>`]),
  ];
  const groups: string[] = [];
  let trace = 0;
  for (const { label, ink, writer, penWidth, guide } of characters) {
    const views: string[] = [];
    const brush = penWidth === undefined ? '' : ` brushRef="#pen${String(widths.indexOf(penWidth))}"`;
    for (const stroke of ink) {
      const points = stroke
        .map((point) => channels.map(({ read }) => String(read(point))).join(' '))
        .join(', ');
      lines.push(`<trace xml:id="t${String(trace)}"${brush}>${points}</trace>`);
      views.push(`<traceView traceDataRef="#t${String(trace++)}"/>`);
    }
    const by = writer === undefined ? '' : `<annotation type="writer">${escape(writer)}</annotation>`;
    const on = guide
      ? `<annotation type="${GUIDE}" encoding="${JSON_TEXT}">${JSON.stringify(guide)}</annotation>`
      : '';
    groups.push(
      `<traceGroup><annotation type="truth"${truthOf(label)}</annotation>${by}${on}${views.join('')}</traceGroup>`,
    );
  }
  return [...lines, ...groups, '</ink>', ''].join('\n');
}

/** Characters that no XML can hold. */
// eslint-disable-next-line no-control-regex -- these are what it is about
const FOREIGN = /[\0-\x08\x0B\x0C\x0E-\x1F\p{Cs}\uFFFE\uFFFF]/gu;

/** CROHME's truths are LaTeX: what could be taken for that is said to be a text. */
function truthOf(label: string): string {
  if (new RegExp(FOREIGN).test(label)) return ` encoding="${JSON_TEXT}">${escape(asciiJson(label))}`;
  return /^[^\s\\]$/u.test(label) ? `>${escape(label)}` : ` encoding="${PLAIN}">${escape(label)}`;
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

interface Channel {
  readonly name: string;
  readonly type: string;
  readonly read: (point: Point) => number;
}

/** Time and pressure are written where every point has them. */
function channelsOf(characters: readonly InkmlCharacter[]): Channel[] {
  const all = (index: 2 | 3) =>
    characters.every(({ ink }) => ink.every((stroke) => stroke.every((point) => point[index] !== undefined)));
  return [
    { name: 'X', type: 'decimal', read: (point) => point[0] },
    { name: 'Y', type: 'decimal', read: (point) => point[1] },
    ...(all(2) ? [{ name: 'T', type: 'decimal', read: (point: Point) => point[2] ?? 0 }] : []),
    ...(all(3) ? [{ name: 'F', type: 'decimal', read: (point: Point) => point[3] ?? 0 }] : []),
  ];
}

function definitionsOf(widths: readonly number[]): string[] {
  if (widths.length === 0) return [];
  const brushes = widths.map(
    (width, index) =>
      `<brush xml:id="pen${String(index)}"><brushProperty name="width" value="${String(width)}"/></brush>`,
  );
  return ['<definitions>', ...brushes, '</definitions>'];
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  // as it is it would be read as the end of a line
  ['\r', '&#13;'],
]);

/** What XML has no other way to hold; what it cannot hold at all is left out. */
function escape(text: string): string {
  return text.replace(FOREIGN, '').replace(/[&<>\r]/g, (character) => ENTITIES.get(character) ?? '');
}
