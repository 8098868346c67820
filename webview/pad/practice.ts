import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PractiseAction, PractiseTask } from '../../src/protocol/pad';
import { spoken } from './candidates';

/**
 * Asks for a character to be drawn, and lets the person keep it, skip it, go back or end.
 *
 * @fires practise with what to do
 */
@customElement('scrawl-practice')
export class Practice extends LitElement {
  @property({ attribute: false }) task: PractiseTask | undefined;
  @property({ attribute: false }) canKeep = false;

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    if (this.task?.label === undefined) return nothing;
    const { label, place, of } = this.task;
    return html`<div class="practice" role="group" aria-label="Practise characters">
      <span role="status" aria-label=${`Draw ${spoken(label)}, ${place} of ${of}`}>
        Draw: <strong>${label}</strong> <span class="caption">${place} of ${of}</span>
      </span>
      <span>
        <button
          class="link"
          ?disabled=${!this.canKeep}
          title="Keep (Enter)"
          @click=${() => this.tell('keep')}
        >
          Keep
        </button>
        <button class="link" @click=${() => this.tell('skip')}>Skip</button>
        <button class="link" ?disabled=${place === 1} @click=${() => this.tell('back')}>Back</button>
        <button class="link" @click=${() => this.tell('end')}>End</button>
      </span>
    </div>`;
  }

  private tell(action: PractiseAction): void {
    this.dispatchEvent(new CustomEvent('practise', { detail: action }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-practice': Practice;
  }
}
