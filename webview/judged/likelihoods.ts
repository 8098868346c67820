import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { spoken } from '../../src/base/words';
import type { LookedAt } from '../../src/protocol/pages/gallery';
import { Part } from '../base/part';
import { shortPercent } from './words';

/** Answers that show before more are asked for. */
const FIRST = 8;

/**
 * The probability of every answer, the likeliest first.
 *
 * @fires answer with the index of the one whose reasons are wanted
 */
@customElement('scrawl-likelihoods')
export class Likelihoods extends Part {
  @property({ attribute: false }) sample!: LookedAt;
  @property({ attribute: false }) answers: readonly string[] = [];
  /** The answer whose reasons show. */
  @property({ type: Number }) watched = -1;
  @state() private all = false;

  override render() {
    const { probabilities, right } = this.sample;
    const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
    const first = order.slice(0, FIRST);
    // what would be right is never out of sight
    if (right !== undefined && !first.includes(right)) first.splice(-1, 1, right);
    const list = this.all ? order : first;
    return html`<ul class="likelihoods" aria-label="Probabilities of the classes">
        ${list.map((answer) => this.answer(answer, order.indexOf(answer) + 1))}
      </ul>
      ${
        order.length > FIRST
          ? html`<button class="link" aria-expanded=${this.all} @click=${() => (this.all = !this.all)}>
              ${this.all ? 'Show the likeliest' : `Show all ${order.length}`}
            </button>`
          : nothing
      }`;
  }

  private answer(answer: number, rank: number) {
    const { probabilities, right } = this.sample;
    const name = this.answers[answer] ?? '';
    const probability = probabilities[answer] ?? 0;
    const words = `${rank}. ${spoken(name)}, ${shortPercent(probability)}${answer === right ? ', the truth' : ''}`;
    return html`<li>
      <button
        class="likelihood"
        aria-label=${words}
        aria-pressed=${answer === this.watched}
        title="${words}: show where the network looked for it"
        @click=${() => this.fire('answer', answer)}
      >
        <span class="class">${name}</span>
        <span class="truth"
          >${
            answer === right ? html`<span class="codicon codicon-check" aria-hidden="true"></span>` : nothing
          }</span
        >
        <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect width=${100 * probability} height="8" />
        </svg>
        <span class="probability">${shortPercent(probability)}</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-likelihoods': Likelihoods;
  }
}
