import type { Frame, Locator, Page } from 'playwright-core';
import type { Ink } from '../../src/protocol/ink';
import { rule } from '../../webview/pad/ruling';
import { BASELINE, X_HEIGHT } from './composed';
import { frameWith } from './frameWith';
import { until } from './until';

type Point = readonly [x: number, y: number];

/** The pad's webview inside the workbench. */
export class Pad {
  constructor(private readonly page: Page) {}

  /** Waits until the pad has heard from its host where the text goes. */
  async untilReady(): Promise<void> {
    await (await this.frame()).locator('scrawl-target .target').waitFor({ timeout: 60_000 });
  }

  /** Draws strokes with the mouse, as large as they fit. */
  async draw(ink: readonly (readonly Point[])[]): Promise<void> {
    await this.drawAt(ink, placement(ink, await this.box()));
  }

  /** Writes what was composed on the first of the paper's lines, from its left edge on. */
  async write(ink: Ink): Promise<void> {
    const { x: left, y: top, width, height } = await this.box();
    const { baseline, xHeight } = rule({ width, height });
    const scale = xHeight / X_HEIGHT;
    await this.drawAt(
      ink.map((stroke) => stroke.map(([x, y]) => [x, y] as const)),
      ([x, y]) => [left + x * scale, top + baseline + (y - BASELINE) * scale],
    );
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
    return until('the pad to read', async () => (await this.candidates())[0]);
  }

  /** Waits until the pad says this. */
  async untilSaid(text: string): Promise<void> {
    await (await this.frame()).getByText(text).first().waitFor();
  }

  /** Waits until what was drawn is read as this text before anything else. */
  async untilRead(text: string): Promise<void> {
    let seen: string[] = [];
    const read = async () => (seen = await this.candidates())[0] === text;
    await until(`the pad to read ${text}`, read).catch((error: unknown) => {
      throw new Error(`The pad reads ${JSON.stringify(seen)}, not ${text}`, { cause: error });
    });
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
    await surface.click({ trial: true });
    await this.untilPointedAt(surface);
    const box = await surface.boundingBox();
    if (!box) throw new Error('The pad is not on the screen.');
    return box;
  }
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
