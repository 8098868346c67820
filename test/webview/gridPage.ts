import type { Grid } from '../../webview/samples/grid';
import { until } from '../harness/until';
import { StubbedPage } from './stubbedPage';

/** A page that shows samples in a grid. */
export class GridPage<ToHost extends { type: string }, FromHost> extends StubbedPage<ToHost, FromHost> {
  /** Waits until the pictures that show are drawn. */
  async untilPainted(): Promise<void> {
    await until('pictures', async () => (await this.inkedCells()) > 0);
    await this.settled();
  }

  /** How many device pixels of the canvas are drawn in full ink. */
  inkedCells(): Promise<number> {
    return this.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('scrawl-grid canvas');
      const grid = document.querySelector('scrawl-grid');
      if (!canvas || !grid || canvas.height === 0) return 0;
      const [red = 0, green = 0, blue = 0] = getComputedStyle(grid).color.match(/\d+/g)?.map(Number) ?? [];
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      let inked = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255)
          inked++;
      }
      return inked;
    });
  }

  /** The cell that a screen reader is at, in words. */
  async current(): Promise<string> {
    await this.settled();
    return (await this.page.locator('#current-sample').getAttribute('aria-label')) ?? '';
  }

  /** Clicks a cell of the window, counted from its top left one. */
  async clickCell(column: number, row: number, modifiers: ('Shift' | 'Control')[] = []): Promise<void> {
    const { x, y } = await this.cell(column, row);
    await this.page.locator('scrawl-grid .window').click({ position: { x, y }, modifiers });
    await this.settled();
  }

  /** The middle of a cell, from the top left of the grid. */
  private cell(column: number, row: number): Promise<{ x: number; y: number }> {
    return this.page.evaluate(
      ([column, row]) => {
        const grid = document.querySelector('scrawl-grid') as unknown as {
          layout: { left: number; cellWidth: number; cellHeight: number };
        };
        const { left, cellWidth, cellHeight } = grid.layout;
        return { x: left + (column + 0.5) * cellWidth, y: 8 + (row + 0.4) * cellHeight };
      },
      [column, row] as const,
    );
  }

  /** Bytes of pictures that the page keeps. */
  keptBytes(): Promise<number> {
    return this.page.locator('scrawl-grid').evaluate((grid) => (grid as Grid).list.pages.bytes);
  }

  focusGrid(): Promise<void> {
    return this.page.locator('scrawl-grid .window').focus();
  }

  /** Scrolls from the first sample to the last in so many steps, and draws in each. */
  async scrollThrough(steps: number): Promise<void> {
    await this.page.locator('scrawl-grid .window').evaluate(async (window, steps) => {
      for (let step = 1; step <= steps; step++) {
        window.scrollTop = (window.scrollHeight * step) / steps;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    }, steps);
    await this.untilPainted();
  }
}
