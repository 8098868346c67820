import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { grouped, percent, spoken } from '../../src/base/words';
import type { ClassScores, ShownEvaluation } from '../../src/protocol/pages/evaluation';
import { Part } from '../base/part';
import { compared, sortOrder } from '../base/sorting';
import { shortPercent } from './words';

type Column = 'name' | 'support' | 'precision' | 'recall' | 'f1' | 'mostly';

interface Row extends ClassScores {
  readonly name: string;
  readonly index: number;
  readonly mostly: string;
}

const HEADS: readonly { column: Column; label: string; title: string }[] = [
  { column: 'name', label: 'Class', title: 'Class' },
  { column: 'support', label: 'Samples', title: 'Samples of the class' },
  {
    column: 'precision',
    label: 'Prec.',
    title: 'Precision: of those taken for it, the share that is it, percent',
  },
  {
    column: 'recall',
    label: 'Recall',
    title: 'Recall: of those that are it, the share that is found, percent',
  },
  { column: 'f1', label: 'F1', title: 'Harmonic mean of precision and recall, percent' },
  { column: 'mostly', label: 'Taken for', title: 'What it is taken for most often' },
];

/**
 * The scores of every class, sorted by any column.
 *
 * @fires open with the ChosenSamples of a class
 */
@customElement('scrawl-class-table')
export class ClassTable extends Part {
  @property({ attribute: false }) shown!: ShownEvaluation;
  @state() private by: Column = 'f1';
  @state() private down = false;

  override render() {
    return html`<div class="scored" tabindex="-1">
      <table>
        <thead>
          <tr>
            ${HEADS.map(({ column, label, title }) => this.head(column, label, title))}
          </tr>
        </thead>
        <tbody>
          ${this.rows().map((row) => this.row(row))}
        </tbody>
      </table>
    </div>`;
  }

  private head(column: Column, label: string, title: string) {
    const sorted = sortOrder(this.by === column, this.down);
    return html`<th class=${column} aria-sort=${sorted}>
      <button title=${title} @click=${() => this.sortBy(column)}>${label}</button>
    </th>`;
  }

  private row({ name, support, precision, recall, f1, mostly }: Row) {
    return html`<tr>
      <th scope="row" class="name">
        <button
          class="class"
          title="Show the samples"
          aria-label="Samples of ${spoken(name)}"
          @click=${() => this.fire('open', { kind: 'class', name })}
        >
          ${name}
        </button>
      </th>
      <td class="support">${grouped(support)}</td>
      ${[['precision', precision] as const, ['recall', recall] as const, ['f1', f1] as const].map(
        ([column, value]) => html`<td class=${column} title=${percent(value)}>${shortPercent(value)}</td>`,
      )}
      <td class="mostly">${mostly}</td>
    </tr>`;
  }

  private rows(): Row[] {
    const { classes, perClass, orders } = this.shown;
    const rows = orders.class.flatMap((index): Row[] => {
      const scores = perClass[index];
      if (!scores) return [];
      const { mostConfusedWith: other } = scores;
      const mostly = other === undefined ? '' : (classes[other] ?? '');
      return [{ ...scores, index, name: classes[index] ?? '', mostly }];
    });
    const { by } = this;
    const sign = this.down ? -1 : 1;
    return rows.sort((a, b) => sign * compared(a[by], b[by]) || a.index - b.index);
  }

  private sortBy(column: Column): void {
    this.down = this.by === column ? !this.down : column === 'support';
    this.by = column;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-class-table': ClassTable;
  }
}
