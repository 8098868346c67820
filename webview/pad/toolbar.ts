import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ALPHABET_CHOICES, ALPHABET_LABELS } from '../../src/base/alphabet';
import type { PadToHost } from '../../src/protocol/pages/pad';
import { Part } from '../base/part';

export type PadSwitch = Pick<Extract<PadToHost, { type: 'switch' }>, 'setting' | 'on'>;

/**
 * The alphabet, what undoes strokes, and the pad's switches.
 *
 * @fires alphabet with the chosen name
 * @fires undo
 * @fires redo
 * @fires clear
 * @fires switch with the setting that is turned on or off
 */
@customElement('scrawl-toolbar')
export class Toolbar extends Part {
  @property() alphabet = 'all';
  @property() customAlphabet = '';
  @property({ type: Boolean }) canUndo = false;
  @property({ type: Boolean }) canRedo = false;
  @property({ type: Boolean }) canClear = false;
  @property({ type: Boolean }) guideLines = false;
  @property({ type: Boolean }) insertsAfterRest = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Pad');
  }

  override render() {
    return html`<vscode-single-select
        label="Alphabet"
        title="The characters that the pad may give"
        .value=${this.alphabet}
        @change=${(event: Event) => this.fire('alphabet', (event.target as VscodeSingleSelect).value)}
      >
        ${ALPHABET_CHOICES.map(
          (choice) =>
            html`<vscode-option value=${choice} ?selected=${choice === this.alphabet}
              >${ALPHABET_LABELS[choice]}</vscode-option
            >`,
        )}
      </vscode-single-select>
      ${this.button('undo', 'discard', 'Undo stroke', this.canUndo)}
      ${this.button('redo', 'redo', 'Redo stroke', this.canRedo)}
      ${this.button('clear', 'clear-all', 'Clear pad (Escape)', this.canClear)}
      ${this.switch('guideLines', 'list-flat', 'Guide lines', this.guideLines)}
      ${this.switch('insertAfter', 'watch', 'Insert after a rest of the pen', this.insertsAfterRest)}`;
  }

  private switch(setting: PadSwitch['setting'], icon: string, label: string, on: boolean) {
    const turned: PadSwitch = { setting, on: !on };
    return html`<button
      class="tool"
      role="switch"
      aria-checked=${on}
      aria-label=${label}
      title="${label}: ${on ? 'on' : 'off'}"
      @click=${() => this.fire('switch', turned)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private button(event: string, icon: string, label: string, enabled: boolean) {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      ?disabled=${!enabled}
      @click=${() => this.fire(event)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-toolbar': Toolbar;
  }
}
