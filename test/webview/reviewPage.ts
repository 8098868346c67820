import type { Browser } from 'playwright-core';
import type { Learning } from '../../src/protocol/engine/evaluation';
import type { HostToReview, ReviewToHost } from '../../src/protocol/pages/review';
import { until } from '../harness/until';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { openWebview } from './webviewPage';

export interface ReviewPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  labels?: number;
  learning?: Learning;
}

/** The built review of labels in a real browser, before a stub of the host. */
export class ReviewPage extends StubbedPage<ReviewToHost, HostToReview> {
  static async open(browser: Browser, options: ReviewPageOptions = {}): Promise<ReviewPage> {
    const { width = 900, height = 760, theme = 'dark', labels = 10_000, learning = 'learned' } = options;
    const view = { name: 'review', width, height, ground: 'editor' } as const;
    const opened = new ReviewPage(await openWebview(browser, view, stubHost, { labels, learning }));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    await opened.untilShown();
    return opened;
  }

  async untilShown(): Promise<void> {
    await this.page.locator('h1').waitFor();
    if ((await this.page.locator('scrawl-suspect').count()) > 0)
      await until('the picture', async () => (await this.inked()) > 0);
    await this.settled();
  }

  /** Pixels of the large picture that have ink. */
  inked(): Promise<number> {
    return this.page.locator('scrawl-suspect canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
      return data?.filter((value, at) => at % 4 === 3 && value > 0).length ?? 0;
    });
  }

  /** What a screen reader says: what was done, which label shows, and what was made of it. */
  async said(): Promise<string> {
    await this.settled();
    return ((await this.page.locator('.hidden[role=status]').textContent()) ?? '').trim();
  }

  async counts(): Promise<string> {
    await this.settled();
    return (await this.page.locator('.counts').innerText()).replace(/\s+/g, ' ');
  }

  /** Bytes of the pictures that the page keeps. */
  keptBytes(): Promise<number> {
    return this.page
      .locator('scrawl-review')
      .evaluate((review) => (review as unknown as { pages: { bytes: number } }).pages.bytes);
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that decides in memory. */
function stubHost({ labels: count, learning }: { labels: number; learning: string }): void {
  const classes = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const indexes = Array.from({ length: count }, (_, at) => at);
  const given = Uint16Array.from(indexes, (at) => (at * 7) % classes.length);
  const suggested = Uint16Array.from(indexes, (at) => (at * 7 + 11) % classes.length);
  const verdicts = new Uint8Array(count);
  const labels = given.slice();
  const undos: { at: number; verdict: number; label: number; name: string }[] = [];
  const tellVerdicts = (done?: { at: number; name: string; undone: boolean }) => {
    const undo = undos.at(-1)?.name;
    post({
      type: 'verdicts',
      verdicts: verdicts.slice(),
      labels: labels.slice(),
      ...(undo !== undefined && { undo }),
      ...(done && { done }),
    });
  };
  /** A stroke whose direction tells the classes apart. */
  const draw = (pixels: Uint8Array, at: number, label: number) => {
    const angle = (label / classes.length) * Math.PI;
    for (let row = 4; row < 24; row++) {
      for (let column = 4; column < 24; column++) {
        const [x, y] = [column - 13.5, row - 13.5];
        const ring = Math.abs(Math.hypot(x, y) - 8.5);
        const line = Math.hypot(x, y) < 8.5 ? Math.abs(x * Math.sin(angle) - y * Math.cos(angle)) : 99;
        pixels[at * 784 + row * 28 + column] = Math.max(0, Math.min(255, 255 * (2.2 - Math.min(ring, line))));
      }
    }
  };
  const tellPictures = (page: number) => {
    const places = indexes.slice(page * 64, (page + 1) * 64);
    const pixels = new Uint8Array(places.length * 784);
    places.forEach((place, at) => draw(pixels, at, suggested[place] ?? 0));
    post({ type: 'pictures', page, pixels });
  };
  const decide = (at: number, verdict: number, label: number, name: string) => {
    undos.push({ at, verdict: verdicts[at] ?? 0, label: labels[at] ?? 0, name });
    verdicts[at] = verdict;
    labels[at] = label;
    tellVerdicts({ at, name, undone: false });
  };
  const receive = (message: ReviewToHost) => {
    switch (message.type) {
      case 'ready':
      case 'again':
        post({
          type: 'queue',
          spec: { model: '/models/mine', dataset: 'emnist-byclass', split: 'train' },
          ...{ model: 'letters keras-mnist', dataset: 'EMNIST ByClass', height: 28, width: 28 },
          ...{ classes, learning, samples: 697_932, leftOut: 0, total: count > 9999 ? 23_412 : count },
          places: Uint32Array.from(indexes, (at) => (at * 677) % 697_932),
          ...{ given, suggested },
          probability: Float32Array.from(indexes, (at) => 0.02 + (0.4 * at) / Math.max(1, count)),
          suggestedProbability: Float32Array.from(indexes, (at) => 0.97 - (0.4 * at) / Math.max(1, count)),
          margin: Float32Array.from(indexes, (at) => -0.95 + (0.8 * at) / Math.max(1, count)),
        });
        tellVerdicts();
        return;
      case 'pictures':
        tellPictures(message.page);
        return;
      case 'decide': {
        const { at, decision } = message;
        if (decision === 'keep') decide(at, 1, given[at] ?? 0, `Kept as ${classes[given[at] ?? 0]}`);
        else if (decision === 'exclude') decide(at, 3, labels[at] ?? 0, 'Excluded');
        else decide(at, 2, suggested[at] ?? 0, `Relabeled as ${classes[suggested[at] ?? 0]}`);
        return;
      }
      case 'pickClass':
        // a person picks 'Z'
        decide(message.at, 2, classes.indexOf('Z'), 'Relabeled as Z');
        return;
      case 'undo': {
        const undone = undos.pop();
        if (!undone) return;
        verdicts[undone.at] = undone.verdict;
        labels[undone.at] = undone.label;
        tellVerdicts({ at: undone.at, name: undone.name, undone: true });
      }
    }
  };
  Object.assign(window, { answer: receive });
}
