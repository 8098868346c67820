import type { Random } from '../../../../src/base/random';

/** A document in a grammar of ink, and what a reader must find in it. */
export interface Written {
  readonly text: string;
  /** Of each labeled group the label and, of each stroke, x and y of the points. */
  readonly groups: readonly {
    readonly label: string;
    readonly ink: readonly (readonly (readonly [number, number])[])[];
  }[];
}

const LABELS = [
  'A',
  'ab',
  '\\rho',
  'é',
  'e\u0301',
  '漢',
  '👍🏽',
  '<',
  '&',
  '"',
  "'",
  'constructor',
  'a b',
  '10-5',
  '.PEN_DOWN',
];

const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)] as T;
const upTo = (random: Random, most: number) => 1 + random.integer(most);
const whole = (random: Random) => random.integer(2001) - 1000;

function strokes(random: Random): [number, number][][] {
  return Array.from({ length: upTo(random, 3) }, () =>
    Array.from({ length: upTo(random, 6) }, (): [number, number] => [whole(random), whole(random)]),
  );
}

/** InkML with channels in any order, contexts and groups, views, differences, and labels in any writing of XML. */
export function writeRandomInkml(random: Random): Written {
  const formats = ['a', 'b', 'c'].map((id) => ({
    id,
    channels: shuffled(random, ['X', 'Y', 'T', 'F'].slice(0, 2 + random.integer(3))),
  }));
  const definitions = formats.map(
    ({ id, channels }) =>
      `<traceFormat xml:id="f${id}">${channels.map((name) => `<channel name="${name}" type="decimal"/>`).join('')}</traceFormat><context xml:id="${id}" traceFormatRef="#f${id}"/>`,
  );
  const loose: string[] = [];
  const groups: string[] = [];
  const expected: { label: string; ink: [number, number][][] }[] = [];
  let traces = 0;
  for (let group = upTo(random, 4); group > 0; group--) {
    const label = pick(random, LABELS);
    const ink = strokes(random);
    const { id, channels } = pick(random, formats);
    const parts = ink.map((stroke) => {
      const name = `t${String(traces++)}`;
      const trace = `<trace xml:id="${name}" contextRef="#${id}">${traceText(random, stroke, channels)}</trace>`;
      if (random.integer(2) === 0) return trace;
      loose.push(trace);
      return `<traceView traceDataRef="${pick(random, ['#', ''])}${name}"/>`;
    });
    const own = `<traceGroup><annotation type="truth">${xmlText(random, label)}</annotation>${parts.join('')}</traceGroup>`;
    groups.push(random.integer(3) === 0 ? `<traceGroup>${own}</traceGroup>` : own);
    expected.push({ label, ink });
  }
  const prefix = random.integer(3) === 0 ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  const text = `${prefix}<ink xmlns="http://www.w3.org/2003/InkML"><definitions>${definitions.join('')}</definitions>${loose.join('')}${groups.join('\n')}</ink>`;
  return { text, groups: expected };
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return Array.from(random.permutation(items.length), (at) => items[at] as T);
}

/** Points as values, differences or differences of these, with as few blanks as may be, or many. */
function traceText(random: Random, points: readonly [number, number][], channels: readonly string[]): string {
  const manner = pick(random, ['', '', "'", '"']);
  const blank = pick(random, [' ', '  ', '\n', '']);
  let before: number[] = [];
  let velocity: number[] = [];
  const written = points.map(([x, y], at) => {
    const values = channels.map((name) => (name === 'X' ? x : name === 'Y' ? y : at));
    const differences = values.map((value, index) => value - (before[index] ?? 0));
    const shown =
      at === 0 || manner === ''
        ? values
        : manner === "'"
          ? differences
          : differences.map((value, index) => value - (velocity[index] ?? 0));
    velocity = at === 0 ? values.map(() => 0) : differences;
    // a velocity that nothing was said of is that of the first value
    if (at === 0 && manner === '"') velocity = values;
    before = values;
    // the manner holds until another is given
    const mark = at === 1 ? manner : '';
    return shown
      .map(
        (value, index) =>
          `${index > 0 && mark === '' && (blank !== '' || value >= 0) ? blank || ' ' : ''}${mark}${String(value)}`,
      )
      .join('');
  });
  return written.join(pick(random, [',', ', ', ',\n']));
}

function xmlText(random: Random, text: string): string {
  const escaped = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    switch (random.integer(4)) {
      case 0:
        return `&#${String(code)};`;
      case 1:
        return `&#x${code.toString(16)};`;
      default:
        return character.replace('&', '&amp;').replace('<', '&lt;');
    }
  });
  return random.integer(4) === 0 ? `<![CDATA[${text}]]>` : escaped.join('');
}

/** UNIPEN with columns in any order, segments before and behind their ink, prose with keywords, resolutions. */
export function writeRandomUnipen(random: Random): Written {
  const columns = shuffled(random, ['X', 'Y', 'T', 'P'].slice(0, 2 + random.integer(3)));
  const lines = [
    '.VERSION 1.0',
    '.COMMENT prose with',
    '  .PEN_DOWN and .SEGMENT in it',
    `.COORD ${columns.join(' ')}`,
  ];
  const components: string[] = [];
  const segments: string[] = [];
  const expected: { label: string; ink: [number, number][][] }[] = [];
  for (let count = upTo(random, 4); count > 0; count--) {
    const label = pick(random, LABELS);
    const ink = strokes(random);
    const first = components.length;
    for (const stroke of ink) {
      const points = stroke.map(([x, y], at) =>
        columns.map((name) => (name === 'X' ? x : name === 'Y' ? -y : at)).join(' '),
      );
      components.push(`.PEN_DOWN\n${points.join(pick(random, ['\n', '\n ', '\r\n']))}\n.PEN_UP`);
    }
    const range = ink.length === 1 ? String(first) : `${String(first)}-${String(components.length - 1)}`;
    segments.push(`.SEGMENT CHARACTER ${range} ? "${label.replace(/["\\]/g, '\\$&')}"`);
    expected.push({ label, ink });
  }
  const body = random.integer(2) === 0 ? [...segments, ...components] : [...components, ...segments];
  return { text: `${[...lines, ...body].join('\n')}\n`, groups: expected };
}

/** Cuts a text off, changes letters of it, or repeats a part. */
export function damaged(random: Random, text: string): string {
  const at = random.integer(text.length);
  switch (random.integer(3)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return (
        text.slice(0, at) +
        pick(random, ['<', '>', '&', '"', '-', '9', '#', '.', ',', '\0', '\n', '*', '!']) +
        text.slice(at + 1)
      );
    default:
      return text.slice(0, at) + text.slice(random.integer(at + 1));
  }
}
