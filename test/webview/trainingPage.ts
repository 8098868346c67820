import type { Browser } from 'playwright-core';
import type { HostToTraining, RunSummary, TrainingToHost } from '../../src/protocol/pages/training';
import { until } from '../harness/until';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

/** Of each run that the stub has a curve of. */
export const POINTS = 20_000;

const run = (id: string, more: Partial<RunSummary> = {}): RunSummary => ({
  id,
  name: id,
  dataset: 'mnist',
  network: 'keras-mnist',
  state: 'finished',
  where: 'nowhere',
  done: 216_000,
  total: 216_000,
  epochs: 4,
  accuracy: 0.9914,
  seconds: 428,
  hasModel: true,
  ...more,
});

/** Four runs in as many states. */
export const RUNS: readonly RunSummary[] = [
  run('digits live', { state: 'running', where: 'here', done: 97_200, accuracy: 0.981, hasModel: false }),
  run('digits keras-mnist'),
  run('letters paused', { state: 'paused', done: 54_000, accuracy: 0.842, hasModel: false }),
  run('letters elsewhere', { state: 'running', where: 'elsewhere', hasModel: false }),
];

export interface TrainingPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  runs?: readonly RunSummary[];
  /** What the page kept of before. */
  state?: object;
}

/** The built view of runs in a real browser, before a stub of the host. */
export class TrainingPage extends StubbedPage<TrainingToHost, HostToTraining> {
  static async open(browser: Browser, options: TrainingPageOptions = {}): Promise<TrainingPage> {
    const { width = 300, height = 900, theme = 'dark', runs = RUNS, state } = options;
    const view = { name: 'training', width, height };
    const stub = { runs, points: POINTS, ...(state && { state }) };
    const opened = new TrainingPage(await openWebview(browser, view, stubHost, stub));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    return opened;
  }

  /** Compares these runs and waits for their curves. */
  async compare(...names: string[]): Promise<void> {
    for (const name of names) await this.page.getByRole('checkbox', { name: `Compare ${name}` }).check();
    await until('the curves', async () => {
      const curves = await this.page.locator('.reading').count();
      return curves >= names.length;
    });
    await this.settled();
  }

  chart(name: string) {
    return this.page.locator('scrawl-chart', { hasText: name }).locator('.plot');
  }

  /** Device pixels of a chart whose color is near a theme's. */
  inked(chart: string, variable: string): Promise<number> {
    return this.chart(chart).evaluate((plot, variable) => {
      const probe = document.createElement('i');
      probe.style.color = `var(${variable})`;
      plot.append(probe);
      const wanted = getComputedStyle(probe).color.match(/\d+/g)?.map(Number) ?? [];
      probe.remove();
      const canvas = plot.querySelector('canvas');
      const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        const near = [0, 1, 2].every((c) => Math.abs((data[at + c] ?? 0) - (wanted[c] ?? 0)) < 12);
        if (near && (data[at + 3] ?? 0) > 200) count++;
      }
      return count;
    }, variable);
  }
}

/** Runs in the page: what VS Code gives a webview, with a host whose runs learn by arithmetic. */
function stubHost({
  runs,
  points,
  state,
}: {
  runs: readonly RunSummary[];
  points: number;
  state?: object;
}): void {
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const known = new Set<string>();
  const curveOf = (id: string) => {
    const at = runs.findIndex((each) => each.id === id);
    const share = (runs[at]?.done ?? 0) / (runs[at]?.total || 1);
    const column = (value: (epoch: number, index: number) => number) =>
      Float64Array.from({ length: points }, (_, index) => value(((index + 1) / points) * 4 * share, index));
    const noise = (index: number) => Math.sin(index * 12.9898 + at) * Math.cos(index * 78.233);
    const loss = (epoch: number, index: number) =>
      (2 + 0.4 * at) * Math.exp(-(1.4 - 0.2 * at) * epoch) +
      0.03 +
      0.02 * at +
      Math.abs(0.08 * noise(index)) * Math.exp(-epoch / 2);
    const accuracy = (epoch: number, index: number) => 1 - 0.3 * loss(epoch, index);
    const sum = (values: Float64Array) => {
      let total = 0;
      return values.map((value) => (total += value));
    };
    const columns = {
      epoch: column((epoch) => epoch),
      loss: column(loss),
      accuracy: column(accuracy),
      learningRate: column((epoch) => 0.001 * (0.5 + 0.5 * Math.cos((Math.PI * epoch) / 4))),
      count: column((_, index) => index + 1),
    };
    const epochs = Array.from({ length: Math.floor(4 * share) }, (_, index) => ({
      epoch: index + 1,
      loss: loss(index + 1, 0),
      accuracy: accuracy(index + 1, 0),
      validationLoss: loss(index + 1, 3) + 0.03,
      validationAccuracy: accuracy(index + 1, 3) - 0.004,
      learningRate: 0.001,
      seconds: 107,
    }));
    return {
      type: 'curve',
      run: id,
      columns: { ...columns, lossSum: sum(columns.loss), accuracySum: sum(columns.accuracy) },
      epochs,
    };
  };
  const send = (ids: readonly string[]) => {
    for (const id of ids) if (!known.has(id)) post(curveOf(id));
    known.clear();
    for (const id of ids) known.add(id);
  };
  const receive = (message: TrainingToHost) => {
    if (message.type === 'ready') {
      post({ type: 'runs', runs });
      send(message.picked);
    } else if (message.type === 'pick') send(message.runs);
  };
  sessionStorage.setItem('state', sessionStorage.getItem('state') ?? JSON.stringify(state ?? null));
  Object.assign(window, { answer: receive });
}
