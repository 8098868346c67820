import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ShownTrial } from '../../src/protocol/pages/sweep';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import { sortArrow, sortOrder } from '../base/sorting';
import { type Column, sorted } from './columns';

/**
 * The table of trials. Arrows choose a trial, Enter trains with what it has; the headers, which sort, are reached by Tab.
 *
 * @fires choose with a trial's number
 * @fires sort with a column's key
 * @fires train with a trial's number
 */
@customElement('scrawl-trial-table')
export class TrialTable extends Part {
  @property({ attribute: false }) trials: readonly ShownTrial[] = [];
  @property({ attribute: false }) columns: readonly Column[] = [];
  @property() sort = '';
  @property({ type: Boolean }) descending = false;
  /** Numbers of trials. */
  @property({ attribute: false }) best: number | undefined;
  @property({ attribute: false }) chosen: number | undefined;

  private rows: readonly ShownTrial[] = [];

  override render() {
    const { columns, trials, sort, descending } = this;
    this.rows = sorted(
      trials,
      columns.find(({ key }) => key === sort),
      descending,
    );
    const reached = this.chosen ?? this.rows[0]?.number;
    return html`<table role="grid" aria-label="Trials" @keydown=${this.onKey}>
      <thead>
        <tr>
          ${columns.map((column) => this.header(column))}
        </tr>
      </thead>
      <tbody>
        ${this.rows.map((trial) => this.row(trial, trial.number === reached))}
      </tbody>
    </table>`;
  }

  private header({ key, label }: Column) {
    const order = sortOrder(this.sort === key, this.descending);
    return html`<th scope="col" aria-sort=${order}>
      <button title="Sort by ${label}" @click=${() => this.fire('sort', key)}>
        ${label}${sortArrow(order)}
      </button>
    </th>`;
  }

  private row(trial: ShownTrial, isReached: boolean) {
    const { number, message } = trial;
    const isBest = number === this.best;
    return html`<tr
      class=${isBest ? 'best' : ''}
      data-trial=${number}
      tabindex=${isReached ? 0 : -1}
      aria-selected=${number === this.chosen}
      title=${message ?? nothing}
      @click=${() => this.fire('choose', number)}
      @dblclick=${() => this.fire('train', number)}
    >
      ${this.columns.map(
        (column) =>
          html`<td class="${column.key === 'trial' ? 'trial' : ''}">
            ${column.text(trial)}${
              isBest && column.key === 'accuracy'
                ? html`<span class="codicon codicon-star-full" aria-hidden="true"></span
                    ><span class="hidden">, the best</span>`
                : nothing
            }
          </td>`,
      )}
    </tr>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('tbody tr');
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const number = Number(row.dataset['trial']);
    if (event.key === 'Enter') takeKey(event, () => this.fire('train', number));
    const at = this.rows.findIndex((trial) => trial.number === number);
    const last = this.rows.length - 1;
    const goals: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last };
    const goal = this.rows[goals[event.key] ?? -1];
    takeKey(event, goal && (() => this.goTo(goal.number)));
  };

  private goTo(number: number): void {
    this.fire('choose', number);
    this.querySelector<HTMLElement>(`tr[data-trial="${number}"]`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-trial-table': TrialTable;
  }
}
