import type { Browser } from 'playwright-core';
import { SETTING_COLUMNS } from '../../src/host/training/runRow';
import { toValues } from '../../src/host/training/trainingDefaults';
import type { HostToRuns, RunRow, RunsToHost, SettingColumn } from '../../src/protocol/pages/runs';
import { runSettingsSchema } from '../../src/runs/runSettings';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

const OPTIMIZERS = ['adam', 'sgd', 'adamw'] as const;

/** The run of a number: every third has another optimizer, every tenth other data. */
export function runOf(at: number): RunRow {
  const settings = runSettingsSchema.parse({
    optimizer: OPTIMIZERS[at % 3],
    batchSize: at === 2 ? 64 : 128,
    epochs: 4,
  });
  return {
    id: `run-${at}`,
    name: `digits ${at}`,
    dataset: at % 10 === 9 ? 'letters' : 'mnist',
    network: 'keras-mnist',
    state: at === 1 ? 'failed' : 'finished',
    where: 'nowhere',
    done: 240_000,
    total: 240_000,
    epochs: 4,
    accuracy: 0.9 + (((at * 7) % 100) + 1) / 1100,
    seconds: 60 + at,
    hasModel: true,
    created: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
    epochsDone: 4,
    lastAccuracy: 0.9 + ((at * 7) % 100) / 1100,
    lastLoss: 0.1 + (at % 13) / 100,
    backend: 'wasm',
    settings: toValues(settings),
  };
}

export interface RunsPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  runs?: number;
  /** What the page kept of before. */
  state?: object;
}

/** The built table of runs in a real browser, before a stub of the host. */
export class RunsTablePage extends StubbedPage<RunsToHost, HostToRuns> {
  static async open(browser: Browser, options: RunsPageOptions = {}): Promise<RunsTablePage> {
    const { width = 1100, height = 800, theme = 'dark', runs = 12, state } = options;
    const rows = Array.from({ length: runs }, (_, at) => runOf(at)).reverse();
    const stub = { rows, settings: [...SETTING_COLUMNS], ...(state && { state }) };
    const opened = new RunsTablePage(
      await openWebview(browser, { name: 'runs', width, height, ground: 'editor' }, stubHost, stub),
    );
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    return opened;
  }

  /** The names in the rows that there are, from the top. */
  names(): Promise<string[]> {
    return this.page.locator('.lines .name .text').allInnerTexts();
  }

  headers(): Promise<string[]> {
    return this.page.getByRole('columnheader').allInnerTexts();
  }
}

function stubHost({
  rows,
  settings,
  state,
}: {
  rows: RunRow[];
  settings: SettingColumn[];
  state?: object;
}): void {
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const column = (value: (epoch: number) => number) => Float64Array.from([1, 2, 3, 4], value);
  const curveOf = (run: string) => {
    const at = Number(run.split('-')[1]);
    const loss = (epoch: number) => (1 + at / 20) / epoch;
    return {
      type: 'curve',
      run,
      columns: {
        epoch: column((epoch) => epoch),
        loss: column(loss),
        accuracy: column((epoch) => 1 - loss(epoch) / 3),
        learningRate: column(() => 0.001),
        count: column((epoch) => epoch),
        lossSum: column(loss),
        accuracySum: column(loss),
      },
      epochs: [1, 2, 3, 4].map((epoch) => ({
        epoch,
        loss: loss(epoch),
        accuracy: 1 - loss(epoch) / 3,
        validationLoss: 1.1 * loss(epoch),
        validationAccuracy: 1 - loss(epoch) / 2.8,
        learningRate: 0.001,
        seconds: 15,
      })),
    };
  };
  const receive = (message: RunsToHost) => {
    if (message.type === 'ready') post({ type: 'runs', rows, settings });
    const wanted = message.type === 'ready' ? message.picked : message.type === 'pick' ? message.runs : [];
    for (const run of wanted) post(curveOf(run));
  };
  sessionStorage.setItem('state', sessionStorage.getItem('state') ?? JSON.stringify(state ?? null));
  Object.assign(window, { answer: receive });
}
