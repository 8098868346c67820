import { html, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Part } from '../base/part';

// codicons have none
const BACKSPACE = svg`<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
  <path d="M5.5 3.500h8a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-8L1.500 8z" stroke-linejoin="round" />
  <path d="m7.500 6 4 4m0-4-4 4" stroke-linecap="round" />
</svg>`;

/**
 * Keys for what cannot be drawn, so that a word can be written by pen alone.
 *
 * @fires edit with what to do
 */
@customElement('scrawl-writing-keys')
export class WritingKeys extends Part {
  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Writing keys');
  }

  override render() {
    return html`<button
        class="writing-key"
        title="Backspace"
        aria-label="Backspace"
        @click=${() => this.fire('edit', 'backspace')}
      >
        ${BACKSPACE}
      </button>
      <button class="writing-key wide" title="Space" @click=${() => this.fire('edit', 'space')}>Space</button>
      <button
        class="writing-key"
        title="New line (Shift+Enter)"
        aria-label="New line"
        @click=${() => this.fire('edit', 'newLine')}
      >
        <span class="codicon codicon-newline" aria-hidden="true"></span>
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-writing-keys': WritingKeys;
  }
}
