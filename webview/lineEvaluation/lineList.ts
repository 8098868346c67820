import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted, grouped } from '../../src/base/words';
import type { Aligned, ShownLine } from '../../src/protocol/pages/lineEvaluation';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import { lineInk } from './lineInk';
import { characterShown, errorInWords, isError } from './words';

/** What can be done with a line. */
export type LineAction = 'relabel' | 'exclude' | 'restore';

/** Errors that are read out one by one. */
const MOST_SPOKEN = 12;

/**
 * A page of lines: the ink, and below it text and answer character by character.
 *
 * @fires move with the number of the line that the keyboard goes to, which may lie on another page: below 0, or behind the last
 * @fires act with a LineAction, on the current line
 */
@customElement('scrawl-line-list')
export class LineList extends Part {
  @property({ attribute: false }) lines: readonly ShownLine[] = [];
  /** Number of the first of these in the whole list, and how many that has. */
  @property({ attribute: false }) first = 0;
  @property({ attribute: false }) total = 0;
  /** The line that the keyboard goes to. */
  @property({ attribute: false }) current = 0;
  /** The lines can be changed. */
  @property({ attribute: false }) changeable = true;

  override render() {
    return html`<ul class="lines" aria-keyshortcuts="Enter Delete U" @keydown=${this.onKey}>
      ${this.lines.map((line, at) => this.line(line, at))}
    </ul>`;
  }

  /** Brings the keyboard to the current line. */
  focusCurrent(): void {
    this.querySelectorAll<HTMLElement>('.line')[this.current]?.focus();
  }

  private line(line: ShownLine, at: number) {
    const { split, index, aligned, other, excluded, stored, ink } = line;
    const errors = aligned.filter(isError).length;
    return html`<li
      class="line ${excluded ? 'excluded' : ''}"
      tabindex=${at === this.current ? 0 : -1}
      aria-label=${lineInWords(line)}
      aria-posinset=${this.first + at + 1}
      aria-setsize=${this.total}
      aria-current=${at === this.current ? 'true' : nothing}
      @focusin=${() => this.fire('move', at)}
    >
      <div class="about">
        <span class="errors">${counted(errors, 'error')}</span>
        <span>Sample ${grouped(index)}${split === 'all' ? '' : ` of ${split}`}</span>
        ${stored === undefined ? nothing : html`<span class="mark" title="Stored as ${stored}">corrected</span>`}
        ${excluded ? html`<span class="mark">excluded</span>` : nothing}
        <span class="space"></span>
        ${this.changeable ? this.buttons(line, at) : nothing}
      </div>
      ${lineInk(ink)}
      <div class="aligned" aria-hidden="true">${aligned.map(pair)}</div>
      ${
        other
          ? html`<div class="other" aria-hidden="true">
              <span class="label">compared, ${counted(other.filter(isError).length, 'error')}</span>
              <div class="aligned">${other.map(pair)}</div>
            </div>`
          : nothing
      }
    </li>`;
  }

  private buttons({ excluded, stored }: ShownLine, at: number) {
    const button = (action: LineAction, icon: string, words: string, key: string) =>
      html`<button
        class="icon"
        tabindex=${at === this.current ? 0 : -1}
        aria-label=${words}
        title="${words} (${key})"
        @click=${() => this.act(at, action)}
      >
        <span class="codicon codicon-${icon}" aria-hidden="true"></span>
      </button>`;
    return html`${button('relabel', 'edit', 'Correct the text…', 'Enter')}
    ${
      excluded
        ? button('exclude', 'eye', 'Take back in', 'Delete')
        : button('exclude', 'eye-closed', 'Exclude', 'Delete')
    }
    ${excluded || stored !== undefined ? button('restore', 'discard', 'As stored', 'U') : nothing}`;
  }

  private act(at: number, action: LineAction): void {
    this.fire('move', at);
    this.fire('act', action);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    takeKey(event, this.keyAction(event.key, (event.target as Element).tagName === 'BUTTON'));
  };

  private keyAction(key: string, onButton: boolean): (() => void) | undefined {
    const { current, lines } = this;
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: lines.length - 1,
      PageDown: lines.length,
      PageUp: -1,
    };
    const to = moves[key];
    if (to !== undefined) return () => this.moveTo(to);
    if (!this.changeable) return undefined;
    if (key === 'Enter' && !onButton) return () => this.fire('act', 'relabel');
    if (key === 'Delete') return () => this.fire('act', 'exclude');
    return key.toLowerCase() === 'u' ? () => this.fire('act', 'restore') : undefined;
  }

  private moveTo(at: number): void {
    this.fire('move', at);
    void this.updateComplete.then(() => this.focusCurrent());
  }
}

/** A character above what it was read as; differences have a frame, and what is missing a sign. */
function pair(each: Aligned) {
  const kind = !isError(each)
    ? 'right'
    : each.truth === undefined
      ? 'added'
      : each.answer === undefined
        ? 'lost'
        : 'changed';
  const shown = (character: string | undefined) =>
    kind === 'right' && character === ' ' ? '\u00a0' : characterShown(character);
  return html`<span class="pair ${kind}"
    ><span class="truth">${shown(each.truth)}</span><span class="answer">${shown(each.answer)}</span></span
  >`;
}

function lineInWords({ text, answer, aligned, other, excluded, stored }: ShownLine): string {
  const errors = aligned.filter(isError);
  const spoken = errors.slice(0, MOST_SPOKEN).map(errorInWords);
  return [
    `${text}, read as ${answer === '' ? 'nothing' : answer}`,
    counted(errors.length, 'error') + (spoken.length > 0 ? `: ${spoken.join(', ')}` : ''),
    ...(other ? [`${counted(other.filter(isError).length, 'error')} in the compared reading`] : []),
    ...(stored === undefined ? [] : ['corrected']),
    ...(excluded ? ['excluded'] : []),
  ].join('; ');
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-line-list': LineList;
  }
}
