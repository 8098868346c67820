/**
 * Round values to label an axis with (Heckbert 1990, "Nice numbers for graph labels").
 *
 * @param count about as many as are wanted
 */
export function niceTicks(from: number, to: number, count: number): number[] {
  if (!(to > from)) return [from];
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? 10 * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step); at * step <= to + step * 1e-9; at++) ticks.push(at * step);
  return ticks;
}

/** Powers of ten to label a logarithmic axis with; both ends are positive. */
export function powerTicks(from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.ceil(Math.log10(from)); power <= Math.log10(to); power++) ticks.push(10 ** power);
  return ticks.length >= 2 ? ticks : [from, to];
}
