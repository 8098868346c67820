import { BASELINE, composed, X_HEIGHT } from './composed';
import type { Ink, Point } from '../../src/protocol/ink';

/** Seconds until the line is written, and shown as a whole. */
const SECONDS = 4.8;
/** Share of them in which the pen is on the paper or on its way; the rest shows what was written. */
const WRITING = 0.92;
/** A lifted pen covers its way in the time of this share of the same way on paper. */
const LIFTED = 0.4;

const [WIDTH, HEIGHT] = [640, 400];
const LEFT = 40;
const PAPER = { top: 190, height: 130 };

const color = (name: string, otherwise: string) => `var(--vscode-${name}, ${otherwise})`;
const FOREGROUND = color('foreground', '#cccccc');
const BACKGROUND = color('editor-background', '#1f1f1f');
const BORDER = color('editorWidget-border', '#454545');
const FAINT = color('editorLineNumber-foreground', '#6e7681');
const GHOST = color('editorGhostText-foreground', '#8a8a8a');
const ACCENT = color('textLink-foreground', '#4daafc');
const MONOSPACE = `font-family="${color('editor-font-family', 'monospace')}, monospace"`;

/**
 * A picture of a line that is written on the pad and read into an editor, in the colors of the theme: as a whole, and
 * once, when it is opened, in the order in which it was drawn. It is animated by attributes alone, for what shows it lets
 * no style in.
 *
 * @returns SVG
 */
export function writtenLine(before: string, text: string): string {
  const { ink, reading } = composed(text, 0);
  const scale = (WIDTH - 2 * LEFT) / Math.max(...ink.flat().map(([x]) => x));
  const times = timesOf(ink);
  const strokes = ink.map((stroke, at) => strokeOf(stroke, times[at] ?? [0, 1]));
  const read = reading.alignment.map((spans, at) => {
    const written = spans.map(({ stroke }) => stroke);
    const xs = written.flatMap((stroke) => (ink[stroke] ?? []).map(([x]) => x));
    const until = Math.max(0, ...written.map((stroke) => times[stroke]?.[1] ?? 0));
    return { character: [...text][at] ?? '', x: LEFT + scale * middleOf(xs), until };
  });
  const shown = read.filter(({ character }) => character !== ' ');
  const baseline = PAPER.top + 78;
  const guide = (y: number, dashes: string) =>
    `<line x1="24" x2="${String(WIDTH - 24)}" y1="${rounded(y)}" y2="${rounded(y)}" stroke="${BORDER}"${dashes}/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="${escaped(text)} is written on the pad, and stands in the editor">
${box(16, 120)}
<g ${MONOSPACE} font-size="18">
<text x="40" y="62" fill="${FAINT}">1</text><text x="72" y="62" fill="${FOREGROUND}">${escaped(before)}</text>
<text x="40" y="102" fill="${FAINT}">2</text>
${ghostOf(text, read)}
</g>
${box(PAPER.top - 30, PAPER.height + 74)}
${guide(baseline - X_HEIGHT * scale, ' stroke-dasharray="3 4"')}
${guide(baseline, '')}
<g transform="translate(${String(LEFT)} ${rounded(baseline - BASELINE * scale)}) scale(${rounded(scale)})" fill="none" stroke="${FOREGROUND}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
${strokes.join('\n')}
</g>
<g ${MONOSPACE} font-size="16" fill="${ACCENT}" text-anchor="middle">
${shown.map(({ character, x, until }) => textAt(character, x, PAPER.top + 116, until)).join('\n')}
</g>
</svg>
`;
}

const box = (y: number, height: number) =>
  `<rect x="16" y="${String(y)}" width="${String(WIDTH - 32)}" height="${String(height)}" rx="6" fill="${BACKGROUND}" stroke="${BORDER}"/>`;

/** When each stroke begins and ends, as shares of the whole. */
function timesOf(ink: Ink): [begin: number, end: number][] {
  let way = 0;
  let last: Point | undefined;
  const ways = ink.map((stroke): [number, number] => {
    const [first] = stroke;
    if (last && first) way += LIFTED * distance(last, first);
    const begin = way;
    way += lengthOf(stroke);
    last = stroke.at(-1);
    return [begin, way];
  });
  return ways.map(([begin, end]) => [(WRITING * begin) / way, (WRITING * end) / way]);
}

function strokeOf(stroke: Ink[number], [begin, end]: readonly [number, number]): string {
  const path = stroke.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
  // the dash and the gap are as long as the stroke, with its round ends
  const length = Math.ceil(lengthOf(stroke)) + 4;
  const moves = animated('stroke-dashoffset', [length, length, 0, 0], [0, begin, end, 1]);
  return `<path d="${path}" stroke-dasharray="${String(length)}">${moves}</path>`;
}

function ghostOf(text: string, read: readonly { until: number }[]): string {
  const [width, left] = [10.8, 72];
  let until = 0;
  return [...text]
    .map((character, at) => {
      until = Math.max(until, read[at]?.until ?? 0);
      return character === ' ' ? '' : textAt(character, left + at * width, 102, until, ` fill="${GHOST}"`);
    })
    .join('');
}

const textAt = (character: string, x: number, y: number, from: number, more = '') =>
  `<text x="${rounded(x)}" y="${String(y)}"${more}>${escaped(character)}${animated('opacity', [0, 0, 1, 1], [0, from, from, 1])}</text>`;

const animated = (attribute: string, values: readonly number[], times: readonly number[]) =>
  `<animate attributeName="${attribute}" dur="${String(SECONDS)}s" values="${values.join(';')}" keyTimes="${times.map(rounded3).join(';')}"/>`;

const distance = ([ax, ay]: Point, [bx, by]: Point) => Math.hypot(ax - bx, ay - by);

const lengthOf = (stroke: Ink[number]) =>
  stroke.reduce((sum, point, at) => sum + distance(stroke[Math.max(0, at - 1)] ?? point, point), 0);

const middleOf = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
const rounded = (value: number) => String(Math.round(value * 10) / 10);
const rounded3 = (value: number) => String(Math.round(value * 1000) / 1000);
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
