import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Ink, Picture, Point, Stroke } from '../../src/protocol/ink';
import { Part } from '../base/part';
import { watchDensity, watchTheme } from '../base/theme';
import { boxOf, heightOf, widthOf } from './box';
import { type Fit, fit, type Place, type Size, toFrame } from './frame';
import './guideLines';
import { drawInk } from './inkRenderer';
import { type Letter, spread } from './letters';
import { drawPicture } from './networkPicture';
import { Pen, type PenListener, type PenPoint } from './pen';
import './readingLine';
import type { ReadingLine } from './readingLine';
import { READING_HEIGHT, rule } from './ruling';
import { Slide } from './slide';

/** A stroke, finished or under the pen, and the frame that its coordinates belong to. */
export interface StrokeDetail {
  stroke: Stroke;
  frame: Size;
}

/** A character of the reading that was tapped, and where it stands, in CSS pixels from the paper's corner. */
export interface LetterDetail {
  at: number;
  place: Place;
}

const FALLBACK: Size = { width: 1, height: 1 };
const ORIGIN: Place = { x: 0, y: 0 };
/** Least distance of characters of the reading, in CSS pixels. */
const LETTER_WIDTH = 9;
/** Pixels that the pen moves in a tap at most. */
const TAP = 5;

/**
 * The paper: shows ink with its guide lines and what it is read as, and takes strokes.
 *
 * @fires stroke-move while the pen is down (StrokeDetail)
 * @fires stroke-end when it was lifted (StrokeDetail)
 * @fires stroke-drop when what began as a stroke was none
 * @fires erase-end when the pen's other end was lifted (StrokeDetail)
 * @fires letter-tap on a character of the reading (LetterDetail)
 * @fires letter-delete with the place of a character
 * @fires scroll-by when a wheel turns (Place)
 */
@customElement('scrawl-surface')
export class Surface extends Part implements PenListener {
  @property({ attribute: false }) ink: Ink = [];
  /** The frame of the ink; undefined where there is none yet: the next stroke's is the pad as it is then. */
  @property({ attribute: false }) frame: Size | undefined;
  /** The corner of the frame that is in sight. */
  @property({ attribute: false }) offset = ORIGIN;
  @property({ type: Boolean }) guideLines = false;
  @property({ type: Boolean }) penOnly = false;
  @property({ attribute: false }) letters: readonly Letter[] = [];
  /** Whether the reading is likely enough not to look doubtful. */
  @property({ type: Boolean }) sure = false;
  /** The character whose alternatives are shown. */
  @property({ attribute: false }) openLetter: number | undefined;
  /** The picture of a sample that lies on the paper until something is drawn. */
  @property({ attribute: false }) picture: Picture | undefined;

  @state() private live: Stroke | undefined;
  @state() private size = FALLBACK;
  @state() private shownOffset = ORIGIN;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('scrawl-reading-line') private readonly line!: ReadingLine;

