import type { FrameLocator, Locator, Page } from 'playwright-core';

type Point = readonly [x: number, y: number];

/** The pad's webview inside the workbench. */
export class Pad {
  private readonly frame: FrameLocator;
  private readonly canvas: Locator;

  constructor(private readonly page: Page) {
    this.frame = page
      .frameLocator('iframe.webview.ready[src*="extensionId=scrawl.scrawl"]')
      .frameLocator('iframe#active-frame');
    this.canvas = this.frame.locator('canvas').first();
  }

  async untilReady(): Promise<void> {
    await this.canvas.waitFor({ timeout: 60_000 });
  }

  /** Draws strokes with the mouse, as large as they fit. */
  async draw(ink: readonly (readonly Point[])[]): Promise<void> {
    const place = placement(ink, await this.box());
    for (const stroke of ink) {
      const [first, ...rest] = stroke.map(place);
      if (!first) continue;
      await this.page.mouse.move(...first);
      await this.page.mouse.down();
      for (const point of rest) await this.page.mouse.move(...point);
      await this.page.mouse.up();
    }
  }

  private async box(): Promise<Box> {
    const box = await this.canvas.boundingBox();
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
