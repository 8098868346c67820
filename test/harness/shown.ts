import type { Frame, Locator, Page } from 'playwright-core';
import { frameWith } from './frameWith';
import { until } from './until';

/** Waits until something shows in a page of ours, which is a new one where it was hidden in between. */
export async function untilShown(
  page: Page,
  selector: string,
  what: string,
  find: (frame: Frame) => Locator,
): Promise<void> {
  await until(
    what,
    async () =>
      find(await frameWith(page, selector))
        .first()
        .isVisible(),
    60_000,
  );
}
