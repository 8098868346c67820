import type { Frame, Page } from 'playwright-core';
import { until } from './until';

/** The page inside the workbench that has an element: each view and tab of ours is a page of its own. */
export function frameWith(page: Page, selector: string): Promise<Frame> {
  return until(
    `a page with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        // a frame may be gone before it is looked at
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return undefined;
    },
    60_000,
  );
}
