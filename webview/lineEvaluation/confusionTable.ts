import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { counted, grouped } from '../../src/base/words';
import type { Aligned, ShownLineEvaluation } from '../../src/protocol/pages/lineEvaluation';
import { nextCell } from '../base/cellKeys';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import { characterShown, errorInWords, NOTHING } from './words';

type Confusion = ShownLineEvaluation['confusion'];
type Character = string | undefined;

/** Rows and columns that show before all are asked for. */
const FIRST = 16;
/** Shades of a cell. */
const SHADES = 5;

/**
 * What is read as what: a row for each character that is read wrongly, a column for each that it is taken for; what was
 * left out has a column of its own, what was added a row.
 *
 * @fires choose with the Aligned of a cell, or undefined where the chosen one is chosen again
 */
@customElement('scrawl-confusion-table')
export class ConfusionTable extends Part {
  @property({ attribute: false }) confusion: Confusion = [];
  @property({ attribute: false }) chosen: Aligned | undefined;
  @state() private all = false;
  /** The cell that the keyboard goes to. */
  @state() private at: Aligned | undefined;

  override render() {
    const { confusion } = this;
    if (confusion.length === 0) return html`<p class="hint">Nothing was read as anything else.</p>`;
    const rows = axis(confusion, ({ truth }) => truth);
    const shownRows = this.all ? rows : firstOf(rows);
    const inRows = confusion.filter(({ truth }) => shownRows.includes(truth));
    const columns = axis(inRows, ({ answer }) => answer);
    const shownColumns = this.all ? columns : firstOf(columns);
    const more = rows.length > shownRows.length || columns.length > shownColumns.length;
    return html`<div class="table">
        <table class="confusion" role="grid" aria-label="What is read as what" @keydown=${this.onKey}>
          <thead>
            <tr>
              <td></td>
              ${shownColumns.map((answer) => html`<th scope="col">${header(answer, 'left out')}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${shownRows.map(
              (truth) =>
                html`<tr>
                  <th scope="row">${header(truth, 'added')}</th>
                  ${shownColumns.map((answer) => this.cell(truth, answer))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="hint">
        Rows: what is written. Columns: what was read. ${NOTHING} as a column: left out; as a row: added.
      </p>
      ${
        more || this.all
          ? html`<button class="link" @click=${() => (this.all = !this.all)}>
              ${this.all ? 'Show the most confused alone' : `Show all ${grouped(rows.length)} rows`}
            </button>`
          : nothing
      }`;
  }

  private cell(truth: Character, answer: Character) {
    const found = this.confusion.find((each) => each.truth === truth && each.answer === answer);
    if (!found) return html`<td></td>`;
    const { count } = found;
    const isChosen = same(this.chosen, found);
    const most = this.confusion[0]?.count ?? 1;
    const shade = Math.ceil((SHADES * Math.log1p(count)) / Math.log1p(most));
    const words = `${errorInWords(found)}: ${counted(count, 'time')}`;
    return html`<td>
      <button
        class="cell shade-${shade}"
        tabindex=${same(this.current, found) ? 0 : -1}
        aria-pressed=${isChosen}
        aria-label=${words}
        title="${words}. Show the lines"
        @focus=${() => (this.at = found)}
        @click=${() => this.fire('choose', isChosen ? undefined : { truth, answer })}
      >
        ${grouped(count)}
      </button>
    </td>`;
  }

  private get current(): Aligned | undefined {
    const { confusion, at, chosen } = this;
    return (
      confusion.find((each) => same(each, at)) ?? confusion.find((each) => same(each, chosen)) ?? confusion[0]
    );
  }

  /** Arrows walk the cells that hold something. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const button = (event.target as Element).closest('button');
    const cell = button?.closest('td');
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = nextCell(cell, event.key);
    takeKey(event, to && (() => to.focus()));
  };
}

/** The characters of one side, those with most errors first, nothing last. */
function axis(confusion: Confusion, side: (each: Aligned) => Character): Character[] {
  const totals = new Map<Character, number>();
  for (const each of confusion) totals.set(side(each), (totals.get(side(each)) ?? 0) + each.count);
  const characters = [...totals].sort(
    ([a, first], [b, second]) => Number(a === undefined) - Number(b === undefined) || second - first,
  );
  return characters.map(([character]) => character);
}

function firstOf(characters: readonly Character[]): Character[] {
  return characters.filter((character, at) => at < FIRST || character === undefined);
}

function header(character: Character, nothingMeans: string) {
  if (character !== undefined && character !== ' ') return character;
  return html`<span aria-hidden="true">${characterShown(character)}</span
    ><span class="hidden">${character === undefined ? nothingMeans : 'blank'}</span>`;
}

function same(a: Aligned | undefined, b: Aligned | undefined): boolean {
  return a !== undefined && b !== undefined && a.truth === b.truth && a.answer === b.answer;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-confusion-table': ConfusionTable;
  }
}
