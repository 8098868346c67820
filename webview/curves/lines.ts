import type { Curve } from './curve';

export type Quantity = 'loss' | 'accuracy' | 'learningRate';

/** What the user chose to see of the curves. */
export interface CurveOptions {
  readonly per: 'batch' | 'epoch';
  /** Points of the moving average; 1 is none. */
  readonly average: number;
  readonly logLoss: boolean;
}

/** How a run is told apart: by color, and by dashes for whoever does not see the colors. */
export interface RunStyle {
  /** A CSS variable. */
  readonly color: string;
  /** Lengths of line and gap, CSS pixels. */
  readonly dash: readonly number[];
}

/** One for each run that can be compared. */
export const STYLES: readonly RunStyle[] = [
  { color: '--scrawl-blue', dash: [] },
  { color: '--scrawl-green', dash: [8, 4] },
  { color: '--scrawl-purple', dash: [2, 3] },
  { color: '--scrawl-red', dash: [10, 3, 2, 3] },
  { color: '--scrawl-yellow', dash: [5, 2] },
  { color: '--scrawl-orange', dash: [12, 3, 2, 3, 2, 3] },
];

export interface Line {
  readonly label: string;
  readonly style: RunStyle;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** `thin` is what an average stands for, `marked` has a dot at each point: validation. */
  readonly look: 'plain' | 'thin' | 'marked';
}

/** Widths in CSS pixels. None is translucent: each line is to be told from the ground, an average from what it stands for. */
export const WIDTHS: Readonly<Record<Line['look'], number>> = { plain: 2, thin: 0.75, marked: 1 };

export interface ShownRun {
  readonly id: string;
  readonly name: string;
  readonly curve: Curve;
  readonly style: RunStyle;
}

/** What a chart of a quantity shows: training and validation of each run. */
export function linesOf(
  quantity: Quantity,
  runs: readonly ShownRun[],
  { per, average }: CurveOptions,
): Line[] {
  return runs.flatMap(({ name, curve, style }): Line[] => {
    const epochs = curve.epochs.map(({ epoch }) => epoch);
    const training = `${name}, training`;
    if (quantity === 'learningRate') {
      return [{ label: name, style, x: curve.at, y: curve.values(quantity), look: 'plain' }];
    }
    const validation = validationLine(name, curve, style, quantity);
    if (per === 'epoch') {
      const y = curve.epochs.map((point) => point[quantity]);
      return [{ label: training, style, x: epochs, y, look: 'plain' }, ...validation];
    }
    const raw = { style, x: curve.at, y: curve.values(quantity) };
    if (average <= 1) return [{ ...raw, label: training, look: 'plain' }, ...validation];
    return [
      { ...raw, label: `${training}, each`, look: 'thin' },
      { ...raw, label: training, y: curve.average(quantity, average), look: 'plain' },
      ...validation,
    ];
  });
}

function validationLine(name: string, curve: Curve, style: RunStyle, quantity: 'loss' | 'accuracy'): Line[] {
  const key = quantity === 'loss' ? 'validationLoss' : 'validationAccuracy';
  const points = curve.epochs.flatMap((point) => {
    const value = point[key];
    return value === undefined ? [] : [[point.epoch, value] as const];
  });
  if (points.length === 0) return [];
  const [x, y] = [points.map(([epoch]) => epoch), points.map(([, value]) => value)];
  return [{ label: `${name}, validation`, style, x, y, look: 'marked' }];
}
