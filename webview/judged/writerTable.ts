import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { grouped, percent } from '../../src/base/words';
import type { WriterFigure } from '../../src/protocol/pages/evaluation';
import { Part } from '../base/part';
import { compared, sortOrder } from '../base/sorting';

/** Rows that show before all are asked for. */
const FIRST = 100;

type Column = 'writer' | 'samples' | 'value' | 'width';

const CLASSES: Partial<Record<Column, string>> = { writer: 'name', width: 'within' };

interface Row extends WriterFigure {
  /** Of the interval. */
  readonly width: number;
}

/** What the figure of a writer is. */
export interface WriterMeasure {
  readonly label: string;
  readonly title: string;
  readonly lessIsBetter: boolean;
  /** What it is counted on. */
  readonly counts: 'Samples' | 'Lines';
}

/**
 * How well each writer is read, the worst first until another column is asked for.
 *
 * @fires choose with the name of a writer, whose wrong samples are wanted
 */
@customElement('scrawl-writer-table')
export class WriterTable extends Part {
  @property({ attribute: false }) writers: readonly WriterFigure[] = [];
  @property({ attribute: false }) measure!: WriterMeasure;
  @state() private by: Column = 'value';
  /** Whether what one looks for first, the worst or the most, stands last. */
  @state() private turned = false;
  @state() private all = false;

  override render() {
    const rows = this.rows();
    const shown = this.all ? rows : rows.slice(0, FIRST);
    const { label, title, counts } = this.measure;
    return html`<div class="scored" tabindex="-1">
        <table>
          <thead>
            <tr>
              ${this.head('writer', 'Writer', 'Who wrote them')}
              ${this.head('samples', counts, `${counts} of the writer`)} ${this.head('value', label, title)}
              ${this.head('width', '95%', 'Interval that holds it with 95% confidence, by its width')}
            </tr>
          </thead>
          <tbody>
            ${shown.map((row) => this.row(row))}
          </tbody>
        </table>
      </div>
      ${
        rows.length > shown.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              Show all ${grouped(rows.length)} writers
            </button>`
          : nothing
      }`;
  }

  private head(column: Column, label: string, title: string) {
    const sorted = sortOrder(this.by === column, this.isDown(column));
    return html`<th class=${CLASSES[column] ?? nothing} aria-sort=${sorted}>
      <button title=${title} @click=${() => this.sortBy(column)}>${label}</button>
    </th>`;
  }

  private row({ writer, samples, value, interval: { low, high } }: Row) {
    const within = `${percent(low, 1)} to ${percent(high, 1)}`;
    return html`<tr>
      <th scope="row" class="name">
        <button
          class="link"
          title="Show what is read wrongly of ${writer}"
          aria-label="What is read wrongly of ${writer}"
          @click=${() => this.fire('choose', writer)}
        >
          ${writer}
        </button>
      </th>
      <td>${grouped(samples)}</td>
      <td title="95% interval ${within}">${percent(value, 1)}</td>
      <td class="within">${within}</td>
    </tr>`;
  }

  private rows(): Row[] {
    const rows = this.writers.map((each) => ({ ...each, width: each.interval.high - each.interval.low }));
    const { by } = this;
    const sign = this.isDown(by) ? -1 : 1;
    return rows.sort((a, b) => sign * compared(a[by], b[by]));
  }

  private isDown(column: Column): boolean {
    const worstFirst = column === 'value' ? this.measure.lessIsBetter : column !== 'writer';
    return worstFirst !== this.turned;
  }

  private sortBy(column: Column): void {
    this.turned = this.by === column && !this.turned;
    this.by = column;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-writer-table': WriterTable;
  }
}
