import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PadTarget } from '../../src/protocol/pages/pad';
import { Part } from '../base/part';

/**
 * Says where the text goes, or why it can go nowhere.
 *
 * @fires choose-target when it shall go elsewhere
 */
@customElement('scrawl-target')
export class Target extends Part {
  @property({ attribute: false }) target: PadTarget | undefined;

  override render() {
    if (!this.target) return nothing;
    const { name, problem } = this.target;
    return html`<button
      class="target ${problem === undefined ? '' : 'problem'}"
      title="${problem ?? `What you write goes to ${name}`}. Choose where it goes"
      @click=${() => this.fire('choose-target')}
    >
      ${
        problem === undefined
          ? html`<span aria-hidden="true">→ </span><span class="hidden">Writes to </span>${name}`
          : html`<span class="codicon codicon-warning" aria-hidden="true"></span> ${problem}`
      }
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-target': Target;
  }
}
