import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { percent } from '../../src/base/words';
import type { Candidate } from '../../src/protocol/ink';
import { Part } from '../base/part';
import '../base/grayPicture';
import { bytesOf } from '../base/pictureDrop';
import './cropPicture';
import { characterOf, type Mark } from './edits';
import { type StepImages, STEP_LABELS, STEPS } from './stepImages';
import type { Size } from '../base/viewport';

const EDITS = [
  ['merge', 'combine', 'Merge with the next (Alt+M)'],
  ['split', 'split-horizontal', 'Split in two (Alt+S)'],
  ['space', 'whitespace', 'Space before it: put or take away (Space)'],
  ['erase', 'trash', 'Remove (Delete)'],
] as const;

/**
 * The chosen character: what it may be, the steps from the picture to the network's input, and what can be done to it.
 *
 * @fires correct with the character that it is
 * @fires edit with merge, split, space or erase
 * @fires leave when the keyboard goes back to the text
 */
@customElement('scrawl-chosen-character')
export class ChosenCharacter extends Part {
  @property({ attribute: false }) mark: Mark | undefined;
  @property({ attribute: false }) images: StepImages | undefined;
  @property({ attribute: false }) page: Size = { width: 1, height: 1 };
  @property({ type: Boolean }) canMerge = false;

  override render() {
    const { mark } = this;
    if (!mark) return html`<p class="caption">Choose a character to see what it may be.</p>`;
    return html`<div class="candidates" role="group" aria-label="Candidates" @keydown=${this.onKey}>
        ${mark.candidates.map((candidate, at) => this.candidate(candidate, at, characterOf(mark)))}
      </div>
      <div class="edits">
        ${EDITS.map(
          ([edit, icon, label]) =>
            html`<button
              class="tool"
              aria-label=${label}
              title=${label}
              ?disabled=${edit === 'merge' && !this.canMerge}
              @click=${() => this.fire('edit', edit)}
            >
              <span class="codicon codicon-${icon}" aria-hidden="true"></span>
            </button>`,
        )}
      </div>
      <div class="steps">
        ${STEPS.map(
          (step) =>
            html`<figure>
              <scrawl-crop .image=${this.images?.[step]} .page=${this.page} .box=${mark.box}></scrawl-crop>
              <figcaption>${STEP_LABELS[step]}</figcaption>
            </figure>`,
        )}
        <figure>
          ${this.networkInput(mark)}
          <figcaption>Network input</figcaption>
        </figure>
      </div>`;
  }

  private candidate({ text, probability }: Candidate, at: number, chosen: string) {
    return html`<button
      class="candidate"
      aria-pressed=${text === chosen}
      aria-keyshortcuts=${at + 1}
      @click=${() => this.correct(text)}
    >
      <span class="glyph">${text}</span>
      <span class="share">${percent(probability, 0)}</span>
    </button>`;
  }

  private networkInput({ picture }: Mark) {
    const pixels = bytesOf(picture);
    const side = Math.sqrt(pixels.length);
    if (!Number.isInteger(side) || side === 0) return nothing;
    return html`<scrawl-gray-picture
      ink
      .picture=${{ width: side, height: side, pixels }}
    ></scrawl-gray-picture>`;
  }

  /** Gives the keyboard to the candidates. */
  focusFirst(): void {
    this.buttons[0]?.focus();
  }

  private get buttons(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.candidate')];
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { buttons } = this;
    const at = buttons.findIndex((button) => button === document.activeElement);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const candidate = /^[1-9]$/.test(event.key) ? this.mark?.candidates[Number(event.key) - 1] : undefined;
    if (by !== undefined) buttons[(at + by + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Escape') this.fire('leave');
    else if (candidate) this.correct(candidate.text);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private correct(text: string): void {
    this.fire('correct', text);
    this.fire('leave');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-chosen-character': ChosenCharacter;
  }
}
