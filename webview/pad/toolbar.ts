import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ALPHABETS } from '../alphabets';

/**
 * The alphabet, and what undoes strokes.
 *
 * @fires alphabet with the chosen name
 * @fires undo
 * @fires redo
 * @fires clear
 */
@customElement('scrawl-toolbar')
export class Toolbar extends LitElement {
  @property() alphabet = 'all';
  @property() customAlphabet = '';
  @property({ type: Boolean }) canUndo = false;
  @property({ type: Boolean }) canRedo = false;
  @property({ type: Boolean }) canClear = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Pad');
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    return html`<vscode-single-select
        label="Alphabet"
        title="The characters that the pad may give"
        .value=${this.alphabet}
        @change=${(event: Event) => this.tell('alphabet', (event.target as VscodeSingleSelect).value)}
      >
        ${ALPHABETS.map(
          ([value, label]) =>
            html`<vscode-option value=${value} ?selected=${value === this.alphabet}>${label}</vscode-option>`,
        )}
      </vscode-single-select>
      ${this.button('undo', 'discard', 'Undo stroke', this.canUndo)}
      ${this.button('redo', 'redo', 'Redo stroke', this.canRedo)}
      ${this.button('clear', 'clear-all', 'Clear pad (Escape)', this.canClear)}`;
  }

  private button(event: string, icon: string, label: string, enabled: boolean) {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      ?disabled=${!enabled}
      @click=${() => this.tell(event)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private tell(type: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-toolbar': Toolbar;
  }
}
