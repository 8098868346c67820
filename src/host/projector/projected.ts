import { type Judgment, TOP } from '../../metrics/judgment';
import { samplesAt } from '../../metrics/samplesAt';
import type { Projection } from '../../evaluations/projectionFile';
import type { Layout, Projected } from '../../protocol/pages/projector';

/** Halvings of the plane that samples are put in order by. */
const BITS = 10;

/**
 * A projection as its page shows it, with what the model says of the samples by now.
 *
 * @param stored place of each row of the predictions
 */
export function projected(
  { places, coordinates }: Projection,
  judgment: Judgment,
  stored: Uint32Array,
  layout: Layout,
  revision: number,
): Projected {
  const sampleAt = samplesAt(judgment, stored);
  const shown = [...places.keys()].flatMap((row) => {
    const sample = sampleAt(places[row] ?? 0);
    if (sample === undefined) return [];
    const [x, y] = [coordinates[2 * row] ?? 0, coordinates[2 * row + 1] ?? 0];
    return [{ x, y, place: places[row] ?? 0, sample, order: alongCurve(x, y) }];
  });
  shown.sort((a, b) => a.order - b.order || a.place - b.place);
  return {
    type: 'projected',
    layout,
    revision,
    coordinates: Float32Array.from(shown.flatMap(({ x, y }) => [x, y])),
    places: Uint32Array.from(shown, ({ place }) => place),
    truth: Uint16Array.from(shown, ({ sample }) => judgment.truth[sample] ?? 0),
    predicted: Uint16Array.from(shown, ({ sample }) => judgment.top[sample * TOP] ?? 0),
    probability: Float32Array.from(shown, ({ sample }) => judgment.topProbability[sample * TOP] ?? 0),
    classes: [...judgment.classes],
    leftOut: places.length - shown.length,
  };
}

/** Where a point comes on a curve that fills the plane quarter by quarter (Morton 1966). */
function alongCurve(x: number, y: number): number {
  const cell = (value: number) => Math.min(2 ** BITS - 1, Math.floor(((value + 1) / 2) * 2 ** BITS));
  const [column, row] = [cell(x), cell(y)];
  let order = 0;
  for (let bit = 0; bit < BITS; bit++) {
    order |= ((column >> bit) & 1) << (2 * bit);
    order |= ((row >> bit) & 1) << (2 * bit + 1);
  }
  return order;
}
