import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { spoken } from '../../src/base/words';
import { isSymbol, type ShownReading } from '../../src/protocol/pages/pad';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import { linesOf, shortPercent } from './candidates';
import { changeOf } from './difference';
import { PLACES } from './readings';

/**
 * What one character of the reading may be instead, as a row of keys over the paper.
 *
 * @fires choose-alternative with the place of a reading
 * @fires close-alternatives
 */
@customElement('scrawl-alternatives')
export class Alternatives extends Part {
  @property({ attribute: false }) readings: readonly ShownReading[] = [];
  /** The text as it is, of which a character shall be another. */
  @property() text = '';
  /** That character's place in it. */
  @property({ type: Number }) at = 0;
  /** Whether the text is one symbol, whatever its length. */
  @property({ type: Boolean }) whole = false;
  /** Where the popup is to stand, in CSS pixels from the paper's corner. */
  @property({ attribute: false }) place = { x: 0, y: 0 };

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
  }

  override render() {
    this.setAttribute(
      'aria-label',
      `Other characters for ${spoken(this.whole ? this.text : ([...this.text][this.at] ?? ''))}`,
    );
    return this.readings.slice(0, PLACES).map((reading, index) => {
      const { text, probability, about } = reading;
      const change = this.whole || isSymbol(reading) ? text : changeOf(this.text, text, this.at);
      const name = about?.command ?? (change === '' ? 'nothing' : spoken(change));
      return html`<button
        class="alternative"
        aria-label="${name}, ${shortPercent(probability)}: ${text}"
        aria-keyshortcuts=${index + 1}
        title=${[`${text} (${index + 1}, ${shortPercent(probability)})`, ...linesOf(about)].join('\n')}
        @click=${() => this.fire('choose-alternative', index)}
        @keydown=${(event: KeyboardEvent) => takeKey(event, this.actionOf(event, index))}
      >
        <span class="key" data-key=${index + 1} aria-hidden="true"></span>
        <span class="text ${change.trim() === '' ? 'word' : ''}">${shown(change)}</span>
      </button>`;
    });
  }

  /** Stays on the paper, above or below the character. */
  override updated(): void {
    const paper = this.parentElement;
    if (!paper) return;
    const beyond = (at: number, length: number, room: number) => Math.min(Math.max(4, at), room - length - 4);
    const left = beyond(this.place.x - this.offsetWidth / 2, this.offsetWidth, paper.clientWidth);
    const isLow = this.place.y + 24 + this.offsetHeight > paper.clientHeight;
    const top = isLow ? this.place.y - this.offsetHeight - 4 : this.place.y + 24;
    this.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  focusFirst(): void {
    this.querySelector('button')?.focus();
  }

  private actionOf(event: KeyboardEvent, index: number): (() => void) | undefined {
    const buttons = this.querySelectorAll('button');
    switch (event.key) {
      case 'ArrowLeft':
        return () => buttons[index - 1]?.focus();
      case 'ArrowRight':
        return () => buttons[index + 1]?.focus();
      case 'ArrowUp':
      case 'Escape':
        return () => this.fire('close-alternatives');
      default:
        return undefined;
    }
  }
}

function shown(change: string): string {
  if (change === '') return 'nothing';
  return change === ' ' ? 'space' : change;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-alternatives': Alternatives;
  }
}
