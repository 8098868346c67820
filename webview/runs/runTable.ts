import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { accuracyPercent, counted } from '../../src/base/words';
import type { RunRow } from '../../src/protocol/pages/runs';
import { takeKey } from '../base/keys';
import { Part } from '../base/part';
import { sortArrow, sortOrder } from '../base/sorting';
import type { RunStyle } from '../curves/lines';
import { swatch } from '../curves/swatch';
import type { Item } from './arrange';
import type { Column, Value } from './columns';

/** CSS pixels, as in runs.css. */
const ROW = 26;
/** Rows that are made beyond those on screen, at either end. */
const SPARE = 8;
/** A column is as wide as its longest text, within these, characters. */
const NARROWEST = 6;
const WIDEST = 28;
/** CSS pixels of a character, and beside the text. */
const CHARACTER = 7.4;
const PADDING = 20;
/** What stands before a run's name and behind it. */
const AROUND_NAME = 124;

/**
 * The table of runs. However many there are, only the rows on screen are made. The keyboard goes through it by arrows;
 * Space compares a run, Enter opens it, R repeats it. The headers, which sort, are reached by Tab.
 *
 * @fires sort with a column's key
 * @fires fold with a group's name
 * @fires pick with `{ run, picked }`
 * @fires open with a run's id
 * @fires repeat with a run's id
 */
@customElement('scrawl-run-table')
export class RunTable extends Part {
  @property({ attribute: false }) items: readonly Item[] = [];
  @property({ attribute: false }) columns: readonly Column[] = [];
  @property() sort = '';
  @property({ type: Boolean }) descending = false;
  /** Of the runs that are compared, by id. */
  @property({ attribute: false }) styles: ReadonlyMap<string, RunStyle> = new Map();
  /** Whether another run can be added to the comparison. */
  @property({ type: Boolean }) full = false;
  /** What most runs have, by the keys of the columns in which they differ. */
  @property({ attribute: false }) usual: ReadonlyMap<string, Value> = new Map();
  /** Runs that a value is marked of where it is unlike what most have; all where it is empty. */
  @property({ attribute: false }) marked: ReadonlySet<string> = new Set();

  /** The line that the keyboard is at; it goes with its run when runs come or are sorted. */
  @state() private at = 0;
  @state() private top = 0;
  @state() private height = 600;
  @query('.window') private readonly screen!: HTMLElement;
  private readonly resized = new ResizeObserver(() => (this.height = this.screen.clientHeight));

  override firstUpdated(): void {
    this.resized.observe(this.screen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('items')) return;
    const before = (changed.get('items') ?? [])[this.at];
    const same = before ? this.items.findIndex((item) => nameOf(item) === nameOf(before)) : -1;
    this.at = same >= 0 ? same : Math.min(this.at, Math.max(0, this.items.length - 1));
  }

