import { testRates } from '../engine/training/testRates';
import { largestOf } from '../base/vectors';
import type { RatePoint } from '../metrics/rateRange';
import type { RunFile } from '../runs/run';
import { interruptible } from './interruptible';
import { modelStore } from './modelReference';
import { print, say } from './output';

/** Rows of the curve, and characters of its longest bar. */
const ROWS = 30;
const LONGEST = 40;

/** Prints the loss over the learning rate, as a curve with its rates from top to bottom, and the rate to train with. */
export async function printRates(run: RunFile, home: string, json: boolean): Promise<void> {
  const { points, suggestion } = await interruptible(
    (signal) => testRates({ run, home, models: modelStore(home), signal }),
    'Stopped: nothing is kept of a test of learning rates.',
  );
  if (json) {
    print(JSON.stringify({ points, ...(suggestion !== undefined && { suggestion }) }));
    return;
  }
  print('rate      loss');
  for (const row of rowsOf(points)) print(row);
  if (suggestion === undefined) say('The loss falls at no rate: check the data, or take another network.');
  else say(`The loss falls fastest here: --learning-rate ${Number(suggestion.toPrecision(2))}`);
}

function rowsOf(points: readonly RatePoint[]): string[] {
  const every = Math.ceil(points.length / ROWS);
  const shown = points.filter((_, at) => at % every === 0);
  const first = shown[0]?.smoothed ?? 1;
  // what diverges would leave nothing of all else
  const most = Math.min(largestOf(shown.map(({ smoothed }) => smoothed)), 2 * first);
  return shown.map(({ rate, smoothed }) => {
    const bar = '#'.repeat(Math.min(LONGEST, Math.round((LONGEST * smoothed) / most)));
    return `${rate.toExponential(1)}  ${smoothed.toFixed(4)}  ${bar}`;
  });
}
