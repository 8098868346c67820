/** Of the ink's height: what is left free around it. */
const MARGIN = 0.08;

/** A stroke as x, y, x, y and so on, y down. */
type Stroke = ArrayLike<number>;

/** The viewBox of an SVG that holds ink with a margin. */
export function inkBox(ink: readonly Stroke[]): string {
  const { left, top, width, height } = boundsOf(ink);
  const margin = MARGIN * Math.max(height, width / 20, Number.MIN_VALUE);
  return [left - margin, top - margin, width + 2 * margin, height + 2 * margin].join(' ');
}

/** The path of a stroke in an SVG; of none there is nothing. */
export function inkPath(stroke: Stroke): string {
  const points = Array.from(
    { length: stroke.length / 2 },
    (_, at) => `${stroke[2 * at]} ${stroke[2 * at + 1]}`,
  );
  // a dot has no length to be drawn along
  if (points.length === 1) points.push(points[0] ?? '');
  return points.length === 0 ? '' : `M${points.join('L')}`;
}

function boundsOf(ink: readonly Stroke[]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of ink) {
    for (let at = 0; at < stroke.length; at += 2) {
      const [x = 0, y = 0] = [stroke[at], stroke[at + 1]];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (left > right) return { left: 0, top: 0, width: 1, height: 1 };
  return { left, top, width: right - left, height: bottom - top };
}
