import type { CDPSession, Frame, Locator, Page } from 'playwright-core';
import type { Ink, Point as InkPoint, Stroke } from '../../src/protocol/ink';
import { rule } from '../../webview/pad/ruling';
import { BASELINE, X_HEIGHT } from './composed';
import { frameWith } from './frameWith';
import { until } from './until';

type Point = readonly [x: number, y: number];
interface PenEvent {
  type: 'mousePressed' | 'mouseMoved' | 'mouseReleased';
  /** Seconds since the epoch. */
  timestamp: number;
  x: number;
  y: number;
  button: 'none' | 'left';
  buttons: 0 | 1;
}

/** Milliseconds: the engine starts with the pad, which takes its time on a machine that has much else to do. */
const PATIENCE = 90_000;
/** Seconds for which the pen rests before it comes back: then it may repair what is there. */
const REST = 5;
/** Seconds from one stroke's beginning to the next one's. */
const STROKE = 0.1;

/** The pad's webview inside the workbench. */
export class Pad {
  private devtools: Promise<CDPSession> | undefined;
  /** When the pen was lifted last, in seconds since the epoch. */
  private penUp = -Infinity;

  constructor(private readonly page: Page) {}

  /** Waits until the pad has heard from its host where the text goes. */
  async untilReady(): Promise<void> {
    await (await this.frame()).locator('scrawl-target .target').waitFor({ timeout: 60_000 });
  }

  /** Draws strokes with the mouse, as large as they fit. */
  async draw(ink: readonly (readonly Point[])[]): Promise<void> {
    await this.drawAt(ink, placement(ink, await this.box()));
  }

  /**
   * Writes what was composed on the first of the paper's lines, from its left edge on: with a pen, after a rest, and in its
   * own time, however slow this machine is.
   *
   * @param live whether the page has each point before the next one is made, as where a person writes
   */
  async write(ink: Ink, live = false): Promise<void> {
    const events = this.penEvents(ink, await this.box());
    this.devtools ??= this.page.context().newCDPSession(this.page);
    const devtools = await this.devtools;
    const sent: Promise<unknown>[] = [];
    for (const event of events) {
      const pen = { force: 0.5, pointerType: 'pen', clickCount: 1 } as const;
      sent.push(devtools.send('Input.dispatchMouseEvent', { ...event, ...pen }));
      if (live) await sent.at(-1);
    }
    await Promise.all(sent);
  }

  /** Goes over what was composed with the pen's other end. */
  async erase(stroke: Stroke): Promise<void> {
    const place = onFirstLine(await this.box());
    // what drives the browser knows no such end
    await (
      await this.surface()
    ).evaluate((surface, points) => {
      const { left, top } = surface.getBoundingClientRect();
      surface.setPointerCapture = () => undefined;
      const send = (type: string, [x, y]: [number, number], buttons: number) =>
        surface.dispatchEvent(
          new PointerEvent(type, {
            ...{ pointerId: 7, pointerType: 'pen', button: 5, buttons, bubbles: true },
            ...{ clientX: left + x, clientY: top + y },
          }),
        );
      points.forEach((point, count) => send(count === 0 ? 'pointerdown' : 'pointermove', point, 32));
      send('pointerup', points.at(-1) ?? [0, 0], 0);
    }, stroke.map(place));
  }

  /** What a pen does that writes, in the time of the pen. */
  private penEvents(ink: Ink, box: Box): PenEvent[] {
    const place = onFirstLine(box);
    const began = Math.max(Date.now() / 1000, this.penUp + REST);
    this.penUp = began + ink.length * STROKE;
    const event = (type: PenEvent['type'], timestamp: number, point: InkPoint): PenEvent => {
      const [x, y] = place(point);
      const button = type === 'mouseMoved' ? 'none' : 'left';
      const buttons = type === 'mouseReleased' ? 0 : 1;
      return { type, timestamp, x: box.x + x, y: box.y + y, button, buttons };
    };
    return ink.flatMap((stroke, order) => {
      const at = began + order * STROKE;
      const moves = stroke.map((point, count) =>
        event(
          count === 0 ? 'mousePressed' : 'mouseMoved',
          at + (0.8 * STROKE * count) / stroke.length,
          point,
        ),
      );
      return [...moves, event('mouseReleased', at + 0.9 * STROKE, stroke.at(-1) ?? [0, 0])];
    });
  }

  private async drawAt(
    ink: readonly (readonly Point[])[],
    place: (point: Point) => [number, number],
  ): Promise<void> {
    for (const stroke of ink) {
      const [first, ...rest] = stroke.map(place);
      if (!first) continue;
      await this.page.mouse.move(...first);
      await this.page.mouse.down();
      for (const point of rest) await this.page.mouse.move(...point);
      await this.page.mouse.up();
    }
  }

