import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { chance, grouped, percent, points } from '../../src/base/words';
import type { LineFilter, ShownLineEvaluation } from '../../src/protocol/pages/lineEvaluation';
import { Part } from '../base/part';
import { figuresTable } from './scores';

type Comparison = NonNullable<ShownLineEvaluation['comparison']>;
type Difference = Comparison['results']['ignored']['cer'];

/**
 * How two readings of the same lines differ: the first less the second, with the intervals of the lines' own differences.
 *
 * @fires show with the LineFilter of the lines that one of them reads better
 * @fires close when the comparison is not wanted any more
 */
@customElement('scrawl-line-comparison')
export class LineComparisonSection extends Part {
  @property({ attribute: false }) shown!: ShownLineEvaluation;
  @property({ attribute: false }) comparison!: Comparison;
  /** What is listed. */
  @property({ attribute: false }) filter!: LineFilter;

  override render() {
    const { shown, comparison } = this;
    const { better, worse, test } = comparison.results.ignored;
    const same = shown.model === comparison.model;
    const name = (each: { model: string; decoding: string }) =>
      same ? `${each.model}, ${each.decoding}` : each.model;
    const caption = `${name(shown)} less ${name(comparison)}, in points with 95% intervals`;
    return html`${figuresTable(caption, (blanks, { score, lessIsBetter }) =>
        cell(comparison.results[blanks][score], lessIsBetter),
      )}
      <p class="verdict" title="McNemar's test of the lines read without an error, ${test.method}">
        ${verdict(comparison.results.ignored.cer)} (without an error alone: ${grouped(test.onlyFirst)} and
        ${grouped(test.onlySecond)}, ${chance(test.p)})
      </p>
      <div class="bar">
        ${this.lines('better', better, `${grouped(better)} read better`)}
        ${this.lines('worse', worse, `${grouped(worse)} read worse`)}
        <button class="link" @click=${() => this.fire('close')}>End the comparison</button>
      </div>`;
  }

  private lines(kind: 'better' | 'worse', count: number, words: string) {
    const isChosen = this.filter.kind === kind;
    return html`<button
      class="control"
      ?disabled=${count === 0 && !isChosen}
      aria-pressed=${isChosen}
      title="Show these lines"
      @click=${() => this.fire('show', { kind: isChosen ? 'wrong' : kind })}
    >
      ${words}
    </button>`;
  }
}

function cell({ value, interval, first, second }: Difference, lessIsBetter: boolean) {
  const isChance = interval.low <= 0 && interval.high >= 0;
  const words = isChance ? 'perhaps chance' : value < 0 === lessIsBetter ? 'better' : 'worse';
  return html`<td>
    <span class="value">${points(value)}</span> <span class="detail">${words}</span>
    <span class="detail">${points(interval.low)} to ${points(interval.high)}</span>
    <span class="detail">${percent(first, 1)} and ${percent(second, 1)}</span>
  </td>`;
}

/** Whether the error rates differ by more than chance. */
function verdict({ value, interval }: Difference): string {
  if (interval.low <= 0 && interval.high >= 0) return 'The difference may be chance';
  return `The ${value < 0 ? 'first' : 'second'} is better by more than chance`;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-line-comparison': LineComparisonSection;
  }
}
