import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chance, counted, grouped, percent, points, spoken } from '../../src/base/words';
import type { Comparison, ShownEvaluation } from '../../src/protocol/pages/evaluation';
import { Part } from '../base/part';

/** Classes that show before more are asked for. */
const FIRST = 8;

/**
 * How two models differ on the same samples.
 *
 * @fires open with the ChosenSamples that one of them alone gets right
 * @fires close when the comparison is not wanted any more
 */
@customElement('scrawl-comparison')
export class ComparisonSection extends Part {
  @property({ attribute: false }) shown!: ShownEvaluation;
  @property({ attribute: false }) comparison!: Comparison;
  @state() private all = false;

  override render() {
    const { comparison, shown } = this;
    const { first, second, p, method, perClass } = comparison;
    const different = perClass.filter((each) => each.first !== each.second);
    const list = this.all ? different : different.slice(0, FIRST);
    return html`<div class="compared">
        ${this.model(shown.model, first, 'onlyFirst', comparison.onlyFirst)}
        ${this.model(comparison.model, second, 'onlySecond', comparison.onlySecond)}
      </div>
      <p class="verdict" title="McNemar's test, ${method}">${verdict(comparison)} (${chance(p)})</p>
      ${
        list.length > 0
          ? html`<h3>Where they differ most</h3>
              <ul class="differences" aria-label="Classes in which they differ most">
                ${list.map((each) => this.difference(each))}
              </ul>`
          : nothing
      }
      ${
        different.length > FIRST && !this.all
          ? html`<button class="link" @click=${() => (this.all = true)}>
              Show ${different.length - FIRST} more
            </button>`
          : nothing
      }
      <button class="link" @click=${() => this.fire('close')}>End the comparison</button>`;
  }

  private model(name: string, share: number, kind: 'onlyFirst' | 'onlySecond', alone: number) {
    return html`<div class="model">
      <span class="model-name" title=${name}>${name}</span>
      <span class="model-share">${percent(share)}</span>
      <button
        class="link"
        ?disabled=${alone === 0}
        title="Samples that it alone reads right"
        @click=${() => this.fire('open', { kind })}
      >
        alone right on ${grouped(alone)}
      </button>
    </div>`;
  }

  private difference({ name, support, first, second }: Comparison['perClass'][number]) {
    const better = first > second;
    const kind = better ? 'onlyFirst' : 'onlySecond';
    const shares = `${percent(first)}, ${percent(second)}, ${points(first - second)}`;
    const words = `${spoken(name)}: ${shares} of ${counted(support, 'sample')}`;
    return html`<li>
      <button
        class="difference"
        title=${words}
        aria-label=${words}
        @click=${() => this.fire('open', { kind, name })}
      >
        <span class="class">${name}</span>
        <span class="shares">${percent(first)}</span>
        <span class="shares">${percent(second)}</span>
        <span class=${better ? 'better' : 'worse'}>${points(first - second)}</span>
      </button>
    </li>`;
  }
}

/** What McNemar's test says, at the usual five in a hundred. */
function verdict({ p, first, second }: Comparison): string {
  if (p >= 0.05 || first === second) return 'The difference may be chance';
  return `The ${first > second ? 'first' : 'second'} is better by more than chance`;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-comparison': ComparisonSection;
  }
}
