import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Ink, Picture, Point, Stroke } from '../../src/protocol/ink';
import { watchDensity, watchTheme } from '../theme';
import { type Fit, fit, type Size, toFrame } from './frame';
import { drawInk } from './inkRenderer';
import { drawPicture } from './networkPicture';
import { Pen, type PenListener, type PenPoint } from './pen';

/** A stroke, finished or under the pen, and the frame that its coordinates belong to. */
export interface StrokeDetail {
  stroke: Stroke;
  frame: Size;
}

const FALLBACK: Size = { width: 1, height: 1 };

/**
 * The paper: shows ink and takes strokes.
 *
 * @fires stroke-move while the pen is down (StrokeDetail)
 * @fires stroke-end when it was lifted (StrokeDetail)
 * @fires stroke-drop when what began as a stroke was none
 */
@customElement('scrawl-surface')
export class Surface extends LitElement implements PenListener {
  @property({ attribute: false }) ink: Ink = [];
  /** The frame of the ink; undefined where there is none yet: the next stroke's is the pad as it is then. */
  @property({ attribute: false }) frame: Size | undefined;

  /** The picture of a sample that lies on the paper until something is drawn. */
  @property({ attribute: false }) picture: Picture | undefined;

  @state() private live: Stroke | undefined;
  @state() private size = FALLBACK;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  private density = 1;
  /** The page's time at which the ink's own time is 0. */
  private started: number | undefined;
  private liveFrame: Size = FALLBACK;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-label', 'Drawing pad: draw a character with mouse, finger or pen');
    this.setAttribute('aria-keyshortcuts', 'Enter 1 2 3 4 5 Space Backspace Escape');
  }

  override firstUpdated(): void {
    new Pen(this, this);
    new ResizeObserver(() => this.measure()).observe(this.canvas);
    watchDensity(() => this.measure());
    watchTheme(() => this.requestUpdate());
  }

  override createRenderRoot(): this {
    return this;
  }

  override render() {
    const empty = this.ink.length === 0 && !this.live && !this.picture;
    return html`<canvas aria-hidden="true"></canvas>
      <span class="hint" ?hidden=${!empty} aria-hidden="true">Draw a character</span>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const context = this.canvas.getContext('2d');
    if (!context) return;
    drawInk(context, this.ink, this.live, this.place(), this.density);
    if (this.picture && !this.live && this.ink.length === 0) drawPicture(context, this.picture);
  }

  down(point: PenPoint): void {
    this.focus({ preventScroll: true });
    this.liveFrame = this.frame ?? this.size;
    if (this.ink.length === 0) this.started = point.time;
    // ink from before a reload: its time goes on
    else this.started ??= point.time - lastTime(this.ink);
    this.live = [this.inFrame(point)];
    this.tell('stroke-move');
  }

  move(points: PenPoint[]): void {
    this.live = [...(this.live ?? []), ...points.map((point) => this.inFrame(point))];
    this.tell('stroke-move');
  }

  up(): void {
    this.tell('stroke-end');
    this.live = undefined;
  }

  drop(): void {
    this.live = undefined;
    this.dispatchEvent(new CustomEvent('stroke-drop'));
  }

  private tell(type: 'stroke-move' | 'stroke-end'): void {
    if (!this.live) return;
    const detail: StrokeDetail = { stroke: this.live, frame: this.liveFrame };
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  private inFrame({ x, y, time, pressure }: PenPoint): Point {
    const [frameX, frameY] = toFrame(fit(this.liveFrame, this.size), x, y);
    const place = [rounded(frameX), rounded(frameY), Math.round(time - (this.started ?? time))] as const;
    return pressure === undefined ? [...place] : [...place, rounded(pressure)];
  }

  private place(): Fit {
    return fit(this.live ? this.liveFrame : (this.frame ?? this.size), this.size);
  }

  /** Matches the canvas to the screen's own pixels: it is sharp on every screen. */
  private measure(): void {
    const { width, height } = this.canvas.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    this.density = window.devicePixelRatio;
    this.canvas.width = Math.round(width * this.density);
    this.canvas.height = Math.round(height * this.density);
    this.size = { width, height };
    this.requestUpdate();
  }
}

/** A hundredth of a pixel is more than any digitiser tells. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function lastTime(ink: Ink): number {
  return ink.at(-1)?.at(-1)?.[2] ?? 0;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-surface': Surface;
  }
  interface HTMLElementEventMap {
    'stroke-move': CustomEvent<StrokeDetail>;
    'stroke-end': CustomEvent<StrokeDetail>;
    'stroke-drop': CustomEvent;
  }
}
