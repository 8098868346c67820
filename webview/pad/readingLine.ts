import { html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { spoken } from '../../src/base/words';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import type { Letter } from './letters';

/**
 * The first reading under the ink, each character below its own strokes. Pen and finger tap through it, as on the paper;
 * the arrow keys go along it.
 *
 * @fires letter with the place of the character whose alternatives are wanted
 * @fires letter-delete with the place of the character that shall go
 * @fires letter-leave when the keyboard goes back to the paper
 */
@customElement('scrawl-reading-line')
export class ReadingLine extends Part {
  /** Places are CSS pixels from the paper's corner. */
  @property({ attribute: false }) letters: readonly Letter[] = [];
  @property({ type: Boolean }) sure = false;
  /** The character whose alternatives are shown. */
  @property({ attribute: false }) open: number | undefined;
  @state() private current = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Reading');
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('letters')) this.current = Math.min(this.current, Math.max(0, this.letters.length - 1));
  }

  override render() {
    return this.letters.map(({ at, text }, place) => {
      const name = text === ' ' ? 'space' : spoken(text);
      return html`<button
        class="letter ${text === ' ' ? 'gap' : ''} ${this.sure ? '' : 'unsure'} ${at === this.open ? 'open' : ''}"
        tabindex=${place === this.current ? 0 : -1}
        aria-label=${`${name}, ${place + 1} of ${this.letters.length}`}
        aria-haspopup="true"
        aria-expanded=${at === this.open}
        title="Other characters for ${name} (Enter); Delete takes it out"
        @click=${() => this.fire('letter', at)}
        @focus=${() => (this.current = place)}
        @keydown=${(event: KeyboardEvent) => takeKey(event, this.actionOf(event, place, at))}
        .textContent=${text}
      ></button>`;
    });
  }

  override updated(): void {
    this.querySelectorAll<HTMLElement>('.letter').forEach((button, place) => {
      const letter = this.letters[place];
      if (letter) button.style.transform = `translate(${letter.x}px, ${letter.y}px) translateX(-50%)`;
    });
  }

  /** Gives the keyboard to a character. */
  focusLetter(at: number): void {
    const place = this.letters.findIndex((letter) => letter.at === at);
    this.moveTo(Math.max(0, place));
  }

  /** The character at a place of the paper, if there is one. */
  letterAt(x: number, y: number): Letter | undefined {
    const height = this.querySelector<HTMLElement>('.letter')?.offsetHeight ?? 0;
    const near = this.letters.filter(
      (letter) => y >= letter.y && y <= letter.y + height && Math.abs(letter.x - x) < 14,
    );
    return near.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0];
  }

  private actionOf(event: KeyboardEvent, place: number, at: number): (() => void) | undefined {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
    switch (event.key) {
      case 'ArrowLeft':
        return () => this.moveTo(place - 1);
      case 'ArrowRight':
        return () => this.moveTo(place + 1);
      case 'Home':
        return () => this.moveTo(0);
      case 'End':
        return () => this.moveTo(this.letters.length - 1);
      case 'Enter':
      case 'ArrowDown':
        return () => this.fire('letter', at);
      case 'Delete':
      case 'Backspace':
        return () => this.fire('letter-delete', at);
      case 'ArrowUp':
      case 'Escape':
        return () => this.fire('letter-leave');
      default:
        return undefined;
    }
  }

  private moveTo(place: number): void {
    this.querySelectorAll<HTMLElement>('.letter')[place]?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-reading-line': ReadingLine;
  }
}
