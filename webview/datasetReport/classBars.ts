import { html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { SPLIT_NAMES } from '../../src/base/split';
import { counted, grouped, spoken } from '../../src/base/words';
import type { ReportedDataset, ShownReport } from '../../src/protocol/pages/datasetReport';
import '../base/grayPicture';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import { type CountedClass, type Order, orderedClasses, ORDERS } from './order';

const ORDER_WORDS: Record<Order, string> = {
  class: 'As in the dataset',
  fewest: 'Fewest samples first',
  most: 'Most samples first',
};

/** Classes that show until more are asked for. */
const FIRST = 200;

/**
 * The classes with their mean pictures, and a bar of their samples, split by split.
 *
 * @fires order with the Order that is wanted
 * @fires open with the index of a class whose samples are wanted
 */
@customElement('scrawl-class-bars')
export class ClassBars extends Part {
  @property({ attribute: false }) reported!: ReportedDataset;
  @property({ attribute: false }) means: ShownReport['means'];
  @property() order: Order = 'class';
  @state() private all = false;
  /** The row that the keyboard is at. */
  @state() private at = 0;

  override render() {
    const { reported, order, all } = this;
    const classes = orderedClasses(reported, order);
    const shown = all ? classes : classes.slice(0, FIRST);
    const most = Math.max(1, ...classes.map(({ total }) => total));
    const isLong = reported.classes.some((name) => name.length > 2);
    const left = classes.length - shown.length;
    return html`<section aria-labelledby="classes">
      <div class="head">
        <h2 id="classes">${reported.texts ? 'Texts' : 'Classes'}</h2>
        ${this.legend()}
        <select
          class="control"
          aria-label="Order"
          @change=${(event: Event) => this.fire('order', (event.target as HTMLSelectElement).value)}
        >
          ${ORDERS.map((each) => html`<option value=${each} ?selected=${each === order}>${ORDER_WORDS[each]}</option>`)}
        </select>
      </div>
      <ul class="classes ${isLong ? 'long' : ''}" @keydown=${this.onKey}>
        ${shown.map((each, row) => this.row(each, row, most))}
      </ul>
      ${
        left > 0
          ? html`<button class="control" @click=${() => (this.all = true)}>
              Show ${grouped(left)} More
            </button>`
          : nothing
      }
    </section>`;
  }

  private legend() {
    const { splits } = this.reported;
    if (splits.length < 2) return nothing;
    return html`<ul class="legend" aria-label="Splits">
      ${splits.map(
        ({ split }) =>
          html`<li><span class="swatch ${split}" aria-hidden="true"></span>${SPLIT_NAMES[split]}</li>`,
      )}
    </ul>`;
  }

  private row({ index, name, counts, total }: CountedClass, row: number, most: number) {
    const { splits } = this.reported;
    const bySplit = splits
      .map(({ split }, at) => `${SPLIT_NAMES[split]} ${grouped(counts[at] ?? 0)}`)
      .join(', ');
    const detail = splits.length > 1 ? `: ${bySplit}` : '';
    return html`<li>
      <button
        class="class"
        tabindex=${this.at === row ? 0 : -1}
        title="${counted(total, 'sample')}${detail}"
        aria-label="${spoken(name)}, ${counted(total, 'sample')}${detail}"
        ?disabled=${total === 0}
        @focus=${() => (this.at = row)}
        @click=${() => this.fire('open', index)}
      >
        ${this.mean(index)}<span class="name">${name}</span>
        <svg class="bar" viewBox="0 0 ${most} 1" preserveAspectRatio="none" aria-hidden="true">
          ${splits.map(({ split }, at) => {
            const before = counts.slice(0, at).reduce((sum, count) => sum + count, 0);
            return svg`<rect class=${split} x=${before} width=${counts[at] ?? 0} height="1"></rect>`;
          })}
        </svg>
        <span class="count">${total === 0 ? '–' : grouped(total)}</span>
      </button>
    </li>`;
  }

  private mean(index: number) {
    const { means } = this;
    if (!means) return nothing;
    const { width, height, pixels } = means;
    const picture = {
      width,
      height,
      pixels: pixels.subarray(index * width * height, (index + 1) * width * height),
    };
    return html`<scrawl-gray-picture ink .picture=${picture}></scrawl-gray-picture>`;
  }

  /** Arrows walk the rows. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = [...this.querySelectorAll<HTMLButtonElement>('.class:enabled')];
    const at = rows.indexOf(event.target as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = to === undefined ? undefined : rows[to];
    takeKey(event, row && (() => row.focus()));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-class-bars': ClassBars;
  }
}
