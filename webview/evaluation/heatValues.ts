import type { Order, ShownEvaluation } from '../../src/protocol/pages/evaluation';

/** How the heat map shows the counts. */
export interface HeatOptions {
  readonly order: Order;
  readonly values: 'shares' | 'counts';
  readonly scale: 'log' | 'linear';
  /** Whether what is right is left out. */
  readonly hideRight: boolean;
}

export const USUAL_HEAT: HeatOptions = { order: 'class', values: 'shares', scale: 'log', hideRight: false };

/** Of the largest value, what still has a color of its own on a logarithmic scale. */
const LEAST = 1 / 2000;
/** How strong the color of the least value is. */
const FAINTEST = 0.14;

/** A confusion matrix in an order, ready to be drawn. */
export interface HeatValues {
  readonly names: readonly string[];
  readonly counts: Uint32Array;
  /** Samples of each row. */
  readonly totals: readonly number[];
  /** How strong the color of each cell is, 0 to 1; 0 where there is nothing. */
  readonly strengths: Float32Array;
}

export function heatValues(shown: ShownEvaluation, options: HeatOptions): HeatValues {
  const order = shown.orders[options.order];
  const { length } = order;
  const counts = new Uint32Array(length * length);
  order.forEach((truth, row) => {
    order.forEach((predicted, column) => {
      counts[row * length + column] = shown.confusion[truth * shown.classes.length + predicted] ?? 0;
    });
  });
  const totals = order.map((_, row) =>
    counts.subarray(row * length, (row + 1) * length).reduce((a, b) => a + b, 0),
  );
  const names = order.map((index) => shown.classes[index] ?? '');
  return { names, counts, totals, strengths: strengthsOf(counts, totals, options) };
}

function strengthsOf(
  counts: Uint32Array,
  totals: readonly number[],
  { values, scale, hideRight }: HeatOptions,
): Float32Array {
  const { length } = totals;
  const shown = Float32Array.from(counts, (count, at) => {
    const [row, column] = [Math.floor(at / length), at % length];
    if (hideRight && row === column) return 0;
    return values === 'counts' ? count : count / Math.max(1, totals[row] ?? 0);
  });
  const most = shown.reduce((a, b) => Math.max(a, b), 0);
  return shown.map((value) => (value > 0 ? strengthOf(value / most, scale) : 0));
}

/** @param share of the largest value, above 0 */
function strengthOf(share: number, scale: HeatOptions['scale']): number {
  const height = scale === 'linear' ? share : 1 - Math.log(Math.max(share, LEAST)) / Math.log(LEAST);
  return FAINTEST + (1 - FAINTEST) * height;
}
