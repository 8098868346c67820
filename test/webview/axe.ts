import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  // style sheets would be fetched anew, which the pages' policy forbids
  preload: false,
};

/** What axe-core finds on a page that is serious or critical: the rule, the element, and why. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: typeof axe }).axe.run(options),
    OPTIONS,
  );
  return violations
    .flatMap(({ id, nodes }) => nodes.map((node) => ({ id, ...node })))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`);
}
