import { accuracyPercent } from '../../src/base/words';
import type { ShownSweep, ShownTrial, SweepAxis } from '../../src/protocol/pages/sweep';

/** A mark on an axis: 0 is its lower end, 1 its upper. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** An axis of the parallel coordinates. */
export interface Axis {
  readonly key: string;
  readonly label: string;
  readonly ticks: readonly Tick[];
  /** Where a trial's line meets it; undefined where the line does not come so far. */
  readonly place: (trial: ShownTrial) => number | undefined;
}

type Value = string | number;

/** A tick stands at every so many of the values, so that no more than these have one. */
const MOST_TICKS = 8;
/** Ticks of a range, about. */
const TICKS = 5;
/** The narrowest range of results that fills an axis. */
const NARROWEST = 0.001;

/** The axes from left to right: what was varied, the epochs where trials have more or fewer, the result. */
export function axesOf({ axes, trials, method }: Pick<ShownSweep, 'axes' | 'trials' | 'method'>): Axis[] {
  return [
    ...axes.map(parameterAxis),
    ...(method === 'halving' ? [epochsAxis(trials)] : []),
    resultAxis(trials),
  ];
}

/** A value as it stands beside an axis and in the table. */
export function valueText(value: Value | undefined): string {
  if (typeof value !== 'number') return value ?? '–';
  const rounded = Number(value.toPrecision(3));
  return rounded !== 0 && Math.abs(rounded) < 0.001 ? rounded.toExponential() : String(rounded);
}

function parameterAxis(axis: SweepAxis): Axis {
  const { name: key, label } = axis;
  const valueOf = ({ values }: ShownTrial) => values[key];
  if (axis.kind === 'values') return listed(key, label, axis.values, valueOf);
  const { least, most, logarithmic } = axis;
  const scale = logarithmic ? Math.log : (value: number) => value;
  const placeOf = placing(scale(least), scale(most));
  const at = (value: number) => placeOf(scale(value));
  const ticks = (logarithmic ? logarithmicTicks : linearTicks)(least, most);
  return {
    key,
    label,
    ticks: ticks.map((value) => ({ at: at(value), text: valueText(value) })),
    place: (trial) => {
      const value = valueOf(trial);
      return typeof value === 'number' ? at(value) : undefined;
    },
  };
}

/** Values side by side, each as far from the next. */
function listed(
  key: string,
  label: string,
  values: readonly Value[],
  valueOf: (trial: ShownTrial) => Value | undefined,
): Axis {
  const at = (index: number) => (index + 0.5) / values.length;
  const every = Math.ceil(values.length / MOST_TICKS);
  return {
    key,
    label,
    ticks: values.flatMap((value, index) =>
      index % every === 0 ? [{ at: at(index), text: valueText(value) }] : [],
    ),
    place: (trial) => {
      const index = values.indexOf(valueOf(trial) as Value);
      return index < 0 ? undefined : at(index);
    },
  };
}

function epochsAxis(trials: readonly ShownTrial[]): Axis {
  const reached = [...new Set(trials.map(({ epochs }) => epochs))].filter((epochs) => epochs > 0);
  const values = reached.sort((a, b) => a - b);
  return listed('epochs', 'Epochs', values, ({ epochs }) => epochs);
}

function resultAxis(trials: readonly ShownTrial[]): Axis {
  const [least, most] = resultRange(trials);
  const at = placing(least, most);
  const isKnown = trials.some(({ accuracy }) => accuracy !== undefined);
  return {
    key: 'accuracy',
    label: 'Accuracy',
    ticks: isKnown
      ? linearTicks(least, most).map((value) => ({ at: at(value), text: accuracyPercent(value) }))
      : [],
    place: ({ accuracy, state }) => (accuracy === undefined || state === 'failed' ? undefined : at(accuracy)),
  };
}

/** The least and the greatest result. */
export function resultRange(trials: readonly ShownTrial[]): [number, number] {
  const results = trials.flatMap(({ accuracy, state }) =>
    accuracy === undefined || state === 'failed' ? [] : [accuracy],
  );
  const [least, most] = results.reduce(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
    [1, 0],
  );
  if (most - least >= NARROWEST) return [least, most];
  const middle = results.length > 0 ? (least + most) / 2 : 0.5;
  return [Math.max(0, middle - NARROWEST / 2), Math.min(1, middle + NARROWEST / 2)];
}

function placing(least: number, most: number): (value: number) => number {
  return (value) => (most > least ? (value - least) / (most - least) : 0.5);
}

/** Round numbers in a range. */
function linearTicks(least: number, most: number): number[] {
  const rough = (most - least) / TICKS;
  if (rough <= 0) return [least];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Powers of ten in a range, and what lies between them where these are few. */
function logarithmicTicks(least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least));
  const powers = Array.from({ length: Math.ceil(Math.log10(most)) - first + 1 }, (_, index) => first + index);
  const withFactors = (factors: readonly number[]) =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((value) => value >= least * 0.999 && value <= most * 1.001);
  const all = withFactors([1, 2, 5]);
  return all.length <= MOST_TICKS ? all : withFactors([1]);
}
