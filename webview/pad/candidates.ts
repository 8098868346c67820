import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { percent, spoken } from '../../src/base/words';
import { type Chosen, isSymbol, type ShownReading } from '../../src/protocol/pages/pad';
import { Part } from '../base/part';
import { partsOf } from './difference';
import { isSame, PLACES } from './readings';

const INDEXES = Array.from({ length: PLACES }, (_, index) => index);
/** Of what is like the first candidate, so many characters stay in sight before what is different. */
const IN_SIGHT = 2;

/**
 * The candidates as buttons, each with its probability and its key: five characters, or up to five texts.
 *
 * @fires choose with the index of a candidate
 */
@customElement('scrawl-candidates')
export class Candidates extends Part {
  @property({ attribute: false }) readings: readonly ShownReading[] = [];
  /** Whether the first one is likely enough to stand out. */
  @property({ type: Boolean }) sure = false;
  /** What is in the editor already, where the others would replace it. */
  @property({ attribute: false }) inserted: Chosen | undefined;
  /** Milliseconds until the first one is inserted by itself; 0 when it is not going to be. */
  @property({ type: Number }) resting = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Candidates');
  }

  override render() {
    this.classList.toggle(
      'texts',
      this.readings.some((reading) => !isSymbol(reading) && [...reading.text].length > 1),
    );
    this.classList.toggle(
      'symbols',
      this.readings.some(({ about }) => about),
    );
    return INDEXES.map((index) => this.place(index, this.readings[index]));
  }

  override updated(): void {
    this.showRest();
  }

  private place(index: number, reading: ShownReading | undefined) {
    if (!reading) return html`<button class="candidate" disabled aria-hidden="true"></button>`;
    const { text, probability, isPlain, about } = reading;
    const key = index + 1;
    const isThere = this.inserted !== undefined && isSame(this.inserted, reading);
    const intent = this.inserted === undefined ? 'Insert' : 'Instead insert';
    const likely = shortPercent(probability);
    const plain = isPlain && !about ? ', what the ink alone says' : '';
    const name = about ? [text, about.command, about.from ?? ''].filter(isNew).join(' ') : spoken(text);
    return html`<button
      class="candidate ${index === 0 && this.sure ? 'first' : ''} ${isThere ? 'inserted' : ''}"
      aria-label=${isThere ? `Inserted ${name}, ${likely}` : `${intent} ${name}, ${likely}${plain}`}
      aria-keyshortcuts=${index === 0 ? 'Enter 1' : key}
      title=${[`${intent} ${text} (${index === 0 ? 'Enter or 1' : key}), ${likely}${plain}`, ...linesOf(about)].join('\n')}
      @click=${() => this.fire('choose', index)}
    >
      <span class="key" data-key=${key} aria-hidden="true"></span>
      <span class="text ${isSymbol(reading) && [...text].length > 1 ? 'long' : ''}"
        >${isSymbol(reading) ? text : this.shown(text, index)}</span
      >
      ${
        about
          ? html`<span class="command">${about.command === text ? nothing : about.command}</span>
              <span class="package">${about.from ?? nothing}</span>`
          : nothing
      }
      <span class="probability"
        >${isPlain && !about ? html`<span class="plain codicon codicon-edit" aria-hidden="true"></span>` : nothing}${likely}</span
      >
      <span class="rest"></span>
    </button>`;
  }

  /** A text so that what is different from the first one is in sight. */
  private shown(text: string, index: number) {
    const first = this.readings[0]?.text ?? '';
    if (index === 0 || [...text].length < 2) return inOneRow(text);
    const [before, different, after] = partsOf(first, text).map(inOneRow);
    const characters = [...(before ?? '')];
    const cut = characters.length > IN_SIGHT + 1 ? `…${characters.slice(-IN_SIGHT).join('')}` : before;
    return html`${cut}<mark>${different}</mark>${after}`;
  }

  /** Fills the first candidate's underline for as long as the pen must rest. */
  private showRest(): void {
    const rest = this.querySelector('.rest');
    if (!rest) return;
    for (const running of rest.getAnimations()) running.cancel();
    if (this.resting > 0) {
      rest.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], { duration: this.resting });
    }
  }
}

/** What there is to say of a symbol, line by line. */
export function linesOf(about: ShownReading['about']): readonly string[] {
  return about ? [about.command, ...about.more] : [];
}

/** Whether a part of a name is said there for the first time. */
function isNew(part: string, at: number, parts: readonly string[]): boolean {
  return part !== '' && parts.indexOf(part) === at;
}

function inOneRow(text: string): string {
  return text.replaceAll('\n', '⏎');
}

/** A probability in the little room of a candidate; one that is not 0 does not look as if it were. */
export function shortPercent(probability: number): string {
  return probability > 0 && probability < 0.005 ? '<1%' : percent(probability, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-candidates': Candidates;
  }
}
