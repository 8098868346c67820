import type { Browser, Locator } from 'playwright-core';
import type { EvaluationToHost, HostToEvaluation } from '../../src/protocol/pages/evaluation';
import type { HeatMap } from '../../webview/evaluation/heatMap';
import { until } from '../harness/until';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

export interface EvaluationPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  /** All printable characters of ASCII are 94; 0 says that nothing was evaluated. */
  classes?: number;
  samples?: number;
  comparison?: boolean;
  stale?: string;
  incomparable?: string;
  /** Whether some classes have fewer samples than others. */
  uneven?: boolean;
}

/** The built view of evaluations in a real browser, before a stub of the host. */
export class EvaluationPage extends StubbedPage<EvaluationToHost, HostToEvaluation> {
  static async open(browser: Browser, options: EvaluationPageOptions = {}): Promise<EvaluationPage> {
    const { width = 320, height = 900, theme = 'dark' } = options;
    const { classes = 94, samples = 100_000, comparison = false, uneven = false } = options;
    const { stale, incomparable } = options;
    const view = { name: 'evaluation', width, height };
    const stub = { classes, samples, comparison, uneven, stale, incomparable };
    const opened = new EvaluationPage(await openWebview(browser, view, stubHost, stub));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    if (classes > 0) await opened.untilDrawn();
    return opened;
  }

  get heat(): Locator {
    return this.page.locator('.heat');
  }

  /** Cells that the picture of the matrix is made of. */
  cellsDrawn(): Promise<number> {
    return this.page.locator('scrawl-heat-map').evaluate((map) => (map as HeatMap).cellsDrawn);
  }

  /** The picture of the matrix, as it is. */
  async picture(): Promise<string> {
    await this.settled();
    return this.heat
      .locator('canvas')
      .evaluate((canvas) => (canvas as unknown as HTMLCanvasElement).toDataURL());
  }

  async untilDrawn(): Promise<void> {
    await until('the matrix', async () => (await this.cellsDrawn()) > 0);
  }

  readout(): Promise<string> {
    return this.page.locator('.readout').innerText();
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that evaluates by arithmetic alone. */
function stubHost({
  classes: count,
  samples,
  comparison,
  uneven,
  stale,
  incomparable,
}: Required<Pick<EvaluationPageOptions, 'classes' | 'samples' | 'comparison' | 'uneven'>> & {
  stale: string | undefined;
  incomparable: string | undefined;
}): void {
  const ordered =
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
  const classes = [...ordered].slice(0, count);
  const sent: EvaluationToHost[] = [];
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  let judging = { alphabet: 'all', merged: false };
  /** Three cells of four hold something: most of it on the diagonal, much of the rest by letters that look alike. */
  const alike = new Map(
    [...'O01lcCsSvVxXzZwW'].map((letter, at, all) => [letter, all[at % 2 ? at - 1 : at + 1]]),
  );
  const confusion = new Uint32Array(count * count);
  const support = Math.floor(samples / Math.max(1, count));
  for (let row = 0; row < count; row++) {
    let left = support;
    for (let column = 0; column < count; column++) {
      if (row === column) continue;
      const far = (row * 31 + column * 17) % 97;
      const wrong =
        classes[column] === alike.get(classes[row] ?? '')
          ? 120 + ((row * 7) % 90)
          : far < 24
            ? 0
            : far % 5 === 0
              ? 6
              : 1;
      confusion[row * count + column] = wrong;
      left -= wrong;
    }
    confusion[row * count + row] = uneven && row % 3 === 0 ? left / 2 : left;
  }
  const at = (row: number, column: number) => confusion[row * count + column] ?? 0;
  const indexes = classes.map((_, index) => index);
  const perClass = indexes.map((index) => {
    const answers = indexes.reduce((sum, row) => sum + at(row, index), 0);
    const [precision, recall] = [at(index, index) / answers, at(index, index) / support];
    const wrong = indexes.filter((other) => other !== index).sort((a, b) => at(index, b) - at(index, a));
    const f1 = (2 * precision * recall) / (precision + recall);
    return { support, answers, precision, recall, f1, mostConfusedWith: wrong[0] ?? 0 };
  });
  const pairs = indexes
    .flatMap((truth) => indexes.map((predicted) => ({ truth, predicted, count: at(truth, predicted) })))
    .filter((pair) => pair.truth !== pair.predicted && pair.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 200)
    .map((pair) => ({ ...pair, share: pair.count / support }));
  const accuracy = indexes.reduce((sum, index) => sum + at(index, index), 0) / Math.max(1, samples);
  const bins = Array.from({ length: 15 }, (_, bin) => {
    const [low, high] = [bin / 15, (bin + 1) / 15];
    const right = Math.min(1, high * 0.93);
    return { low, high, count: bin < 2 ? 0 : 20 * bin ** 3, confidence: (low + high) / 2, accuracy: right };
  });
  const evaluation = () => ({
    type: 'evaluation',
    model: 'Scrawl, bundled',
    dataset: 'EMNIST ByClass',
    split: 'test',
    judging,
    ...(stale !== undefined && { stale }),
    ...(incomparable !== undefined && { incomparable }),
    created: '2026-03-01T12:00:00.000Z',
    backend: 'wasm',
    samplesPerSecond: 5123.4,
    samples: judging.alphabet === 'punctuation' ? 0 : support * count,
    leftOut: 12,
    accuracy,
    interval: { low: accuracy - 0.002, high: accuracy + 0.002 },
    top3: 0.9921,
    loss: 0.3517,
    macro: { precision: 0.85, recall: 0.86, f1: 0.8523 },
    weighted: { precision: 0.87, recall: 0.87, f1: 0.8702 },
    calibration: { error: 0.0312, bins },
    classes,
    perClass,
    confusion,
    orders: {
      class: indexes,
      error: [...indexes].sort((a, b) => at(a, a) - at(b, b)),
      similarity: [...indexes].reverse(),
    },
    pairs,
    ...(comparison && {
      comparison: {
        model: 'letters keras-mnist',
        samples: support * count,
        first: accuracy,
        second: accuracy + 0.011,
        onlyFirst: 812,
        onlySecond: 1912,
        p: 1e-9,
        method: 'chi-square',
        perClass: indexes.map((index) => ({
          name: classes[index] ?? '',
          support,
          first: 0.8 - index / 1000,
          second: 0.82 + (index % 2) * 0.02 - index / 500,
        })),
      },
    }),
  });
  const receive = (message: EvaluationToHost) => {
    sent.push(message);
    if (message.type === 'judge') ({ judging } = message);
    if (message.type === 'ready' || message.type === 'judge')
      post(count > 0 ? evaluation() : { type: 'nothing' });
  };
  Object.assign(window, {
    sent,
    acquireVsCodeApi: () => ({
      postMessage: receive,
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
  });
}
