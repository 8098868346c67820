import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Rules whose result a theme changes. */
const OF_COLORS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe-core finds on a page that is serious or critical: the rule, the element, and why.
 *
 * @param judged everything, or what colors alone can change
 */
export async function seriousFindings(page: Page, judged: 'everything' | 'colors'): Promise<string[]> {
  const options: RunOptions = {
    resultTypes: ['violations'],
    // style sheets would be fetched anew, which the pages' policy forbids
    preload: false,
    ...(judged === 'colors' && { runOnly: OF_COLORS }),
  };
  await page.evaluate(`window.axe || (() => { ${axe.source} })()`);
  const { violations } = await page.evaluate(
    (given) => (window as unknown as { axe: typeof axe }).axe.run(given),
    options,
  );
  return violations
    .flatMap(({ id, nodes }) => nodes.map((node) => ({ id, ...node })))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`);
}
