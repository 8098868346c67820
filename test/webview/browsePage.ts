import type { Browser } from 'playwright-core';
import type { BrowseToHost, HostToBrowse } from '../../src/protocol/pages/browse';
import type { Theme } from './themes';
import { GridPage } from './gridPage';
import { openWebview } from './webviewPage';

/** As many as EMNIST ByClass has. */
export const TRAIN = 697_932;
export const TEST = 116_323;

export interface BrowsePageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  density?: number;
  /** Classes that are texts, instead of EMNIST's. */
  texts?: number;
  /** Width of every picture in pixels, whose height is 28. */
  across?: number;
}

/** The built browser of datasets in a real one, before a stub of the host with EMNIST ByClass's size and classes. */
export class BrowsePage extends GridPage<BrowseToHost, HostToBrowse> {
  static async open(browser: Browser, options: BrowsePageOptions = {}): Promise<BrowsePage> {
    const { width = 900, height = 600, theme = 'dark', density = 1, texts = 0, across = 28 } = options;
    const view = { name: 'browse', width, height, density, ground: 'editor' } as const;
    const sizes = { train: TRAIN, test: TEST, texts, across };
    const opened = new BrowsePage(await openWebview(browser, view, stubHost, sizes));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    await opened.untilPainted();
    return opened;
  }

  /** The range messages of a kind of request, newest last. */
  async places(type: 'relabel' | 'exclude'): Promise<unknown> {
    return (await this.sentOf(type)).at(-1)?.places;
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that answers from arithmetic alone. */
function stubHost({
  train,
  test,
  texts,
  across,
}: Record<'train' | 'test' | 'texts' | 'across', number>): void {
  const classes =
    texts > 0
      ? Array.from({ length: texts }, (_, at) => `let value${at} = ${at};`)
      : [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
  const pageSize = 256;
  let filter: { split?: string; classes: number[]; shown: string } = { classes: [], shown: 'all' };
  let revision = 0;
  const marks = new Map<number, number>();
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const range = () => {
    if (filter.split === 'train') return [0, train] as const;
    if (filter.split === 'test') return [train, train + test] as const;
    return [0, train + test] as const;
  };
  const step = () => (filter.classes.length === 1 ? classes.length : 1);
  const total = () => {
    const [first, end] = range();
    const [only = 0] = filter.classes;
    return step() === 1 ? end - first : Math.ceil((end - first - only) / classes.length);
  };
  const sampleAt = (place: number) =>
    range()[0] + place * step() + (step() === 1 ? 0 : (filter.classes[0] ?? 0));
  const view = () => {
    revision += 1;
    const counts = classes.map(() => Math.round((range()[1] - range()[0]) / classes.length));
    post({
      type: 'view',
      revision,
      filter,
      total: total(),
      counts,
      ...(marks.size > 0 && { undo: 'Exclude' }),
    });
  };
  /** A ring with a stroke whose direction tells the classes apart. */
  const draw = (pixels: Uint8Array, at: number, label: number) => {
    const angle = (label / classes.length) * Math.PI;
    for (let row = 4; row < 24; row++) {
      for (let column = 4; column < 24; column++) {
        const [x, y] = [column - 13.5, row - 13.5];
        const ring = Math.abs(Math.hypot(x, y) - 8.5);
        const line = Math.hypot(x, y) < 8.5 ? Math.abs(x * Math.sin(angle) - y * Math.cos(angle)) : 99;
        pixels[(at * 28 + row) * across + column] = Math.max(
          0,
          Math.min(255, 255 * (2.2 - Math.min(ring, line))),
        );
      }
    }
  };
  const sendPage = (number: number) => {
    const count = Math.max(0, Math.min(pageSize, total() - number * pageSize));
    const pixels = new Uint8Array(count * 28 * across);
    const labels = new Uint16Array(count);
    const splits = new Uint8Array(count);
    const indexes = new Uint32Array(count);
    const flags = new Uint8Array(count);
    for (let at = 0; at < count; at++) {
      const sample = sampleAt(number * pageSize + at);
      labels[at] = sample % classes.length;
      splits[at] = sample < train ? 0 : 1;
      indexes[at] = sample < train ? sample : sample - train;
      flags[at] = marks.get(sample) ?? 0;
      draw(pixels, at, labels[at] ?? 0);
    }
    post({ type: 'page', revision, page: number, pixels, labels, splits, indexes, marks: flags });
  };
  const receive = (message: BrowseToHost) => {
    if (message.type === 'ready') {
      const splits = [
        { name: 'train', count: train },
        { name: 'test', count: test },
      ];
      const name = 'EMNIST ByClass';
      post({ type: 'dataset', id: 'emnist-byclass', name, height: 28, width: across, classes, splits });
      if (message.filter) filter = message.filter as typeof filter;
      view();
    } else if (message.type === 'filter') {
      filter = message.filter as typeof filter;
      view();
    } else if (message.type === 'page') {
      if (message.revision === revision) sendPage(message.page);
    } else if (message.type === 'exclude') {
      for (const [first, last] of message.places) {
        for (let place = first; place <= last; place++) marks.set(sampleAt(place), message.excluded ? 1 : 0);
      }
      view();
    }
  };
  Object.assign(window, { answer: receive });
}
