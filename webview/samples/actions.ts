import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Notice } from '../base/pageElement';
import { Part } from '../base/part';

/** Something that can be done with the samples that are chosen. */
export interface ActionButton<A extends string = string> {
  readonly action: A;
  /** Name of a codicon. */
  readonly icon: string;
  readonly label: string;
  readonly title: string;
  readonly disabled?: boolean;
}

export const INCLUDE: ActionButton<'include'> = {
  action: 'include',
  icon: 'eye',
  label: 'Include',
  title: 'Include again (Delete)',
};

export const EXCLUDE: ActionButton<'exclude'> = {
  action: 'exclude',
  icon: 'eye-closed',
  label: 'Exclude',
  title: 'Exclude from training and evaluation (Delete)',
};

export function undoButton(undo: string): ActionButton<'undo'> {
  return { action: 'undo', icon: 'discard', label: 'Undo', title: `Undo: ${undo} (Ctrl+Z)` };
}

/**
 * What is chosen, and what can be done with it.
 *
 * @fires act with the action of a button
 */
@customElement('scrawl-actions')
export class Actions extends Part {
  /** What is chosen, in words. */
  @property() chosen = '';
  @property({ attribute: false }) buttons: readonly ActionButton[] = [];
  @property({ attribute: false }) notice: Notice | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Chosen samples');
  }

  override render() {
    const { notice } = this;
    return html`<span class="chosen ${notice?.failed ? 'failure' : ''}" title=${notice?.text ?? this.chosen}
        >${notice?.text ?? this.chosen}</span
      >
      ${this.buttons.map((button) => this.button(button))}`;
  }

  private button({ action, icon, label, title, disabled = false }: ActionButton) {
    return html`<button
      class="control"
      title=${title}
      ?disabled=${disabled}
      @click=${() => this.fire('act', action)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span
      ><span class="control-text">${label}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-actions': Actions;
  }
}
