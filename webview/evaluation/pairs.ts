import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { counted, grouped, percent, spoken } from '../../src/base/words';
import type { ShownEvaluation } from '../../src/protocol/pages/evaluation';
import { heard } from '../base/heard';
import { Part } from '../base/part';

/** Pairs that show before more are asked for. */
const FIRST = 10;

/**
 * What is taken for what, the most frequent first.
 *
 * @fires open with the ChosenSamples of a pair
 */
@customElement('scrawl-pairs')
export class Pairs extends Part {
  @property({ attribute: false }) shown!: ShownEvaluation;
  @state() private all = false;

  override render() {
    const { pairs } = this.shown;
    if (pairs.length === 0) return html`<p class="nothing">Nothing was taken for anything else.</p>`;
    const list = this.all ? pairs : pairs.slice(0, FIRST);
    return html`<ul class="pairs">
        ${list.map((pair) => this.pair(pair))}
      </ul>
      ${
        pairs.length > FIRST && !this.all
          ? html`<button class="link" @click=${() => (this.all = true)}>
              Show ${pairs.length - FIRST} more
            </button>`
          : nothing
      }`;
  }

  private pair({ truth, predicted, count, share }: ShownEvaluation['pairs'][number]) {
    const { classes, pairs } = this.shown;
    const [from = '', to = ''] = [classes[truth], classes[predicted]];
    const width = (100 * count) / (pairs[0]?.count ?? 1);
    const detail = { kind: 'cell', truth: from, predicted: to };
    return html`<li>
      <button
        class="pair"
        title="${percent(share)} of ${from} taken for ${to}: show the samples"
        @click=${() => this.fire('open', detail)}
      >
        ${heard(`${spoken(from)} taken for ${spoken(to)}: ${counted(count, 'sample')}, ${percent(share)} of ${spoken(from)}`)}
        <span class="class" aria-hidden="true">${from}</span>
        <span class="codicon codicon-arrow-right" aria-hidden="true"></span>
        <span class="class" aria-hidden="true">${to}</span>
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect width=${width} height="8" />
        </svg>
        <span class="count" aria-hidden="true">${grouped(count)}</span>
        <span class="share" aria-hidden="true">${percent(share)}</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-pairs': Pairs;
  }
}