  /** The texts that the pad offers, most likely first. */
  async candidates(): Promise<string[]> {
    const frame = await this.frame();
    const buttons = frame
      .getByRole('group', { name: 'Candidates' })
      .getByRole('button', { name: /^Insert / });
    return await buttons.locator('.text').allTextContents();
  }

  /** Waits until what was drawn is read as something; gives the likeliest text. */
  untilReadAsSomething(): Promise<string> {
    return until('the pad to read', async () => (await this.candidates())[0], PATIENCE);
  }

  /** Waits until the pad says this. */
  async untilSaid(text: string): Promise<void> {
    await (await this.frame()).getByText(text).first().waitFor();
  }

  /** Waits until what was drawn is read as this text before anything else. */
  async untilRead(text: string): Promise<void> {
    let seen: string[] = [];
    const read = async () => (seen = await this.candidates())[0] === text;
    await until(`the pad to read ${text}`, read, PATIENCE).catch((error: unknown) => {
      throw new Error(`The pad reads ${JSON.stringify(seen)}, not ${text}`, { cause: error });
    });
  }

  /** Taps on a character of the reading, and takes the likeliest of the others; gives the text that this makes. */
  async takeAlternative(at: number): Promise<string> {
    const frame = await this.frame();
    const [text] = await this.candidates();
    await frame.locator('.letter').nth(at).click();
    const others = frame.locator(`.alternative:not([title^="${text} ("])`);
    const other = others.first();
    const title = await other.getAttribute('title');
    await other.click();
    return textIn(title);
  }

  /** Has the likeliest of the other candidates in place of what was inserted just now; gives its text. */
  async insertInstead(): Promise<string> {
    const other = (await this.frame()).getByRole('button', { name: /^Instead insert / }).first();
    const title = await other.getAttribute('title');
    await other.click();
    return textIn(title);
  }

  /** Waits until there is nothing on the pad to read. */
  async untilEmpty(): Promise<void> {
    await until('the pad to be empty', async () => (await this.candidates()).length === 0);
  }

  /** Presses a key with the focus on the drawing surface. */
  async press(key: string): Promise<void> {
    await (await this.surface()).press(key);
  }

  /** Looked for each time: a view that was hidden has a new page. */
  private frame(): Promise<Frame> {
    return frameWith(this.page, 'scrawl-pad');
  }

  /** Moves the mouse over the paper until it is noticed: the browser may give a page that has just come up no input yet. */
  private async untilPointedAt(surface: Locator): Promise<void> {
    await surface.evaluate((paper) => {
      paper.addEventListener('pointermove', () => paper.setAttribute('data-pointed', ''), { once: true });
    });
    await until('the paper to notice the mouse', async () => {
      for (const x of [4, 6]) await surface.hover({ position: { x, y: 4 } });
      return await surface.evaluate((paper) => paper.hasAttribute('data-pointed'));
    });
  }

  private async surface(): Promise<Locator> {
    return (await this.frame()).getByRole('application', { name: 'Drawing pad' });
  }

  /** Where the paper lies, once nothing moves it and it gets what the mouse does. */
  private async box(): Promise<Box> {
    const surface = await this.surface();
    // not by a click on trial: where the machine is slow, the page gets that click
    await surface.hover({ trial: true });
    await this.untilPointedAt(surface);
    const box = await surface.boundingBox();
    if (!box) throw new Error('The pad is not on the screen.');
    return box;
  }
}

/** The text that a candidate's description begins with. */
function textIn(title: string | null): string {
  return (title ?? '').replace(/^Instead insert /, '').replace(/ \(.*$/s, '');
}

/** Where what was composed lies on a paper, in pixels from its corner. */
function onFirstLine({ width, height }: Box): (point: InkPoint) => [number, number] {
  const { baseline, xHeight } = rule({ width, height });
  const scale = xHeight / X_HEIGHT;
  return ([x, y]) => [x * scale, baseline + (y - BASELINE) * scale];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Maps the ink's points to the middle of a box, aspect kept, with a margin around them. */
function placement(ink: readonly (readonly Point[])[], box: Box): (point: Point) => [number, number] {
  const xs = ink.flat().map(([x]) => x);
  const ys = ink.flat().map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const scale = 0.7 * Math.min(box.width / Math.max(width, 1), box.height / Math.max(height, 1));
  const originX = box.x + (box.width - width * scale) / 2;
  const originY = box.y + (box.height - height * scale) / 2;
  return ([x, y]) => [originX + (x - left) * scale, originY + (y - top) * scale];
}
