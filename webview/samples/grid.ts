import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Part } from '../base/part';
import { watchDensity, watchTheme } from '../base/theme';
import type { CellList } from './cells';
import { type Colors, colorsOf } from './colors';
import { moved, moveFor } from './keys';
import { DEFAULT_ZOOM, type Layout, layOut, placeAt, topOf, visiblePlaces } from './layout';
import { Painter } from './painter';
import { ScrollRange } from './scrollRange';
import { Selection } from './selection';

/** A sample's place in the list, and how far it is from the top of the window: what zooming keeps where it is. */
interface Anchor {
  place: number;
  below: number;
}

/**
 * The samples of a list on one canvas, however many there are. The scrollbar is the browser's own; what it scrolls is
 * empty.
 *
 * @fires select with the Selection
 * @fires move with the place that the keyboard is at
 * @fires open when a sample is to be looked at (place)
 */
@customElement('scrawl-grid')
export class Grid extends Part {
  @property({ attribute: false }) list!: CellList;
  /** What is said where there is no sample. */
  @property() empty = '';
  /** Keys that do something with what is chosen, as ARIA names them. */
  @property() shortcuts = '';
  @property({ attribute: false }) selection = Selection.NONE;
  /** The place that the keyboard is at. */
  @property({ type: Number }) current = 0;
  /** Height of a picture in CSS pixels. */
  @property({ type: Number }) zoom = DEFAULT_ZOOM;
  /** Whether it has the keyboard where nothing else on the page took it. */
  @property({ attribute: false }) takesKeyboard = true;

  @state() private size = { width: 0, height: 0 };
  @state() private focused = false;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('.window') private readonly window!: HTMLElement;
  @query('.spacer') private readonly spacer!: HTMLElement;

  private layout: Layout = layOut(0, DEFAULT_ZOOM, 0);
  private range = new ScrollRange(0, 0);
  /** How far the rows are scrolled, in CSS pixels. */
  private offset = 0;
  /** Where the scrollbar was put, rather than dragged. */
  private putTo = 0;
  private colors: Colors | undefined;
  private painter: Painter | undefined;
  /** The place that a range chosen with Shift starts from. */
  private pivot = 0;
  private frame = 0;
  private wanted: { place: number } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('focus', this.takeKeyboard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('focus', this.takeKeyboard);
  }

  override firstUpdated(): void {
    this.takeKeyboard();
    new ResizeObserver(() => this.measure()).observe(this.window);
    watchDensity(this, () => this.measure());
    watchTheme(this, () => this.takeColors());
    this.takeColors();
  }

  override render() {
    const { total, name } = this.list;
    return html`<div
        class="window"
        tabindex="0"
        role="grid"
        aria-label=${name}
        aria-multiselectable="true"
        aria-rowcount=${this.layout.rows}
        aria-colcount=${this.layout.columns}
        aria-activedescendant=${total > 0 ? 'current-sample' : nothing}
        aria-keyshortcuts=${this.shortcuts}
        @scroll=${this.onScroll}
        @wheel=${this.onWheel}
        @pointerdown=${this.onPointerDown}
        @pointermove=${this.onPointerMove}
        @dblclick=${this.onDoubleClick}
        @keydown=${this.onKey}
        @focus=${() => (this.focused = true)}
        @blur=${() => (this.focused = false)}
      >
        <canvas aria-hidden="true"></canvas>
        <div class="spacer" role="presentation">${total > 0 ? this.currentCell() : nothing}</div>
      </div>
      ${total === 0 ? html`<p class="nothing">${this.empty}</p>` : nothing}`;
  }

  /** The only cell that a screen reader needs: the one that the keyboard is at. */
  private currentCell() {
    const { columns } = this.layout;
    const row = Math.floor(this.current / columns);
    const cell = this.list.cell(this.current);
    return html`<div role="row" aria-rowindex=${row + 1}>
      <div
        id="current-sample"
        role="gridcell"
        class="hidden"
        aria-colindex=${(this.current % columns) + 1}
        aria-selected=${this.selection.has(this.current)}
        aria-label=${cell?.description ?? 'loading'}
      ></div>
    </div>`;
  }

  override willUpdate(changed: PropertyValues): void {
    const { width, height } = this.list;
    const before = changed.get('list') as CellList | undefined;
    if (!this.painter || (before && (before.width !== width || before.height !== height))) {
      this.painter = new Painter(width, height);
    }
    if (changed.has('zoom') || changed.has('size') || changed.has('list')) this.layOutAgain();
  }

  override updated(): void {
    this.spacer.style.height = `${this.range.spacerHeight}px`;
    if (this.wanted && this.size.height > 0) {
      this.scrollRowsTo(topOf(this.layout, Math.floor(this.wanted.place / this.layout.columns)) - 8);
      this.wanted = undefined;
    } else this.putScrollbar();
    this.repaint();
  }

