import { html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { counted, grouped, percent, spoken } from '../../src/base/words';
import type { ChosenSamples, Order, ShownEvaluation } from '../../src/protocol/pages/evaluation';
import { Part } from '../base/part';
import { themeColors, watchDensity, watchTheme } from '../base/theme';
import {
  clamped,
  layOut,
  moved,
  type Place,
  placeAt,
  showing,
  WHOLE,
  type Window,
  zoomed,
} from './heatLayout';
import { type HeatColors, marginFor, paintHeat, shadesBetween } from './heatPainter';
import { type HeatOptions, type HeatValues, heatValues, USUAL_HEAT } from './heatValues';

const ORDER_WORDS: Record<Order, string> = {
  class: 'By class',
  error: 'Worst first',
  similarity: 'By likeness',
};

/** Pixels that the pointer may move within a click. */
const STILL = 4;
const ZOOM_STEP = 1.4;

/**
 * The confusion matrix as a picture: rows are true classes, columns are predictions.
 *
 * @fires open with the ChosenSamples of a cell, row or column
 * @fires options with the HeatOptions
 */
@customElement('scrawl-heat-map')
export class HeatMap extends Part {
  @property({ attribute: false }) shown!: ShownEvaluation;
  @property({ attribute: false }) options: HeatOptions = USUAL_HEAT;
  @state() private size = 0;
  @state() private window: Window = WHOLE;
  @state() private cursor: Place = { row: 0, column: 0 };
  @state() private pointer: Place | undefined;
  @state() private focused = false;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('.heat') private readonly heat!: HTMLElement;

  /** Cells that the last picture was made of. */
  cellsDrawn = 0;
  private values!: HeatValues;
  private colors: HeatColors | undefined;
  private frame = 0;
  /** Where the pointer went down, and the window then. */
  private drag: { x: number; y: number; window: Window; moved: boolean } | undefined;

  override firstUpdated(): void {
    new ResizeObserver(() => this.measure()).observe(this.heat);
    watchDensity(this, () => this.measure());
    watchTheme(this, () => this.takeColors());
    this.takeColors();
    // a page that is being zoomed may not zoom too
    this.heat.addEventListener('wheel', this.onWheel, { passive: false });
  }

  override render() {
    const at = this.pointer ?? (this.focused ? this.cursor : undefined);
    return html`${this.tools()}
      <p class="readout" role="status" aria-live=${this.focused ? 'polite' : 'off'}>
        ${at ? this.describe(at) : 'Rows are the truth, columns what it was taken for.'}
      </p>
      <div
        class="heat ${this.window.zoom > 1 ? 'zoomed' : ''}"
        tabindex="0"
        role="application"
        aria-roledescription="confusion matrix"
        aria-label="Confusion matrix. Arrows move from cell to cell, Enter shows its samples."
        @keydown=${this.onKey}
        @focus=${() => (this.focused = true)}
        @blur=${() => (this.focused = false)}
        @pointerdown=${this.onPointerDown}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.onPointerUp}
        @pointerleave=${() => (this.pointer = undefined)}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <p class="key">
        <i class="right" aria-hidden="true"></i>Read right <i class="wrong" aria-hidden="true"></i>Taken for
        another, from few to many
      </p>`;
  }

  private tools() {
    const { order, values, scale, hideRight } = this.options;
    return html`<div class="tools" role="toolbar" aria-label="Confusion matrix">
      ${this.select('Order of the classes', order, Object.entries(ORDER_WORDS), (chosen) =>
        this.choose({ order: chosen as Order }),
      )}
      ${this.select(
        'Values',
        values,
        [
          ['shares', 'Row shares'],
          ['counts', 'Counts'],
        ],
        (chosen) => this.choose({ values: chosen as HeatOptions['values'] }),
      )}
      ${this.select(
        'Scale',
        scale,
        [
          ['log', 'Log'],
          ['linear', 'Linear'],
        ],
        (chosen) => this.choose({ scale: chosen as HeatOptions['scale'] }),
      )}
      <label class="check" title="Hide correct answers">
        <input
          type="checkbox"
          .checked=${hideRight}
          @change=${(event: Event) => this.choose({ hideRight: (event.target as HTMLInputElement).checked })}
        />Errors only
      </label>
      <span class="space"></span>
      ${this.tool('Zoom Out (−)', 'zoom-out', () => this.zoomBy(1 / ZOOM_STEP), this.window.zoom === 1)}
      ${this.tool('Zoom In (+)', 'zoom-in', () => this.zoomBy(ZOOM_STEP))}
      ${this.tool('Show All (0)', 'screen-normal', () => (this.window = WHOLE), this.window.zoom === 1)}
    </div>`;
  }

  private select(
    label: string,
    value: string,
    choices: readonly (readonly [string, string])[],
    choose: (value: string) => void,
  ) {
    return html`<select
      aria-label=${label}
      title=${label}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${choices.map(
        ([each, text]) => html`<option value=${each} ?selected=${each === value}>${text}</option>`,
      )}
    </select>`;
  }

  private tool(label: string, icon: string, act: () => void, disabled = false) {
    return html`<button class="icon" title=${label} aria-label=${label} ?disabled=${disabled} @click=${act}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('shown') && !changed.has('options')) return;
    const names = this.hasUpdated ? this.names(this.cursor) : undefined;
    this.values = heatValues(this.shown, this.options);
    if (names) this.cursor = this.placeOf(names);
  }

  override updated(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  // --- places and their words

  private names({ row, column }: Place) {
    return { truth: this.values.names[row], predicted: this.values.names[column] };
  }

  /** Where a pair of classes stands now; the keyboard stays with it when the order changes. */
  private placeOf({ truth, predicted }: { truth: string | undefined; predicted: string | undefined }): Place {
    const { names } = this.values;
    const of = (name: string | undefined) => (name === undefined ? -1 : names.indexOf(name));
    const place = { row: of(truth), column: of(predicted) };
    return place.row < 0 && place.column < 0 ? { row: 0, column: 0 } : place;
  }

  private describe(place: Place): string {
    const { counts, totals, names } = this.values;
    const { truth, predicted } = this.names(place);
    if (truth === undefined) {
      const column = names.map((_, row) => counts[row * names.length + place.column] ?? 0);
      const total = column.reduce((a, b) => a + b, 0);
      const right = column[place.column] ?? 0;
      return `Taken for ${spoken(predicted ?? '')}: ${counted(total, 'sample')}, ${grouped(right)} rightly`;
    }
    const total = totals[place.row] ?? 0;
    const right = counts[place.row * names.length + place.row] ?? 0;
    if (predicted === undefined) {
      return `${spoken(truth)}: ${counted(total, 'sample')}, ${grouped(right)} read right${shareOf(right, total)}`;
    }
    const count = counts[place.row * names.length + place.column] ?? 0;
    const what =
      truth === predicted ? `${spoken(truth)} read right` : `${spoken(truth)} taken for ${spoken(predicted)}`;
    return `${what}: ${grouped(count)}${shareOf(count, total)}`;
  }

  private open(place: Place): void {
    const { truth, predicted } = this.names(place);
    const chosen: ChosenSamples | undefined =
      truth === undefined
        ? predicted === undefined
          ? undefined
          : { kind: 'predicted', name: predicted }
        : predicted === undefined
          ? { kind: 'truth', name: truth }
          : { kind: 'cell', truth, predicted };
    if (chosen) this.fire('open', chosen);
  }

  private choose(changed: Partial<HeatOptions>): void {
    this.fire('options', { ...this.options, ...changed });
  }

  // --- the keyboard

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.actionFor(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  private actionFor(key: string): (() => void) | undefined {
    const to = moved(this.cursor, key, this.values.names.length);
    if (to) return () => this.moveTo(to);
    switch (key) {
      case 'Enter':
      case ' ':
        return () => this.open(this.cursor);
      case '+':
      case '=':
        return () => this.zoomAtCursor(ZOOM_STEP);
      case '-':
        return () => this.zoomAtCursor(1 / ZOOM_STEP);
      case '0':
        return () => (this.window = WHOLE);
      default:
        return undefined;
    }
  }

  private moveTo(place: Place): void {
    this.pointer = undefined;
    this.cursor = place;
    this.window = showing(this.window, place, this.values.names.length);
  }

  private zoomAtCursor(factor: number): void {
    this.zoomBy(factor);
    this.window = showing(this.window, this.cursor, this.values.names.length);
  }

  private zoomBy(factor: number): void {
    this.window = zoomed(this.window, factor, { x: 0.5, y: 0.5 });
  }

  // --- the pointer

  private readonly onWheel = (event: WheelEvent): void => {
    // the wheel alone scrolls the page
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { x, y } = this.shareAt(event);
    this.window = zoomed(this.window, event.deltaY < 0 ? 1.2 : 1 / 1.2, { x, y });
  };

  private readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.drag = { x: event.clientX, y: event.clientY, window: this.window, moved: false };
    if (this.window.zoom > 1) this.heat.setPointerCapture(event.pointerId);
  };

  private readonly onPointerMove = (event: PointerEvent): void => {
    const { drag } = this;
    this.pointer = this.placeUnder(event);
    if (!drag || this.window.zoom === 1) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    drag.moved ||= Math.hypot(x, y) > STILL;
    if (!drag.moved) return;
    const whole = this.inner * drag.window.zoom;
    this.window = clamped({ ...drag.window, x: drag.window.x - x / whole, y: drag.window.y - y / whole });
  };

  private readonly onPointerUp = (event: PointerEvent): void => {
    const { drag } = this;
    this.drag = undefined;
    const place = this.placeUnder(event);
    if (!drag || drag.moved || !place) return;
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > STILL) return;
    this.cursor = place;
    this.open(place);
  };

  private placeUnder(event: MouseEvent): Place | undefined {
    const { left, top } = this.canvas.getBoundingClientRect();
    return placeAt(this.layout, event.clientX - left, event.clientY - top);
  }

  /** Where an event is, as a share of the picture without its names. */
  private shareAt(event: MouseEvent): { x: number; y: number } {
    const { left, top } = this.canvas.getBoundingClientRect();
    const { margin } = this.layout;
    const share = (at: number) => Math.min(Math.max((at - margin) / this.inner, 0), 1);
    return { x: share(event.clientX - left), y: share(event.clientY - top) };
  }

  // --- the picture

  private get layout() {
    const { names } = this.values;
    return layOut(names.length, this.size, marginFor(names), this.window);
  }

  private get inner(): number {
    return Math.max(1, this.size - this.layout.margin);
  }

  /** Matches the canvas to the screen's own pixels. */
  private measure(): void {
    const side = this.heat.clientWidth;
    if (side === 0) return;
    const density = window.devicePixelRatio;
    this.canvas.style.height = `${side}px`;
    this.canvas.width = this.canvas.height = Math.round(side * density);
    this.size = side;
    this.requestUpdate();
  }

  private takeColors(): void {
    this.colors = colorsOf(this);
    this.requestUpdate();
  }

  private paint(): void {
    const context = this.canvas.getContext('2d');
    const { colors, values, layout } = this;
    if (!context || !colors || this.size === 0) return;
    const at = this.pointer ?? (this.focused ? this.cursor : undefined);
    const scene = { layout, values, colors, at, focused: this.focused && !this.pointer };
    this.cellsDrawn = paintHeat(context, scene, window.devicePixelRatio);
  }
}

function shareOf(count: number, total: number): string {
  return total > 0 ? `, ${percent(count / total)} of ${grouped(total)}` : '';
}

function colorsOf(element: Element): HeatColors {
  const { color, mark, font } = themeColors(element);
  return {
    ground: color('editor-background', 'sideBar-background'),
    border: color('contrastBorder', 'widget-border', 'input-border'),
    right: shadesBetween(mark('right-least'), mark('right-most')),
    wrong: shadesBetween(mark('wrong-least'), mark('wrong-most')),
    onMark: mark('on-mark'),
    text: color('foreground'),
    faint: color('descriptionForeground', 'foreground'),
    focus: color('focusBorder', 'foreground'),
    font: `10px ${font}`,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-heat-map': HeatMap;
  }
}
