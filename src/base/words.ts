const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size as people write it: 999 bytes, 12.3 MB, 562 MB. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[power] ?? ''}`;
}

/** How far something is of how much: '312 of 562 MB'. */
export function ofBytes(done: number, total: number): string {
  const whole = formatBytes(total);
  const part = formatBytes(done);
  const unit = / \S+$/.exec(whole)?.[0] ?? '';
  return `${part.endsWith(unit) ? part.slice(0, -unit.length) : part} of ${whole}`;
}

/** A share of 1 as percent: 87.13%. */
export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)}%`;
}

/** A share with its interval, such as `14.9% (12.4 to 17.3)`. */
export function percentWithin({
  value,
  interval,
}: {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number };
}): string {
  const hundred = (share: number) => (100 * share).toFixed(1);
  return `${hundred(value)}% (${hundred(interval.low)} to ${hundred(interval.high)})`;
}

/**
 * How far one share is from another, in points with a sign: +1.25, −0.40, 0.00. Everywhere it is that of what is looked
 * at less that of what it is compared with.
 */
export function points(difference: number, digits = 1): string {
  const size = Math.abs(100 * difference).toFixed(digits);
  if (Number(size) === 0) return size;
  return `${difference < 0 ? '−' : '+'}${size}`;
}

/** A difference of shares with its interval, such as `−1.2 (−2.0 to −0.4)`, in points. */
export function pointsWithin({
  value,
  interval,
}: {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number };
}): string {
  return `${points(value)} (${points(interval.low)} to ${points(interval.high)})`;
}

/** A probability of chance, as `p = 0.034`. */
export function chance(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}

/** The share of right answers: 98.2%; near the end, where digits tell, 99.14%. */
export function accuracyPercent(share: number): string {
  return percent(share, share >= 0.99 && share < 1 ? 2 : 1);
}

/** How far something is, never more than all of it, and 100% only when it is done: 45%. */
export function percentDone(done: number, total: number): string {
  return `${total > 0 ? Math.floor((100 * Math.min(done, total)) / total) : 0}%`;
}

/** A time as people say it: 40 s, 12 min, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A number with its thousands apart: 131,600. */
export function grouped(number: number): string {
  return number.toLocaleString('en');
}

/** A number of things: '1 class', '131,600 samples'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A text for screen readers, which say nothing at 'A' but 'a': capitals need a word. */
export function spoken(text: string): string {
  return /^\p{Lu}$/u.test(text) ? `capital ${text}` : text;
}
