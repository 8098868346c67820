import { niceTicks, powerTicks } from './axis';
import { type Line, WIDTHS } from '../curves/lines';
import type { Range } from '../curves/chart';

export interface SvgChart {
  readonly heading: string;
  readonly lines: readonly Line[];
  readonly log: boolean;
  readonly format: (value: number) => string;
}

/** The theme's colors, as they are now: the picture stands by itself. */
export interface SvgColors {
  readonly background: string;
  readonly text: string;
  readonly grid: string;
  /** By CSS variable. */
  readonly line: (variable: string) => string;
}

const WIDTH = 800;
const HEIGHT = 260;
const LEFT = 64;
const TOP = 32;
const RIGHT = 16;
const BOTTOM = 32;
const LEGEND_ROW = 20;

/** Charts below each other with a legend, as a picture that needs nothing else. */
export function chartsSvg(charts: readonly SvgChart[], range: Range, colors: SvgColors): string {
  const legend = legendOf(charts);
  const height = charts.length * HEIGHT + legend.length * LEGEND_ROW + 16;
  const rows = legend.map((line, row) =>
    legendRow(line, charts.length * HEIGHT + 16 + row * LEGEND_ROW, colors),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="${colors.text}">`,
    `<rect width="${WIDTH}" height="${height}" fill="${colors.background}"/>`,
    ...charts.map((chart, index) => chartSvg(chart, range, index, colors)),
    ...rows,
    '</svg>\n',
  ].join('\n');
}

function legendOf(charts: readonly SvgChart[]): Line[] {
  const byLabel = new Map(charts.flatMap(({ lines }) => lines).map((line) => [line.label, line]));
  return [...byLabel.values()].filter(({ look }) => look !== 'thin');
}

function legendRow(line: Line, y: number, colors: SvgColors): string {
  const path = `<path d="M${LEFT} ${y}h36" ${strokeOf(line, colors)}/>`;
  const dot = line.look === 'marked' ? marks([[LEFT + 18, y]], colors.line(line.style.color)) : '';
  return `${path}${dot}<text x="${LEFT + 46}" y="${y + 4}">${escaped(line.label)}</text>`;
}

function chartSvg(
  { heading, lines, log, format }: SvgChart,
  range: Range,
  index: number,
  colors: SvgColors,
): string {
  const shown = lines.map((line) => ({ line, points: pointsIn(line, range, log) }));
  const values = shown.flatMap(({ points }) => points.map(([, y]) => y));
  const [low, high] = extentOf(values, log);
  const x = (at: number) => LEFT + ((at - range[0]) / (range[1] - range[0] || 1)) * (WIDTH - LEFT - RIGHT);
  const scaled = log ? Math.log10 : (value: number) => value;
  const share = (value: number) => (scaled(value) - scaled(low)) / (scaled(high) - scaled(low) || 1);
  const y = (value: number) => HEIGHT - BOTTOM - share(value) * (HEIGHT - TOP - BOTTOM);
  const place = ([at, value]: readonly [number, number]): [number, number] => [x(at), y(value)];
  const rows = (log ? powerTicks(low, high) : niceTicks(low, high, 5)).map(
    (tick) =>
      `<path d="M${LEFT} ${short(y(tick))}H${WIDTH - RIGHT}" stroke="${colors.grid}"/>` +
      `<text x="${LEFT - 8}" y="${short(y(tick) + 4)}" text-anchor="end">${escaped(format(tick))}</text>`,
  );
  const columns = niceTicks(range[0], range[1], 8).map(
    (tick) =>
      `<path d="M${short(x(tick))} ${TOP}V${HEIGHT - BOTTOM}" stroke="${colors.grid}"/>` +
      `<text x="${short(x(tick))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${String(Number(tick.toPrecision(6)))}</text>`,
  );
  const paths = shown.map(({ line, points }) => pathOf(line, points.map(place), colors));
  return [
    `<g transform="translate(0 ${index * HEIGHT})">`,
    `<text x="${LEFT}" y="20" font-weight="bold">${escaped(heading)}</text>`,
    ...rows,
    ...columns,
    ...paths,
    '</g>',
  ].join('\n');
}

function pointsIn({ x, y }: Line, [from, to]: Range, log: boolean): (readonly [number, number])[] {
  return x.flatMap((at, index) => {
    const value = y[index] ?? NaN;
    return at >= from && at <= to && Number.isFinite(value) && (!log || value > 0)
      ? [[at, value] as const]
      : [];
  });
}

function extentOf(values: readonly number[], log: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high < low) return log ? [0.1, 1] : [0, 1];
  if (high > low) return [low, high];
  return log ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
}

function pathOf(line: Line, points: readonly [number, number][], colors: SvgColors): string {
  if (points.length === 0) return '';
  const d = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');
  const dots = line.look === 'marked' ? marks(points, colors.line(line.style.color)) : '';
  return `<path d="${d}" ${strokeOf(line, colors)}/>${dots}`;
}

function marks(points: readonly (readonly [number, number])[], color: string): string {
  return points.map(([x, y]) => `<circle cx="${short(x)}" cy="${short(y)}" r="3" fill="${color}"/>`).join('');
}

function strokeOf({ style, look }: Line, colors: SvgColors): string {
  const dash =
    look === 'thin' || style.dash.length === 0 ? '' : ` stroke-dasharray="${style.dash.join(' ')}"`;
  return `fill="none" stroke="${colors.line(style.color)}" stroke-width="${WIDTHS[look]}"${dash}`;
}

function short(length: number): string {
  return String(Math.round(length * 100) / 100);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
