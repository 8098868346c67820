import { html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import uPlot from 'uplot';
import { Part } from '../base/part';
import { watchTheme } from '../base/theme';
import { type Line, WIDTHS } from './lines';

/** First and last epoch that show. */
export type Range = readonly [from: number, to: number];

/** Share of what shows by which a key moves the cursor, and by which it zooms. */
const STEP = 1 / 40;
const ZOOM = 0.5;
/** The narrowest range that can be zoomed to, epochs. */
const NARROWEST = 1e-4;

/** uPlot's name for this kind of scale is there for the compiler only. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const LOGARITHMIC: uPlot.Scale = { distr: 3 };

/**
 * Curves over the epochs. Tells of the epoch under the pointer or the keyboard's cursor (`hover`) and of the range that
 * was zoomed to (`zoom`), and follows both when its owner sets them.
 */
@customElement('scrawl-chart')
export class Chart extends Part {
  @property() heading = '';
  @property({ attribute: false }) lines: readonly Line[] = [];
  @property({ attribute: false }) range: Range | undefined;
  /** All that there is, where nothing is zoomed. */
  @property({ attribute: false }) whole: Range = [0, 1];
  /** The epoch at which values are read. */
  @property({ attribute: false }) at: number | undefined;
  @property({ type: Boolean }) log = false;
  @property({ type: Number }) height = 130;
  @property({ attribute: false }) format: (value: number) => string = String;
  @query('.plot') private readonly holder!: HTMLElement;

  private plot: uPlot | undefined;
  /** What the plot was made for: other lines or another scale need another one. */
  private shape = '';
  private readonly resized = new ResizeObserver(() => this.fit());
  private following = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.plot?.destroy();
  }

  override render() {
    return html`<h2>${this.heading}</h2>
      <div
        class="plot"
        tabindex="0"
        role="application"
        aria-roledescription="chart"
        aria-label="${this.heading}: arrow keys read values, plus and minus zoom, Shift and arrow keys move, 0 shows all"
        @keydown=${(event: KeyboardEvent) => this.key(event)}
        @dblclick=${() => this.fire('zoom', null)}
      ></div>`;
  }

  override firstUpdated(): void {
    this.resized.observe(this.holder);
    watchTheme(this, () => this.plot?.redraw(false));
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('lines') || changed.has('log') || changed.has('range') || changed.has('whole'))
      this.draw();
    if (changed.has('at')) this.follow();
  }

  private draw(): void {
    const { lines } = this;
    const shape = JSON.stringify([this.log, lines.map(({ label, style, look }) => [label, style, look])]);
    const data = this.data();
    if (this.plot && shape === this.shape) {
      this.plot.setData(data);
      return;
    }
    this.shape = shape;
    this.plot?.destroy();
    this.plot = new uPlot(this.options(), data, this.holder);
    this.follow();
  }

  /** The lines on one axis; where a line has no point is a gap that is drawn over. */
  private data(): uPlot.AlignedData {
    const positive = (y: readonly number[]) => (this.log ? y.map((value) => (value > 0 ? value : null)) : y);
    const tables = this.lines.map(({ x, y }) => [[...x], [...positive(y)]] as uPlot.AlignedData);
    return tables.length > 0 ? uPlot.join(tables) : [[]];
  }

  private options(): uPlot.Options {
    const grid = { stroke: () => this.color('--vscode-scrawl-grid', 0.15), width: 1 };
    const axis = {
      stroke: () => this.color('--vscode-descriptionForeground'),
      font: `11px ${getComputedStyle(this).fontFamily}`,
      grid,
      ticks: { ...grid, size: 4 },
    };
    return {
      width: Math.max(this.holder.clientWidth, 40),
      height: this.height,
      legend: { show: false },
      padding: [6, 6, 0, 0],
      scales: {
        x: { time: false, range: () => [...(this.range ?? this.whole)] as [number, number] },
        ...(this.log && { y: LOGARITHMIC }),
      },
      axes: [
        { ...axis, size: 22, gap: 2, space: 40 },
        {
          ...axis,
          size: 44,
          gap: 2,
          space: 22,
          values: (_plot, values) => values.map((each) => this.tick(each)),
        },
      ],
      series: [{}, ...this.lines.map((line) => this.series(line))],
      cursor: {
        y: false,
        // a line often has no point just there: the list of runs says what is read
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
      },
      hooks: {
        setCursor: [(plot) => this.hovered(plot)],
        setSelect: [(plot) => this.selected(plot)],
      },
    };
  }

  private tick(value: number | null): string {
    return value === null ? '' : this.format(value);
  }

  private series({ style, look }: Line): uPlot.Series {
    const stroke = () => this.color(style.color);
    return {
      stroke,
      width: WIDTHS[look],
      // a thin line lies under its average, which is the one that is told apart
      dash: look === 'thin' ? [] : [...style.dash],
      spanGaps: true,
      points: { show: look === 'marked', size: 6, fill: stroke, stroke, width: 1 },
    };
  }

  /** A theme's color as the canvas takes it. */
  private color(variable: string, alpha = 1): string {
    const { style } = this.holder;
    style.color = `var(${variable}, var(--vscode-foreground))`;
    const color = getComputedStyle(this.holder).color;
    style.color = '';
    return alpha === 1 ? color : `color-mix(in srgb, ${color} ${100 * alpha}%, transparent)`;
  }

  private fit(): void {
    const width = this.holder.clientWidth;
    if (this.plot && width > 0 && width !== this.plot.width)
      this.plot.setSize({ width, height: this.height });
  }

  // --- reading and zooming

  private hovered(plot: uPlot): void {
    if (this.following) return;
    const { left } = plot.cursor;
    const at = left === undefined || left < 0 ? null : plot.posToVal(left, 'x');
    if (at !== (this.at ?? null)) this.fire('hover', at);
  }

  /** Puts the cursor where another chart, or a key, has it. */
  private follow(): void {
    const { plot, at } = this;
    if (!plot) return;
    this.following = true;
    const left = at === undefined ? -10 : plot.valToPos(at, 'x');
    plot.setCursor({ left, top: at === undefined ? -10 : 1 }, false);
    this.following = false;
  }

  private selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    const range: Range = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoomTo(range);
  }

  private key(event: KeyboardEvent): void {
    const [from, to] = this.range ?? this.whole;
    const at = this.at ?? to;
    const step = (to - from) * STEP;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => (event.shiftKey ? this.move(-4 * step) : this.read(at - step)),
      ArrowRight: () => (event.shiftKey ? this.move(4 * step) : this.read(at + step)),
      Home: () => this.read(from),
      End: () => this.read(to),
      '+': () => this.zoomAround(at, ZOOM),
      '=': () => this.zoomAround(at, ZOOM),
      '-': () => this.zoomAround(at, 1 / ZOOM),
      '0': () => this.fire('zoom', null),
      Escape: () => (this.range ? this.fire('zoom', null) : this.fire('hover', null)),
    };
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  private read(at: number): void {
    const [from, to] = this.range ?? this.whole;
    this.fire('hover', Math.min(Math.max(at, from), to));
  }

  private move(by: number): void {
    if (!this.range) return;
    const [from, to] = this.range;
    const [first, last] = this.whole;
    const kept = Math.min(Math.max(by, first - from), last - to);
    this.zoomTo([from + kept, to + kept]);
  }

  private zoomAround(at: number, factor: number): void {
    const [from, to] = this.range ?? this.whole;
    this.zoomTo([at - (at - from) * factor, at + (to - at) * factor]);
  }

  private zoomTo([from, to]: Range): void {
    const [first, last] = this.whole;
    const range: Range = [Math.max(from, first), Math.min(to, last)];
    if (range[0] <= first && range[1] >= last) this.fire('zoom', null);
    else if (range[1] - range[0] >= NARROWEST) this.fire('zoom', range);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-chart': Chart;
  }
}
