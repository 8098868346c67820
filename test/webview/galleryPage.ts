import type { Browser, Locator } from 'playwright-core';
import type { GalleryToHost, HostToGallery } from '../../src/protocol/pages/gallery';
import { GridPage } from './gridPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

export interface GalleryPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  samples?: number;
  /** Whether the samples are drawings. */
  ink?: boolean;
  reducedMotion?: boolean;
  /** Whether the training samples are read for as long as nothing else is told. */
  searching?: boolean;
}

/** The built gallery in a real browser, before a stub of the host with 94 classes. */
export class GalleryPage extends GridPage<GalleryToHost, HostToGallery> {
  static async open(browser: Browser, options: GalleryPageOptions = {}): Promise<GalleryPage> {
    const { width = 1100, height = 720, theme = 'dark', samples = 100_000 } = options;
    const { ink = false, searching = false, reducedMotion = false } = options;
    const view = { name: 'gallery', width, height, ground: 'editor' } as const;
    const opened = new GalleryPage(await openWebview(browser, view, stubHost, { samples, ink, searching }));
    if (reducedMotion) await opened.page.emulateMedia({ reducedMotion: 'reduce' });
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    if (samples > 0) await opened.untilPainted();
    return opened;
  }

  get sample(): Locator {
    return this.page.getByRole('region', { name: 'Sample' });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Opens the sample that the keyboard is at, and waits until all of it is there. */
  async look(): Promise<void> {
    await this.focusGrid();
    await this.press('Enter');
    await this.sample.getByRole('list', { name: 'Nearest training samples' }).waitFor();
    await this.settled();
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that answers from arithmetic alone. */
function stubHost({ samples, ink, searching }: { samples: number; ink: boolean; searching: boolean }): void {
  const ordered =
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
  const classes = [...ordered];
  const side = 28;
  const size = side * side;
  const undos: string[] = [];
  const excluded = new Set<number>();
  let revision = 1;
  let sort = 'wrongAndSure';
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  const labelOf = (place: number) => (place * 7) % classes.length;
  const isRight = (place: number) => place % 10 === 9;
  const predictedOf = (place: number) => (isRight(place) ? labelOf(place) : (labelOf(place) + 26) % 94);
  const confidenceOf = (place: number) => 0.9999 - 0.9 * (place / Math.max(1, samples));
  /** A ring with a stroke whose direction tells the classes apart. */
  const draw = (label: number) => {
    const pixels = new Uint8Array(size);
    const angle = (label / classes.length) * Math.PI;
    for (let row = 4; row < 24; row++) {
      for (let column = 4; column < 24; column++) {
        const [x, y] = [column - 13.5, row - 13.5];
        const ring = Math.abs(Math.hypot(x, y) - 8.5);
        const line = Math.hypot(x, y) < 8.5 ? Math.abs(x * Math.sin(angle) - y * Math.cos(angle)) : 99;
        pixels[row * side + column] = Math.max(0, Math.min(255, 255 * (2.2 - Math.min(ring, line))));
      }
    }
    return pixels;
  };
  const pictures = (labels: readonly number[]) => {
    const pixels = new Uint8Array(labels.length * size);
    labels.forEach((label, at) => pixels.set(draw(label), at * size));
    return pixels;
  };
  const strokes = () => {
    const ring = Array.from({ length: 40 }, (_, at) => {
      const angle = (at / 39) * 2 * Math.PI;
      return [50 + 40 * Math.sin(angle), 50 - 40 * Math.cos(angle), 25 * at];
    });
    const bar = Array.from({ length: 20 }, (_, at) => [20 + 3 * at, 50, 1300 + 25 * at]);
    return [ring, bar];
  };
  const list = () => {
    revision += 1;
    const wrong = samples - Math.floor(samples / 10);
    const undo = undos.at(-1);
    const strayed = excluded.size;
    post({
      ...{ type: 'list', revision, sort, total: samples, wrong, strayed, answers: classes },
      ...(undo !== undefined && { undo }),
    });
  };
  const sendPage = (page: number) => {
    const count = Math.max(0, Math.min(256, samples - page * 256));
    const places = Array.from({ length: count }, (_, at) => page * 256 + at);
    post({
      type: 'page',
      revision,
      page,
      pixels: pictures(places.map(labelOf)),
      labels: Uint16Array.from(places, labelOf),
      predicted: Uint16Array.from(places, predictedOf),
      probabilities: Float32Array.from(places, confidenceOf),
      splits: Uint8Array.from(places, () => 2),
      indexes: Uint32Array.from(places, (place) => (place * 13) % 116_323),
      marks: Uint8Array.from(places, (place) => (isRight(place) ? 4 : 0) | (excluded.has(place) ? 1 : 0)),
    });
  };
  const occluded = (place: number, answer: number) =>
    post({
      ...{ type: 'occluded', revision, place, answer, width: side, height: side },
      drops: Float32Array.from({ length: size }, (_, at) => {
        const [x, y] = [(at % side) - 14, Math.floor(at / side) - 14];
        return (
          0.6 * Math.exp(-(x * x + (y - 5) ** 2) / 30) - 0.3 * Math.exp(-((x - 6) ** 2 + (y + 6) ** 2) / 12)
        );
      }),
    });
  const look = (place: number) => {
    const label = labelOf(place);
    const predicted = predictedOf(place);
    const probabilities = Float32Array.from(classes, (_, at) => (1 - confidenceOf(place)) / (2 + at));
    probabilities[predicted] = confidenceOf(place);
    post({
      type: 'sample',
      ...{ revision, place, split: 'test', index: (place * 13) % 116_323, predicted, right: label },
      label: classes[label],
      stored: classes[label],
      excluded: excluded.has(place),
      pixels: draw(label),
      ...(ink && { ink: strokes() }),
      probabilities,
    });
    occluded(place, predicted);
    post({
      type: 'searching',
      revision,
      place,
      message: 'The network reads the training samples, once: 12,800 of 60,000',
      share: 0.21,
    });
    if (searching) return;
    const found = [predicted, predicted, label, predicted, predicted];
    post({
      type: 'neighbors',
      ...{ revision, place, among: 'Among 60,000 of 697,932 samples of train.' },
      neighbors: found.map((each, at) => ({
        ...{ split: 'train', index: 1234 + 99_999 * at, label: classes[each] ?? '', changed: false },
        distance: 0.01 * (at + 1),
      })),
      pixels: pictures(found),
    });
  };
  const receive = (message: GalleryToHost) => {
    switch (message.type) {
      case 'ready':
        post({
          type: 'about',
          remember: { choice: 1 },
          ...{ title: 'Misclassified', model: 'Scrawl, bundled', dataset: 'EMNIST ByClass', split: 'test' },
          ...{ kind: ink ? 'ink' : 'images', height: side, width: side, classes },
        });
        list();
        return;
      case 'sort':
        ({ sort } = message);
        list();
        return;
      case 'refresh':
        list();
        return;
      case 'page':
        if (message.revision === revision) sendPage(message.page);
        return;
      case 'look':
        if (message.revision === revision) look(message.place);
        return;
      case 'occlude':
        occluded(message.place, message.answer);
        return;
      case 'exclude':
        for (const [first, last] of message.places) {
          for (let place = first; place <= last; place++) {
            if (message.excluded) excluded.add(place);
            else excluded.delete(place);
          }
        }
        undos.push('Excluded 1 sample');
        list();
        return;
      case 'undo':
        excluded.clear();
        undos.pop();
        list();
    }
  };
  Object.assign(window, { answer: receive });
}
