import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { spoken } from '../../src/base/words';
import type { PracticeTask } from '../../src/protocol/pages/pad';
import { Part } from '../base/part';

/**
 * Asks for a character, a word or a line to be written, and lets the user keep it, skip it, go back or end.
 *
 * @fires practice with what to do
 */
@customElement('scrawl-practice')
export class Practice extends Part {
  @property({ attribute: false }) task: PracticeTask | undefined;
  @property({ attribute: false }) canKeep = false;

  override render() {
    if (this.task?.label === undefined) return nothing;
    const { label, place, of } = this.task;
    const what = [...label].length === 1 ? 'Draw' : 'Write';
    return html`<div class="practice" role="group" aria-label="Practice">
      <span role="status" aria-label=${`${what} ${spoken(label)}, ${place} of ${of}`}>
        ${what}: <strong>${label}</strong> <span class="caption">${place} of ${of}</span>
      </span>
      <span>
        <button
          class="link"
          ?disabled=${!this.canKeep}
          title="Keep (Enter)"
          @click=${() => this.fire('practice', 'keep')}
        >
          Keep
        </button>
        <button class="link" @click=${() => this.fire('practice', 'skip')}>Skip</button>
        <button class="link" ?disabled=${place === 1} @click=${() => this.fire('practice', 'back')}>
          Back
        </button>
        <button class="link" @click=${() => this.fire('practice', 'end')}>End</button>
      </span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-practice': Practice;
  }
}