  private readonly pen = new Pen(this, this);
  private readonly slide = new Slide((offset) => (this.shownOffset = offset));
  private density = 1;
  /** The page's time at which the ink's own time is 0. */
  private started: number | undefined;
  private liveFrame: Size = FALLBACK;
  private erases = false;
  /** The character that the pen came down upon, until it moves: then it writes. */
  private tapping: Letter | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-label', 'Drawing pad: write with mouse, finger or pen');
    this.setAttribute('aria-keyshortcuts', 'Enter 1 2 3 4 5 Space Backspace Escape ArrowDown');
  }

  override firstUpdated(): void {
    new ResizeObserver(() => this.measure()).observe(this.canvas);
    watchDensity(this, () => this.measure());
    watchTheme(this, () => this.requestUpdate());
    this.addEventListener('wheel', this.onWheel, { passive: false });
  }

  override willUpdate(): void {
    this.pen.penOnly = this.penOnly;
    // under the pen the paper lies still
    if (!this.live) this.slide.to(this.offset, this.ink.length > 0);
  }

  override render() {
    const empty = this.ink.length === 0 && !this.live && !this.picture;
    const frame = this.frame ?? this.size;
    return html`<scrawl-guide-lines
        ?hidden=${!this.guideLines || this.picture !== undefined}
        .ruling=${rule(frame)}
        .fit=${this.place()}
        .height=${this.size.height}
      ></scrawl-guide-lines>
      <canvas aria-hidden="true"></canvas>
      <span class="hint" ?hidden=${!empty} aria-hidden="true">Write here</span>
      <scrawl-reading-line
        .letters=${this.lettersOnScreen()}
        .sure=${this.sure}
        .open=${this.openLetter}
        @letter=${(event: CustomEvent<number>) => this.tapped(event.detail)}
        @letter-delete=${(event: CustomEvent<number>) => this.fire('letter-delete', event.detail)}
        @letter-leave=${() => this.focus()}
      ></scrawl-reading-line>
      ${this.offset.x > 0 || this.offset.y > 0 ? this.backButton() : nothing}`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const context = this.canvas.getContext('2d');
    if (!context) return;
    drawInk(context, this.ink, this.live, this.place(), this.density, this.erases);
    if (this.picture && !this.live && this.ink.length === 0) drawPicture(context, this.picture);
  }

  /** How large the paper is, in CSS pixels. */
  get paperSize(): Size {
    return this.size;
  }

  /** Gives the keyboard to a character of the reading. */
  focusLetter(at: number): void {
    this.line.focusLetter(at);
  }

  // --- the pen

  down(point: PenPoint, erases: boolean): void {
    this.focus({ preventScroll: true });
    this.slide.stop();
    // a pen may be there before the browser has told how large the paper is
    if (this.size === FALLBACK) this.measure();
    this.liveFrame = this.frame ?? this.size;
    this.erases = erases;
    if (this.ink.length === 0) this.started = point.time;
    // ink from before a reload: its time goes on
    else this.started ??= point.time - lastTime(this.ink);
    this.tapping = this.line.letterAt(point.x, point.y);
    this.live = [this.inFrame(point)];
    this.tell('stroke-move');
  }

  move(points: PenPoint[]): void {
    this.live = [...(this.live ?? []), ...points.map((point) => this.inFrame(point))];
    if (this.tapping && !isTap(this.live)) this.tapping = undefined;
    this.tell('stroke-move');
  }

  up(): void {
    const { tapping } = this;
    if (tapping) this.tapped(tapping.at);
    else this.tell(this.erases ? 'erase-end' : 'stroke-end');
    this.tapping = undefined;
    this.live = undefined;
  }

  drop(): void {
    const { tapping } = this;
    this.tapping = undefined;
    this.live = undefined;
    if (!tapping) this.fire('stroke-drop');
  }

  private tell(type: 'stroke-move' | 'stroke-end' | 'erase-end'): void {
    if (!this.live || this.tapping || (this.erases && type === 'stroke-move')) return;
    const detail: StrokeDetail = { stroke: this.live, frame: this.liveFrame };
    this.fire(type, detail);
  }

  private tapped(at: number): void {
    const letter = this.lettersOnScreen().find((each) => each.at === at);
    if (!letter) return;
    const detail: LetterDetail = { at, place: { x: letter.x, y: letter.y } };
    this.fire('letter-tap', detail);
  }

  private readonly onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey || this.live) return;
    event.preventDefault();
    const { scale } = this.place();
    const isSideways = event.shiftKey && event.deltaX === 0;
    const detail: Place = isSideways
      ? { x: event.deltaY / scale, y: 0 }
      : { x: event.deltaX / scale, y: event.deltaY / scale };
    this.fire('scroll-by', detail);
  };

  // --- where things lie

  private inFrame({ x, y, time, pressure }: PenPoint): Point {
    const [frameX, frameY] = toFrame(this.place(), x, y);
    const place = [rounded(frameX), rounded(frameY), Math.round(time - (this.started ?? time))] as const;
    return pressure === undefined ? [...place] : [...place, rounded(pressure)];
  }

  private place(): Fit {
    return fit(this.live ? this.liveFrame : (this.frame ?? this.size), this.size, this.shownOffset);
  }

  private lettersOnScreen(): Letter[] {
    const { scale, left, top } = this.place();
    const placed = this.letters.map((letter) => ({
      ...letter,
      x: letter.x * scale + left,
      y: letter.y * scale + top,
    }));
    const lowest = this.size.height - READING_HEIGHT;
    return spread(placed, LETTER_WIDTH).map((letter) => ({ ...letter, y: Math.min(letter.y, lowest) }));
  }

  private backButton() {
    return html`<button
      class="back"
      title="Back to the beginning of what you wrote"
      aria-label="Back to the beginning of what you wrote"
      @pointerdown=${(event: Event) => event.stopPropagation()}
      @click=${() => this.fire('scroll-by', { x: -this.offset.x, y: -this.offset.y })}
    >
      <span class="codicon codicon-chevron-left" aria-hidden="true"></span>
    </button>`;
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

function isTap(stroke: Stroke): boolean {
  const box = boxOf([stroke]);
  return widthOf(box) <= TAP && heightOf(box) <= TAP;
}

/** A hundredth of a pixel is more than any digitizer tells. */
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
    'erase-end': CustomEvent<StrokeDetail>;
    'letter-tap': CustomEvent<LetterDetail>;
    'scroll-by': CustomEvent<Place>;
  }
}