  /** Draws anew in the next frame: a page came, or colors changed. */
  repaint(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  /** The first place that shows; what a reload comes back to. */
  get top(): number {
    return this.wanted?.place ?? this.anchor().place;
  }

  /** Shows a place at the top of the window. */
  showAtTop(place: number): void {
    this.wanted = { place };
    this.requestUpdate();
  }

  /** Puts the keyboard at a place, chooses it, and shows it. */
  goTo(place: number): void {
    this.pivot = place;
    this.fire('select', Selection.of(place));
    this.fire('move', place);
    this.reveal(place);
  }

  override focus(): void {
    this.window.focus();
  }

  /** A tab that has just opened, or come back, has the keyboard: where nothing in it took that, the samples do. */
  private readonly takeKeyboard = (): void => {
    if (this.takesKeyboard && document.hasFocus() && document.activeElement === document.body) this.focus();
  };

  // --- scrolling

  private layOutAgain(): void {
    const anchor = this.anchor();
    const { width, height } = this.size;
    const aspect = Math.max(1, this.list.width / this.list.height);
    this.layout = layOut(this.list.total, this.zoom, width, this.list.lines, aspect);
    this.range = new ScrollRange(this.layout.height, height);
    const top = topOf(this.layout, Math.floor(anchor.place / this.layout.columns));
    this.offset = this.range.clamped(anchor.place === 0 ? 0 : top - anchor.below);
  }

  private anchor(): Anchor {
    const row = Math.max(0, Math.floor((this.offset - topOf(this.layout, 0)) / this.layout.cellHeight));
    const place = Math.min(row * this.layout.columns, Math.max(0, this.list.total - 1));
    return { place, below: Math.max(0, topOf(this.layout, row) - this.offset) };
  }

  private scrollRowsTo(offset: number): void {
    this.offset = this.range.clamped(offset);
    this.putScrollbar();
    this.repaint();
  }

  private putScrollbar(): void {
    this.window.scrollTop = this.range.toScrollTop(this.offset);
    this.putTo = this.window.scrollTop;
  }

  private readonly onScroll = (): void => {
    const { scrollTop } = this.window;
    if (scrollTop !== this.putTo) {
      this.putTo = scrollTop;
      this.offset = this.range.toOffset(scrollTop);
      this.fire('scrolled');
    }
    this.repaint();
  };

  private readonly onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey) {
      event.preventDefault();
      this.fire('zoom', event.deltaY < 0 ? 1 : -1);
    } else if (this.range.compressed) {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.layout.cellHeight / 2 : 1;
      this.scrollRowsTo(this.offset + event.deltaY * unit);
      this.fire('scrolled');
    }
  };

  private reveal(place: number): void {
    const top = topOf(this.layout, Math.floor(place / this.layout.columns));
    const bottom = top + this.layout.cellHeight;
    if (top < this.offset) this.scrollRowsTo(top - 8);
    else if (bottom > this.offset + this.size.height) this.scrollRowsTo(bottom + 8 - this.size.height);
    this.fire('scrolled');
  }

  // --- the mouse

  private readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const place = this.placeUnder(event);
    if (place === undefined) return;
    this.window.focus();
    this.choose(place, event.shiftKey, event.ctrlKey || event.metaKey);
  };

  private readonly onPointerMove = (event: PointerEvent): void => {
    const place = this.placeUnder(event);
    this.window.title = (place === undefined ? undefined : this.list.cell(place)?.description) ?? '';
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const place = this.placeUnder(event);
    if (place !== undefined) this.fire('open', place);
  };

  private placeUnder(event: MouseEvent): number | undefined {
    const { left, top } = this.canvas.getBoundingClientRect();
    // the scrollbar lies beside the canvas
    if (event.clientX - left > this.size.width) return undefined;
    return placeAt(this.layout, this.offset, event.clientX - left, event.clientY - top, this.list.total);
  }

  // --- the keyboard

  private readonly onKey = (event: KeyboardEvent): void => {
    if (this.list.total === 0) return;
    const move = moveFor(event);
    if (move) {
      event.preventDefault();
      const { columns, cellHeight } = this.layout;
      const rows = Math.floor(this.size.height / cellHeight);
      const place = moved(this.current, move, columns, rows, this.list.total);
      const onlyMove = (event.ctrlKey || event.metaKey) && move.type === 'by';
      if (onlyMove) this.fire('move', place);
      else this.choose(place, event.shiftKey, false);
      this.reveal(place);
    } else if (event.key === ' ') {
      event.preventDefault();
      this.choose(this.current, event.shiftKey, true);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.fire('open', this.current);
    }
  };

  /** Chooses a place: alone, up to it from the pivot, or besides the others. */
  private choose(place: number, upTo: boolean, besides: boolean): void {
    if (upTo) {
      const range = Selection.of(this.pivot, place);
      this.fire('select', besides ? this.selection.add(this.pivot, place) : range);
    } else {
      this.pivot = place;
      this.fire('select', besides ? this.selection.toggle(place) : Selection.of(place));
    }
    this.fire('move', place);
  }

  // --- the picture

  /** Matches the canvas to the screen's own pixels. */
  private measure(): void {
    const width = this.window.clientWidth;
    const height = this.window.clientHeight;
    if (width === 0 || height === 0) return;
    this.canvas.style.height = `${height}px`;
    this.canvas.style.marginBottom = `${-height}px`;
    this.canvas.width = Math.round(width * window.devicePixelRatio);
    this.canvas.height = Math.round(height * window.devicePixelRatio);
    this.size = { width, height };
  }

  private takeColors(): void {
    this.colors = colorsOf(this);
    this.repaint();
  }

  private paint(): void {
    const context = this.canvas.getContext('2d');
    const { layout, offset, list, selection, colors, painter } = this;
    const { width, height } = this.size;
    if (!context || !colors || !painter || height === 0) return;
    const [first, last] = visiblePlaces(layout, offset, height, list.total);
    list.pages.need(first, last);
    const current = this.focused ? this.current : undefined;
    const scene = { layout, offset, width, height, list, selection, colors, current };
    painter.paint(context, scene, window.devicePixelRatio);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-grid': Grid;
  }
}
