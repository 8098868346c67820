import type { Browser, Locator } from 'playwright-core';
import type { ChosenSamples, EvaluationToHost, HostToEvaluation } from '../../src/protocol/pages/evaluation';
import type { GalleryToHost } from '../../src/protocol/pages/gallery';
import type { HeatMap } from '../../webview/evaluation/heatMap';
import { until } from '../harness/until';
import { GridPage } from './gridPage';
import type { Theme } from './themes';
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
  /** So many writers are known; the first is read worst. */
  writers?: number;
  /** So many samples are listed on the page where all that are wrong are wanted, five of anything else. */
  listed?: number;
}

/** The built view of evaluations in a real browser, before a stub of the host. */
export class EvaluationPage extends GridPage<EvaluationToHost, HostToEvaluation> {
  static async open(browser: Browser, options: EvaluationPageOptions = {}): Promise<EvaluationPage> {
    const { width = 320, height = 900, theme = 'dark' } = options;
    const { classes = 94, samples = 100_000, comparison = false, uneven = false, writers = 0 } = options;
    const { stale, incomparable, listed } = options;
    const view = { name: 'evaluation', width, height };
    const stub = { classes, samples, comparison, uneven, writers, stale, incomparable, listed };
    const opened = new EvaluationPage(await openWebview(browser, view, stubHost, stub));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    if (classes > 0) await opened.untilDrawn();
    if (listed) await opened.untilPainted();
    return opened;
  }

  /** The samples that the page lists. */
  get samples(): Locator {
    return this.page.getByRole('region', { name: 'Samples' });
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
  writers,
  stale,
  incomparable,
  listed,
}: Required<Pick<EvaluationPageOptions, 'classes' | 'samples' | 'comparison' | 'uneven' | 'writers'>> & {
  stale: string | undefined;
  incomparable: string | undefined;
  listed: number | undefined;
}): void {
  const ordered =
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
  const classes = [...ordered].slice(0, count);
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
    lists: listed !== undefined,
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
    writers: Array.from({ length: writers }, (_, at) => {
      const value = 0.5 + at / (2 * writers);
      const name = `hand ${String(writers - at)}`;
      return {
        writer: name,
        samples: 10 + ((7 * at) % 5),
        value,
        interval: { low: value - 0.1, high: value },
      };
    }),
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
  const side = 28;
  let revision = 0;
  let inList = 0;
  const excluded = new Set<number>();
  const sendList = () =>
    post({
      type: 'samples',
      message: {
        ...{ type: 'list', revision: ++revision, sort: 'wrongAndSure', total: inList, wrong: inList },
        ...{ strayed: 0, answers: classes },
        ...(excluded.size > 0 && { undo: 'Excluded 1 sample' }),
      },
    });
  const list = (chosen: ChosenSamples) => {
    inList = chosen.kind === 'wrong' ? (listed ?? 0) : 5;
    const title = chosen.kind === 'cell' ? `${chosen.truth} → ${chosen.predicted}` : 'Misclassified';
    post({
      type: 'samples',
      message: {
        ...{ type: 'about', remember: chosen, title, model: 'Characters', dataset: 'EMNIST', split: 'test' },
        ...{ kind: 'images', height: side, width: side, classes },
      },
    });
    sendList();
  };
  /** A ring with a bar through it. */
  const drawn = (place: number) => {
    const pixels = new Uint8Array(side * side);
    for (let at = 0; at < pixels.length; at++) {
      const [x, y] = [(at % side) - 13.5, Math.floor(at / side) - 13.5];
      const ring = Math.abs(Math.hypot(x, y) - 8.5);
      const bar = Math.hypot(x, y) < 8.5 ? Math.abs(x * Math.sin(place) - y * Math.cos(place)) : 99;
      pixels[at] = Math.max(0, Math.min(255, 255 * (2.2 - Math.min(ring, bar))));
    }
    return pixels;
  };
  const sendPage = (page: number) => {
    const places = Array.from({ length: inList }, (_, place) => place);
    const pixels = new Uint8Array(inList * side * side);
    for (const place of places) pixels.set(drawn(place), place * side * side);
    post({
      type: 'samples',
      message: {
        ...{ type: 'page', revision, page, pixels },
        labels: Uint16Array.from(places),
        predicted: Uint16Array.from(places, (place) => place + 1),
        probabilities: Float32Array.from(places, (place) => 0.999 - place / 200),
        splits: Uint8Array.from(places, () => 2),
        indexes: Uint32Array.from(places),
        marks: Uint8Array.from(places, (place) => (excluded.has(place) ? 1 : 0)),
      },
    });
  };
  const look = (place: number) =>
    post({
      type: 'samples',
      message: {
        ...{ type: 'sample', revision, place, split: 'test', index: place, right: place },
        ...{ label: classes[place], stored: classes[place], predicted: place + 1 },
        ...{ excluded: excluded.has(place), pixels: drawn(place) },
        probabilities: Float32Array.from(classes, (_, at) => (at === place + 1 ? 0.9 : 0.001)),
      },
    });
  const ofSamples = (message: GalleryToHost) => {
    if (message.type === 'page' && message.revision === revision) sendPage(message.page);
    if (message.type === 'look') look(message.place);
    if (message.type === 'exclude') {
      for (const [first] of message.places) excluded.add(first);
      sendList();
      post({ type: 'samples', message: { type: 'done', message: 'Excluded 1 sample.' } });
      post(evaluation());
    }
  };
  const receive = (message: EvaluationToHost) => {
    if (message.type === 'list') list(message.samples);
    if (message.type === 'samples') ofSamples(message.message);
    if (message.type === 'judge') ({ judging } = message);
    if (message.type === 'ready' || message.type === 'judge')
      post(count > 0 ? evaluation() : { type: 'nothing' });
  };
  Object.assign(window, { answer: receive });
}
