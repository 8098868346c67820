import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Candidate } from '../../src/protocol/ink';

const PLACES = 5;
const INDEXES = Array.from({ length: PLACES }, (_, index) => index);

/**
 * The candidates as buttons, each with its probability and its key.
 *
 * @fires choose with the index of a candidate
 */
@customElement('scrawl-candidates')
export class Candidates extends LitElement {
  @property({ attribute: false }) candidates: readonly Candidate[] = [];
  /** Whether the first one is likely enough to stand out. */
  @property({ type: Boolean }) sure = false;
  /** Milliseconds until the first one is inserted by itself; 0 when it is not going to be. */
  @property({ type: Number }) resting = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Candidates');
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return INDEXES.map((index) => this.place(index, this.candidates[index]));
  }

  override updated(): void {
    this.showRest();
  }

  private place(index: number, candidate: Candidate | undefined) {
    if (!candidate) return html`<button class="candidate" disabled aria-hidden="true"></button>`;
    const { text, probability } = candidate;
    const key = index + 1;
    return html`<button
      class="candidate ${index === 0 && this.sure ? 'first' : ''}"
      aria-label="Insert ${spoken(text)}, ${percent(probability)}"
      aria-keyshortcuts=${index === 0 ? 'Enter 1' : key}
      title="Insert ${text} (${index === 0 ? 'Enter or 1' : key})"
      @click=${() => this.choose(index)}
    >
      <span class="key">${key}</span>
      <span class="text">${text}</span>
      <span class="probability">${percent(probability)}</span>
      <span class="rest"></span>
    </button>`;
  }

  private choose(index: number): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: index }));
  }

  /** Fills the first candidate's underline for as long as the pen must rest. */
  private showRest(): void {
    const rest = this.querySelector('.rest');
    if (!rest) return;
    for (const running of rest.getAnimations()) running.cancel();
    if (this.resting > 0) {
      rest.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], { duration: this.resting });
    }
  }
}

/** A probability as the person reads it. */
export function percent(probability: number): string {
  if (probability > 0 && probability < 0.005) return '<1%';
  return `${Math.round(probability * 100)}%`;
}

/** Screen readers say nothing at 'A' but 'a'; capitals need a word. */
export function spoken(text: string): string {
  return /^\p{Lu}$/u.test(text) ? `capital ${text}` : text;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-candidates': Candidates;
  }
}
