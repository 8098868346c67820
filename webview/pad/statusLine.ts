import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Picture } from '../../src/protocol/ink';
import type { Notice } from '../base/pageElement';
import { Part } from '../base/part';
import './networkPicture';

/**
 * What the pad makes of the ink, or what was done last, beside what the network saw.
 *
 * @fires take-back of what the notice says
 * @fires pick a character or symbol from all that there are
 * @fires keep the ink as a sample
 */
@customElement('scrawl-status-line')
export class StatusLine extends Part {
  @property({ attribute: false }) picture: Picture | undefined;
  @property({ attribute: false }) notice: Notice | undefined;
  /** Whether what the notice says can be taken back. */
  @property({ type: Boolean }) canTakeBack = false;
  @property({ type: Boolean }) notSure = false;
  /** Whether only symbols are read. */
  @property({ type: Boolean }) ofSymbols = false;
  @property({ type: Boolean }) canKeep = false;

  override render() {
    return html`<scrawl-network-picture
        ?hidden=${!this.picture}
        .picture=${this.picture}
      ></scrawl-network-picture>
      ${this.words()}
      <button
        class="tool keep"
        aria-label="Keep as sample"
        title="Keep as a sample of my handwriting"
        ?hidden=${!this.canKeep}
        @click=${() => this.fire('keep')}
      >
        <span class="codicon codicon-save" aria-hidden="true"></span>
      </button>`;
  }

  private words() {
    if (this.notice) {
      const { text, failed } = this.notice;
      return html`<span class=${failed ? 'failure' : 'caption'} title=${text}>${text}</span>${
          this.canTakeBack
            ? html`<button class="link" @click=${() => this.fire('take-back')}>Undo</button>`
            : nothing
        }`;
    }
    if (this.notSure) {
      return html`<strong>Not sure</strong>
        <button
          class="link"
          aria-keyshortcuts="?"
          title="${this.ofSymbols ? 'Find it among all symbols' : 'Pick from the alphabet'} (?)"
          @click=${() => this.fire('pick')}
        >
          ${this.ofSymbols ? 'Find the symbol' : 'Pick a character'} <kbd>?</kbd>
        </button>`;
    }
    return this.picture ? html`<span class="caption">What the network sees</span>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-status-line': StatusLine;
  }
}
