import type { Browser } from 'playwright-core';
import { shownSweep } from '../../src/host/training/sweeps/shownSweep';
import type { HostToSweep, ShownSweep, SweepStanding, SweepToHost } from '../../src/protocol/pages/sweep';
import { parseParameter } from '../../src/runs/sweep/parameters';
import { drawn } from '../../src/runs/sweep/draw';
import type { SweepFile, SweepTrial } from '../../src/runs/sweep/sweepFile';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

const PARAMETERS = [
  'learning-rate=0.0001..0.01',
  'batch-size=32,64,128',
  'augment.shift=0..2',
  'optimizer=adam,sgd',
].map(parseParameter);

/** Halving in the middle: each third trial went on, the sixth failed, the last two wait. */
export function sweepOf(count: number, standing: SweepStanding = 'training'): ShownSweep {
  const trials = drawn(PARAMETERS, count, 1).map((values, place): SweepTrial => {
    if (place >= count - 2) return { values, state: 'waiting', scores: [] };
    if (place === 5)
      return { values, state: 'failed', scores: [], message: 'The loss is no number any more.' };
    const accuracy = 0.9 + ((place * 7) % 16) / 200;
    const first = { epochs: 1, accuracy };
    const goesOn = place % 3 === 0;
    return {
      values,
      state: goesOn ? 'finished' : 'resting',
      scores: goesOn ? [first, { epochs: 3, accuracy: accuracy + 0.01 }] : [first],
    };
  });
  const sweep: SweepFile = {
    name: 'digits emnist-cnn sweep',
    dataset: 'mnist',
    parameters: PARAMETERS,
    method: 'halving',
    epochs: 3,
    firstEpochs: 1,
    reduction: 3,
    created: '2026-11-28T10:00:00.000Z',
    trials,
  };
  const trial = standing === 'training' ? { place: count - 2, epochs: 1 } : undefined;
  return shownSweep({ id: 'digits', folder: '/sweeps/digits', sweep, standing, trial });
}

export interface SweepPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  sweep?: ShownSweep;
}

/** The built page of a sweep in a real browser, before a stub of the host. */
export class SweepTab extends StubbedPage<SweepToHost, HostToSweep> {
  static async open(browser: Browser, options: SweepPageOptions = {}): Promise<SweepTab> {
    const { width = 1100, height = 800, theme = 'dark', sweep = sweepOf(16) } = options;
    const opened = new SweepTab(
      await openWebview(browser, { name: 'sweep', width, height, ground: 'editor' }, stubHost, sweep),
    );
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    return opened;
  }

  /** Numbers of the trials in the table, from the top. */
  async numbers(): Promise<number[]> {
    const rows = this.page.locator('tbody tr');
    return (await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-trial')))).map(Number);
  }

  row(number: number) {
    return this.page.locator(`tr[data-trial="${number}"]`);
  }

  /** The line of a trial in the plot. */
  line(number: number) {
    return this.page.locator(`svg [data-trial="${number}"]`);
  }
}

function stubHost(sweep: ShownSweep): void {
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const curveOf = (trial: number) => {
    const empty = new Float64Array();
    const columns = { epoch: empty, loss: empty, accuracy: empty, learningRate: empty, count: empty };
    return {
      type: 'curve',
      run: String(trial),
      columns: { ...columns, lossSum: empty, accuracySum: empty },
      epochs: [1, 2, 3].map((epoch) => ({
        ...{ epoch, loss: 1 / epoch, accuracy: 1 - trial / 100 / epoch, learningRate: 0.001, seconds: 5 },
        validationLoss: 1.1 / epoch,
        validationAccuracy: 1 - trial / 90 / epoch,
      })),
    };
  };
  const receive = (message: SweepToHost) => {
    if (message.type === 'ready') post({ type: 'sweep', sweep });
    if (message.type === 'pick') for (const trial of message.trials) post(curveOf(trial));
  };
  Object.assign(window, { answer: receive });
}
