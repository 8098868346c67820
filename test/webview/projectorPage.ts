import type { Browser, Locator } from 'playwright-core';
import type { HostToProjector, ProjectorToHost } from '../../src/protocol/pages/projector';
import type { Drawn } from '../../webview/projector/painter';
import type { Scatter } from '../../webview/projector/scatter';
import { until } from '../harness/until';
import { StubbedPage } from './stubbedPage';
import type { Theme } from './themes';
import { openWebview } from './webviewPage';

export interface ProjectorPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  classes?: number;
  /** Samples that are laid out. */
  samples?: number;
  /** Of the split. */
  total?: number;
  /** Work is told of and does not end. */
  working?: boolean;
}

/** The built projector in a real browser, before a stub of the host. */
export class ProjectorPage extends StubbedPage<ProjectorToHost, HostToProjector> {
  static async open(browser: Browser, options: ProjectorPageOptions = {}): Promise<ProjectorPage> {
    const { width = 1000, height = 760, theme = 'dark', working = false } = options;
    const { classes = 94, samples = 100_000, total = 116_323 } = options;
    const view = { name: 'projector', width, height, ground: 'editor' } as const;
    const stub = { classes, samples, total, working };
    const opened = new ProjectorPage(await openWebview(browser, view, stubHost, stub));
    await opened.sentOf('ready');
    await opened.setTheme(theme);
    if (!working) await opened.untilDrawn();
    return opened;
  }

  get sheet(): Locator {
    return this.page.locator('.sheet');
  }

  drawn(): Promise<Drawn> {
    return this.page.locator('scrawl-scatter').evaluate((scatter) => (scatter as Scatter).drawn);
  }

  async untilDrawn(): Promise<void> {
    await this.sheet.waitFor();
    await until('the samples', async () => (await this.drawn()).markers > 0);
  }

  /** Bytes of pictures that the page keeps. */
  pictureBytes(): Promise<number> {
    return this.page
      .locator('scrawl-scatter')
      .evaluate((scatter) => (scatter as Scatter).thumbnails.pages.bytes);
  }

  /** Where samples are on the sheet, CSS pixels. */
  screenSpots(samples: readonly number[]): Promise<{ x: number; y: number }[]> {
    return this.page
      .locator('scrawl-scatter')
      .evaluate((scatter, chosen) => chosen.map((at) => (scatter as Scatter).onScreen(at)), samples);
  }

  readout(): Promise<string> {
    return this.page.locator('.readout').innerText();
  }
}

/** Runs in the page: what VS Code gives a webview, with a host that scatters samples about the middle of their class. */
function stubHost({
  classes: count,
  samples,
  total,
  working,
}: Required<Pick<ProjectorPageOptions, 'classes' | 'samples' | 'total' | 'working'>>): void {
  const ordered =
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
  const classes = [...ordered].slice(0, count);
  const post = (message: unknown) => setTimeout(() => window.postMessage(message, '*'), 2);
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const about = (spread: number) => spread * (random() + random() + random() - 1.5);
  const middles = classes.map((_, at) => {
    const [angle, far] = [at * 2.399963, 0.9 * Math.sqrt((at + 0.5) / count)];
    return [far * Math.cos(angle), far * Math.sin(angle)] as const;
  });
  const coordinates = new Float32Array(2 * samples);
  const truth = new Uint16Array(samples);
  const predicted = new Uint16Array(samples);
  for (let at = 0; at < samples; at++) {
    const own = Math.floor((at * count) / samples);
    const wrong = at % 12 === 5;
    // what is taken for another class lies between both
    const other = wrong ? (own + 1 + (at % 3)) % count : own;
    truth[at] = own;
    predicted[at] = other;
    const [a, b] = [middles[own] ?? [0, 0], middles[other] ?? [0, 0]];
    const between = wrong ? 0.35 : 0;
    for (const axis of [0, 1] as const) {
      const value = (1 - between) * a[axis] + between * b[axis] + about(0.09);
      coordinates[2 * at + axis] = Math.max(-1, Math.min(1, value));
    }
  }
  let revision = 0;
  const projected = (layout: unknown) => ({
    type: 'projected',
    layout,
    revision: ++revision,
    coordinates,
    places: Uint32Array.from(truth, (_, at) => at),
    truth,
    predicted,
    probability: Float32Array.from(truth, (_, at) => 0.5 + (at % 50) / 100),
    classes,
    leftOut: 0,
  });
  /** A slanted stroke, by the sample's number. */
  const picture = (at: number) =>
    Uint8Array.from({ length: 784 }, (_, pixel) => {
      const [x, y] = [pixel % 28, Math.floor(pixel / 28)];
      const slant = 14 + ((x - 14) * ((at % 7) - 3)) / 3;
      return y > 3 && y < 24 && Math.abs(y - slant) < 3
        ? 255
        : Math.abs(x - 14) < 2 && y > 4 && y < 23
          ? 220
          : 0;
    });
  let layout: unknown = { method: 'umap', most: 2000 };
  const receive = (message: ProjectorToHost) => {
    switch (message.type) {
      case 'ready':
        if (message.layout) layout = message.layout;
        post({
          type: 'about',
          spec: { file: 'evaluation' },
          model: 'Scrawl, bundled',
          dataset: 'EMNIST ByClass',
          split: 'test',
          samples: total,
          layout,
        });
        if (working) post({ type: 'working', phase: 'layout', done: 120, total: 500, secondsLeft: 7 });
        else post(projected(layout));
        return;
      case 'layOut':
        post(projected((layout = message.layout)));
        return;
      case 'stop':
        post({ type: 'stopped' });
        return;
      case 'page': {
        const first = 256 * message.page;
        const pixels = new Uint8Array(784 * Math.min(256, samples - first));
        for (let at = 0; at < pixels.length / 784; at++) pixels.set(picture(first + at), at * 784);
        post({ type: 'page', revision: message.revision, page: message.page, width: 28, height: 28, pixels });
      }
    }
  };
  Object.assign(window, { answer: receive });
}
