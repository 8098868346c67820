/** A value of a point: how it is meant, and the number, or what is no number (`T`, `F`, `?`). */
const VALUE = /([!'"]?)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[^\s!'"]+)/gi;

/** What went before in a trace, for one channel. */
interface Channel {
  /** `!` the value itself, `'` its difference to the last, `"` the difference of that; it holds until another is given. */
  manner: string;
  value: number;
  velocity: number;
}

/**
 * The numbers of each point of an InkML trace, where differences are added up (InkML 3.2.1); what is no number is NaN.
 *
 * @param text of the trace: points between commas
 */
export function tracePoints(text: string): number[][] {
  const points = text.split(',');
  if (!/[!'"]/.test(text)) return points.map((point) => point.trim().split(/\s+/).map(Number));
  const channels: Channel[] = [];
  return points.map((point) =>
    Array.from(point.matchAll(VALUE), ([, manner = '', written = ''], index) => {
      const channel = (channels[index] ??= { manner: '!', value: 0, velocity: 0 });
      if (manner !== '') channel.manner = manner;
      return next(channel, Number(written));
    }),
  );
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