  override render() {
    const { items, columns } = this;
    const first = Math.max(0, Math.floor(this.top / ROW) - SPARE);
    const shown = items.slice(first, Math.ceil((this.top + this.height) / ROW) + SPARE);
    return html`<div
      class="window"
      role="grid"
      tabindex="0"
      aria-label="Runs"
      aria-multiselectable="true"
      aria-rowcount=${items.length + 1}
      aria-colcount=${columns.length}
      aria-activedescendant=${shown.includes(items[this.at] as Item) ? `row-${this.at}` : nothing}
      @scroll=${() => (this.top = this.screen.scrollTop)}
      @keydown=${(event: KeyboardEvent) => takeKey(event, this.actionOf(event))}
    >
      <div class="row head" role="row" aria-rowindex="1">${columns.map((column) => this.header(column))}</div>
      <div class="lines" role="rowgroup">
        ${shown.map((item, index) =>
          item.kind === 'run' ? this.run(item.row, first + index) : this.group(item, first + index),
        )}
      </div>
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    const lines = this.querySelector<HTMLElement>('.lines');
    if (!lines) return;
    const first = Math.max(0, Math.floor(this.top / ROW) - SPARE);
    lines.style.paddingTop = `${first * ROW}px`;
    lines.style.height = `${this.items.length * ROW}px`;
    if (changed.has('items') || changed.has('columns')) {
      this.screen.style.setProperty('--columns', this.widths().join(' '));
    }
  }

  private header({ key, label, isNumber }: Column) {
    const order = sortOrder(this.sort === key, this.descending);
    return html`<div class="cell ${isNumber ? 'number' : ''} ${key}" role="columnheader" aria-sort=${order}>
      <button title="Sort by ${label}" @click=${() => this.fire('sort', key)}>
        <span class="text">${label}</span>${sortArrow(order)}
      </button>
    </div>`;
  }

  private run(row: RunRow, index: number) {
    const style = this.styles.get(row.id);
    return html`<div
      class="row ${index === this.at ? 'active' : ''}"
      id="row-${index}"
      role="row"
      aria-rowindex=${index + 2}
      aria-selected=${style !== undefined}
      @click=${() => (this.at = index)}
      @dblclick=${() => this.fire('open', row.id)}
    >
      ${this.columns.map((column) => (column.key === 'name' ? this.name(row, style) : this.cell(row, column)))}
    </div>`;
  }

  private name(row: RunRow, style: RunStyle | undefined) {
    const { id, name, message } = row;
    return html`<div class="cell name" role="gridcell" title=${message ?? name}>
      <input
        type="checkbox"
        tabindex="-1"
        aria-label="Compare ${name}"
        .checked=${style !== undefined}
        ?disabled=${style === undefined && this.full}
        @change=${(event: Event) =>
          this.fire('pick', { run: id, picked: (event.target as HTMLInputElement).checked })}
      />
      <span class="swatch">${style ? swatch(style) : nothing}</span>
      <span class="text">${name}</span>
      <span class="buttons">
        ${button('Open Curves', 'graph-line', name, () => this.fire('open', id))}
        ${button('Repeat…', 'debug-rerun', name, () => this.fire('repeat', id))}
      </span>
    </div>`;
  }

  private cell(row: RunRow, { key, text, value, isNumber }: Column) {
    const words = text(row);
    const differs =
      this.usual.has(key) &&
      value(row) !== this.usual.get(key) &&
      (this.marked.size === 0 || this.marked.has(row.id));
    return html`<div
      class="cell ${isNumber ? 'number' : ''} ${differs ? 'differs' : ''}"
      role="gridcell"
      title=${differs ? `${words}: unlike the others` : words}
    >
      <span class="text">${words}</span
      >${differs ? html`<span class="hidden"> unlike the others</span>` : nothing}
    </div>`;
  }

  private group({ name, rows, folded }: Extract<Item, { kind: 'group' }>, index: number) {
    const best = Math.max(...rows.flatMap(({ accuracy }) => accuracy ?? []));
    const facts = [counted(rows.length, 'run'), ...(best > 0 ? [`best ${accuracyPercent(best)}`] : [])];
    return html`<div
      class="row group ${index === this.at ? 'active' : ''}"
      id="row-${index}"
      role="row"
      aria-rowindex=${index + 2}
      aria-expanded=${!folded}
      @click=${() => {
        this.at = index;
        this.fire('fold', name);
      }}
    >
      <div class="cell" role="gridcell" aria-colspan=${this.columns.length}>
        <span class="codicon codicon-chevron-${folded ? 'right' : 'down'}" aria-hidden="true"></span>
        <span class="text">${name || '–'}</span><span class="facts">${facts.join(' · ')}</span>
      </div>
    </div>`;
  }

  // --- the keyboard

  private actionOf(event: KeyboardEvent): (() => void) | undefined {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.screen) return undefined;
    const page = Math.max(1, Math.floor(this.height / ROW) - 2);
    const last = this.items.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: this.at + 1,
      ArrowUp: this.at - 1,
      PageDown: this.at + page,
      PageUp: this.at - page,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) return () => this.moveTo(Math.min(Math.max(to, 0), last));
    const item = this.items[this.at];
    if (item?.kind === 'group') {
      return [' ', 'Enter'].includes(event.key) ? () => this.fire('fold', item.name) : undefined;
    }
    return item && this.runAction(item.row.id, event.key);
  }

  private runAction(id: string, key: string): (() => void) | undefined {
    const actions: Record<string, () => void> = {
      ' ': () => this.fire('pick', { run: id, picked: !this.styles.has(id) }),
      Enter: () => this.fire('open', id),
      r: () => this.fire('repeat', id),
    };
    return actions[key];
  }

  private moveTo(line: number): void {
    this.at = line;
    const { screen } = this;
    // the head covers a row
    const room = screen.clientHeight - ROW;
    if (line * ROW < screen.scrollTop) screen.scrollTop = line * ROW;
    else if ((line + 1) * ROW > screen.scrollTop + room) screen.scrollTop = (line + 1) * ROW - room;
  }

  /** Of each column, wide enough for its texts. */
  private widths(): string[] {
    const rows = this.items.flatMap((item) => (item.kind === 'run' ? item.row : []));
    return this.columns.map(({ key, label, text }) => {
      const longest = rows.reduce((most, row) => Math.max(most, text(row).length), label.length + 2);
      const characters = Math.min(Math.max(longest, NARROWEST), WIDEST);
      return `${Math.round(characters * CHARACTER + PADDING + (key === 'name' ? AROUND_NAME : 0))}px`;
    });
  }
}

/** What stays the same of an item when others come or go. */
function nameOf(item: Item): string {
  return item.kind === 'run' ? `run ${item.row.id}` : `group ${item.name}`;
}

function button(label: string, icon: string, name: string, act: () => void) {
  return html`<button class="icon" tabindex="-1" title=${label} aria-label="${label}: ${name}" @click=${act}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-run-table': RunTable;
  }
}
