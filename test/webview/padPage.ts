import type { Browser, CDPSession } from 'playwright-core';
import type { Ink, Reading } from '../../src/protocol/ink';
import type { HostToPad, PadSettings, PadToHost, ShownReading } from '../../src/protocol/pages/pad';
import type { Theme } from './themes';
import { StubbedPage } from './stubbedPage';
import { type OpenedWebview, openWebview } from './webviewPage';

export const PICTURE = { width: 28, height: 28, pixels: Array.from({ length: 784 }, (_, at) => at % 256) };

/** What the host says before anything else. */
export const SETTINGS: PadSettings = {
  type: 'settings',
  alphabet: 'all',
  customAlphabet: '',
  insertAfter: 0,
  notSureBelow: 0.4,
  guideLines: true,
  penOnly: false,
  leftHanded: false,
};

/** A reading, not aligned with any ink unless by what is given. */
export function reading(text: string, probability: number, given: Partial<Reading> = {}): Reading {
  return { text, probability, isPlain: false, alignment: [...text].map(() => []), ...given };
}

export const READINGS = [
  reading('A', 0.93, { isPlain: true }),
  reading('4', 0.04),
  reading('R', 0.02),
  reading('H', 0.008),
  reading('a', 0.002),
];

/** An 'A' in three strokes, in shares of the pad. */
export const LETTER_A: [number, number][][] = [
  [
    [0.5, 0.2],
    [0.4, 0.5],
    [0.3, 0.8],
  ],
  [
    [0.5, 0.2],
    [0.6, 0.5],
    [0.7, 0.8],
  ],
  [
    [0.37, 0.6],
    [0.5, 0.59],
    [0.63, 0.6],
  ],
];

export interface PadPageOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  density?: number;
  settings?: Partial<PadSettings>;
}

/** The built pad in a real browser, with a stub for the host. */
export class PadPage extends StubbedPage<PadToHost, HostToPad> {
  private constructor(
    webview: OpenedWebview,
    private readonly devtools: CDPSession,
  ) {
    super(webview);
  }

  static async open(browser: Browser, options: PadPageOptions = {}): Promise<PadPage> {
    const { width = 300, height = 640, theme = 'dark', density = 1, settings } = options;
    const view = { name: 'pad', width, height, density };
    const webview = await openWebview(browser, view);
    const pad = new PadPage(webview, await webview.context.newCDPSession(webview.page));
    await pad.sentOf('ready');
    await pad.setTheme(theme);
    await pad.tell({ ...SETTINGS, ...settings });
    return pad;
  }

  async forgetSent(): Promise<void> {
    await this.page.evaluate(() => {
      (window as unknown as { sent: PadToHost[] }).sent = [];
    });
  }

  /** The newest ink that the pad asked about. */
  async asked(): Promise<Extract<PadToHost, { type: 'recognize' }>> {
    const requests = await this.sentOf('recognize');
    return requests.at(-1) as Extract<PadToHost, { type: 'recognize' }>;
  }

  async answer(readings: ShownReading[] = READINGS): Promise<void> {
    const { id } = await this.asked();
    await this.tell({ type: 'candidates', id, readings, picture: PICTURE });
  }

  /** Draws strokes given in shares of the pad with the mouse. */
  async draw(strokes: readonly (readonly (readonly [number, number])[])[]): Promise<void> {
    const { mouse } = this.page;
    for (const stroke of strokes) {
      for (const [index, [x, y]] of (await this.places(stroke)).entries()) {
        await mouse.move(x, y, { steps: index === 0 ? 1 : 4 });
        if (index === 0) await mouse.down();
      }
      await mouse.up();
    }
    await this.settled();
  }

  /** Where shares of the pad lie on the page. */
  async places(stroke: readonly (readonly [number, number])[]): Promise<[number, number][]> {
    const { x, y, width, height } = await this.box('scrawl-surface');
    return stroke.map(([across, down]) => [x + across * width, y + down * height]);
  }

  async box(selector: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.page.locator(selector).first().boundingBox();
    if (!box) throw new Error(`${selector} is not on the page.`);
    return box;
  }

  /** @param at seconds since the epoch at which it happens */
  async touch(
    type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
    at: number,
    place?: [number, number],
  ) {
    const touchPoints = place && {
      x: (await this.places([place]))[0]?.[0],
      y: (await this.places([place]))[0]?.[1],
    };
    await this.devtools.send('Input.dispatchTouchEvent', {
      type,
      timestamp: at,
      touchPoints: touchPoints ? [touchPoints as { x: number; y: number }] : [],
    });
  }

  /** @param at seconds since the epoch at which it happens */
  async pen(
    type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
    at: number,
    place: [number, number],
    force = 0.5,
  ) {
    const [onPage = [0, 0]] = await this.places([place]);
    await this.penAt(type, at, onPage, force);
  }

  private async penAt(
    type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
    at: number,
    [x, y]: [number, number],
    force = 0.5,
  ) {
    await this.devtools.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      timestamp: at,
      force,
      pointerType: 'pen',
      button: type === 'mouseMoved' ? 'none' : 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
    });
  }

  /**
   * Writes strokes with a pen, given in pixels from the paper's corner, each a tenth of a second after the other.
   *
   * @param at seconds since the epoch at which it begins
   */
  async write(ink: Ink, at: number): Promise<void> {
    const corner = await this.box('scrawl-surface canvas');
    const sent = ink.flatMap((stroke, order) => {
      const time = (point: number) => at + order / 10 + (0.08 * point) / stroke.length;
      const drawn = stroke.map(([x, y], point) =>
        this.penAt(point === 0 ? 'mousePressed' : 'mouseMoved', time(point), [corner.x + x, corner.y + y]),
      );
      const [x, y] = stroke.at(-1) ?? [0, 0];
      return [...drawn, this.penAt('mouseReleased', time(stroke.length), [corner.x + x, corner.y + y])];
    });
    await Promise.all(sent);
    await this.settled();
  }

  /** Answers for the newest ink by readings that are aligned with as many of its strokes as it has. */
  async read(readings: ShownReading[]): Promise<void> {
    const { id, ink } = await this.asked();
    const within = readings.map((each) => ({
      ...each,
      alignment: each.alignment.map((spans) =>
        spans.flatMap(({ stroke, from }) => {
          const to = (ink[stroke]?.length ?? 0) - 1;
          return to < from ? [] : [{ stroke, from, to }];
        }),
      ),
    }));
    await this.tell({ type: 'candidates', id, readings: within });
  }

  /** What the pad keeps for the time after a reload. */
  state(): Promise<unknown> {
    return this.page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown);
  }

  /** How much of a canvas is inked, and the box of that ink in shares of the canvas. */
  inked(
    selector: string,
  ): Promise<{ pixels: number; left: number; right: number; top: number; bottom: number }> {
    return this.page.locator(`${selector} canvas`).evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      const box = { pixels: 0, left: 1, right: 0, top: 1, bottom: 0 };
      for (let at = 0; at < width * height; at++) {
        if ((data[4 * at + 3] ?? 0) < 128) continue;
        const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
        box.pixels += 1;
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
      }
      return box;
    });
  }
}
