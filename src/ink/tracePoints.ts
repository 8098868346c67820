import { InkError } from './errors';

/**
 * A value of a point (InkML 3.2.1): how it is meant, and a number (decimal, or hexadecimal behind `#`), a truth (`T`,
 * `F`), "as before" (`*`) or "not known" (`?`). No blank need stand between two of them.
 */
const BLANKS = /\s*/y;
const VALUE = /([!'"]?)\s*(?:([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([-+]?)#([0-9a-fA-F]+)|([TF*?]))/y;

/** No pen says more of a point. */
const MOST_VALUES = 1000;

/** What went before in a trace, for one channel. */
interface Channel {
  /** `!` the value itself, `'` its difference to the last, `"` the difference of that; it holds until another is given. */
  manner: string;
  value: number;
  velocity: number;
}

/**
 * The numbers of each point of an InkML trace, where differences are added up (InkML 3.2.1); a truth is 1 or 0, what is
 * not known is NaN. Behind a colon stand the values of channels that not every point has.
 *
 * @param written of the trace: points between commas, or one a line, as some programs have it
 * @throws InkError where it holds anything else
 */
export function tracePoints(written: string): number[][] {
  const text = written.includes(',') ? written : linesAsPoints(written);
  const channels: Channel[] = [];
  const points: number[][] = [];
  let point: number[] = [];
  for (let at = behindBlanks(text, 0); at < text.length; at = behindBlanks(text, at)) {
    VALUE.lastIndex = at;
    const match = VALUE.exec(text);
    if (match) {
      const [all, manner = '', decimal, sign = '', hexadecimal, other] = match;
      const channel = (channels[point.length] ??= { manner: '!', value: 0, velocity: 0 });
      if (manner !== '') channel.manner = manner;
      point.push(
        other === undefined ? next(channel, numberOf(decimal, sign, hexadecimal)) : meant(channel, other),
      );
      if (point.length > MOST_VALUES) throw noPoints();
      at += all.length;
    } else {
      const mark = text[at];
      if (mark === ',') {
        points.push(point);
        point = [];
      } else if (mark !== ':') throw noPoints();
      at++;
    }
  }
  points.push(point);
  // a comma may stand behind the last
  return points.filter(({ length }) => length > 0);
}

function linesAsPoints(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return lines.every((line) => /\S\s+\S/.test(line)) ? lines.join(',') : text;
}

function behindBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

export function noPoints(): InkError {
  return new InkError('The InkML has a trace that is not a list of X Y coordinates: export the ink again.');
}

function numberOf(decimal: string | undefined, sign: string, hexadecimal: string | undefined): number {
  if (decimal !== undefined) return Number(decimal);
  const value = Number.parseInt(hexadecimal ?? '', 16);
  return sign === '-' ? -value : value;
}

function meant(channel: Channel, written: string): number {
  if (written === '?') return NaN;
  if (written === 'T' || written === 'F') {
    channel.value = written === 'T' ? 1 : 0;
    return channel.value;
  }
  // as before: the value stays, or goes on as fast as it went
  if (channel.manner !== '"') channel.velocity = 0;
  channel.value += channel.velocity;
  return channel.value;
}

function next(channel: Channel, written: number): number {
  const before = channel.value;
  if (channel.manner === '!') channel.value = written;
  else {
    channel.velocity = channel.manner === '"' ? channel.velocity + written : written;
    channel.value += channel.velocity;
  }
  if (channel.manner === '!') channel.velocity = channel.value - before;
  return channel.value;
}
