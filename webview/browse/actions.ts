import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** What can be done with the samples that are chosen. */
export type Action = 'sendToPad' | 'relabel' | 'exclude' | 'include' | 'undo';

/**
 * What is chosen, and what can be done with it.
 *
 * @fires act with an Action
 */
@customElement('scrawl-actions')
export class Actions extends LitElement {
  /** What is chosen, in words. */
  @property() chosen = '';
  @property({ type: Number }) count = 0;
  /** Whether all that is chosen is left out already. */
  @property({ type: Boolean }) excluded = false;
  /** What undo would take back, in words. */
  @property() undo: string | undefined;
  /** What was done or failed last. */
  @property({ attribute: false }) notice: { text: string; failed: boolean } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'toolbar');
    this.setAttribute('aria-label', 'Chosen samples');
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const none = this.count === 0;
    const { notice } = this;
    return html`<span class="chosen ${notice?.failed ? 'failure' : ''}" title=${notice?.text ?? this.chosen}
        >${notice?.text ?? this.chosen}</span
      >
      ${this.button('sendToPad', 'edit', 'Send to Pad', 'Ask the model what it reads (Enter)', this.count !== 1)}
      ${this.button('relabel', 'tag', 'Relabel…', 'Give another class (R)', none)}
      ${
        this.excluded && !none
          ? this.button('include', 'eye', 'Include', 'Take back in (Delete)', false)
          : this.button(
              'exclude',
              'eye-closed',
              'Exclude',
              'Leave out of training and evaluation (Delete)',
              none,
            )
      }
      ${this.undo ? this.button('undo', 'discard', 'Undo', `Undo: ${this.undo} (Ctrl+Z)`, false) : nothing}`;
  }

  private button(action: Action, icon: string, label: string, title: string, disabled: boolean) {
    return html`<button
      class="control"
      title=${title}
      ?disabled=${disabled}
      @click=${() => this.tell(action)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span
      ><span class="control-text">${label}</span>
    </button>`;
  }

  private tell(action: Action): void {
    this.dispatchEvent(new CustomEvent('act', { detail: action }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-actions': Actions;
  }
}
