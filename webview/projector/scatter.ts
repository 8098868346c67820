import { html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Part } from '../base/part';
import { watchDensity, watchTheme } from '../base/theme';
import { kept, showing, type Size, type Viewport, whole, zoomed } from '../base/viewport';
import type { PlacedClass } from './classes';
import { colorsOf, type ProjectorColors } from './colors';
import { actionFor, type KeyAction } from './keys';
import { Markers } from './markers';
import { areaOf, type Drawn, onScreen, paint } from './painter';
import { Pixels } from './pixels';
import { type Points, SHEET, type Spot } from './points';
import type { Thumbnails } from './thumbnails';
import { describe } from './words';

/** A pointer that moved further than this, in CSS pixels, drags. */
const STILL = 4;
/** How near a pointer has to come to a sample, CSS pixels. */
const REACH = 14;
const ZOOM_STEP = 1.5;
/** CSS pixels that an arrow moves what shows. */
const PAN_STEP = 80;

/** Samples that were chosen on the sheet. */
export interface Chosen {
  readonly samples: readonly number[];
  readonly how: 'lasso' | 'one';
}

/**
 * Samples laid out on one canvas: wheel and keys zoom, dragging moves, and in lasso mode draws a line around samples.
 *
 * @fires choose with the Chosen samples
 * @fires view with the Viewport; null for the whole
 * @fires lasso with whether dragging draws a line from now on
 */
@customElement('scrawl-scatter')
export class Scatter extends Part {
  @property({ attribute: false }) points!: Points;
  @property({ attribute: false }) classes: readonly PlacedClass[] = [];
  @property({ attribute: false }) thumbnails!: Thumbnails;
  /** A class that is lit alone. */
  @property({ attribute: false }) named: number | undefined;
  @property({ type: Boolean }) errorsOnly = false;
  @property({ type: Boolean }) lassoing = false;
  /** Which part shows; the whole where there is none. */
  @property({ attribute: false }) view: Viewport | undefined;
  @state() private current: number | undefined;
  @state() private focused = false;
  @query('.sheet') private readonly sheet!: HTMLElement;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  /** What the last picture was made of. */
  drawn: Drawn = { markers: 0, pictures: 0 };
  private selected: ReadonlySet<number> = new Set();
  private line: Spot[] = [];
  private drag: { from: Spot; view: Viewport; moved: boolean; lasso: boolean } | undefined;
  private colors: ProjectorColors | undefined;
  private markers: Markers | undefined;
  private pixels: Pixels | undefined;
  private frame = 0;

  override firstUpdated(): void {
    new ResizeObserver(() => this.measure()).observe(this.sheet);
    watchDensity(this, () => this.measure());
    watchTheme(this, () => this.takeColors());
    this.takeColors();
    // a page that is being zoomed may not zoom too
    this.sheet.addEventListener('wheel', this.onWheel, { passive: false });
  }

  override render() {
    const { current, lassoing } = this;
    return html`<div
        class="sheet ${lassoing ? 'lassoing' : ''}"
        tabindex="0"
        role="application"
        aria-roledescription="map of samples"
        aria-label="Map of samples. Plus and minus zoom, arrows move, Shift and arrows walk from sample to sample, E goes to the next error, Enter shows the sample."
        aria-describedby="readout"
        @keydown=${this.onKey}
        @focus=${() => (this.focused = true)}
        @blur=${() => (this.focused = false)}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${this.onCancel}
        @pointerleave=${this.onLeave}
        @dblclick=${() => this.tellCurrent()}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <p id="readout" class="readout" role="status" aria-live=${this.focused ? 'polite' : 'off'}>
        ${
          current !== undefined && current < this.points.count
            ? describe(this.points, current)
            : lassoing
              ? 'Draw a line around samples to see them in the gallery.'
              : 'Dots are read right, crosses wrong; colors and names tell the true class.'
        }
      </p>`;
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('points')) return;
    this.current = undefined;
    this.selected = new Set();
  }

  override updated(): void {
    this.repaint();
  }

  /** Draws anew in the next frame: pictures came, or colors changed. */
  repaint(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  override focus(): void {
    this.sheet.focus();
  }

  /** The samples on the screen that are not dimmed. */
  get inView(): readonly number[] {
    const { width, height } = this.screen;
    return [...this.points.within(areaOf(this.shown, width, height)).filter(this.isLit)];
  }

  /** Where a sample is on the sheet, CSS pixels. */
  onScreen(at: number): Spot {
    return onScreen(this.shown, this.points.spot(at));
  }

  zoom(factor: number): void {
    const { width, height } = this.screen;
    this.zoomAt(factor, { x: width / 2, y: height / 2 });
  }

  fit(): void {
    this.show(undefined);
  }

  private get screen(): Size {
    return { width: this.sheet.clientWidth, height: this.sheet.clientHeight };
  }

  private get shown(): Viewport {
    return this.view ? kept(this.view, SHEET, this.screen) : whole(SHEET, this.screen);
  }

  private readonly isLit = (at: number): boolean => {
    const { points, named, errorsOnly } = this;
    if (errorsOnly && !points.isWrong(at)) return false;
    return named === undefined || points.truth(at) === named || points.predicted(at) === named;
  };

  private show(view: Viewport | undefined): void {
    this.view = view;
    this.fire('view', view);
  }

  private tellCurrent(): void {
    if (this.current !== undefined) this.fire('choose', { samples: [this.current], how: 'one' });
  }

  private zoomAt(factor: number, at: Spot): void {
    this.show(zoomed(this.shown, factor, at, SHEET, this.screen));
  }

  private panBy(x: number, y: number, from = this.shown): void {
    this.show(kept({ ...from, x: from.x + x, y: from.y + y }, SHEET, this.screen));
  }

  // --- the keyboard

  private readonly onKey = (event: KeyboardEvent): void => {
    const action = actionFor(event);
    if (!action) return;
    event.preventDefault();
    this.act(action);
  };

  private act(action: KeyAction): void {
    switch (action.type) {
      case 'pan':
        return this.panBy(-PAN_STEP * action.direction.x, -PAN_STEP * action.direction.y);
      case 'walk':
        return this.goTo(this.neighbor(action.direction));
      case 'zoom':
        return this.zoomAt(action.nearer ? ZOOM_STEP : 1 / ZOOM_STEP, this.center);
      case 'fit':
        return this.fit();
      case 'error':
        return this.goTo(this.nextError(action.forwards));
      case 'open':
        return this.tellCurrent();
      case 'lasso':
        return this.fire('lasso', !this.lassoing);
      case 'leave':
        return this.leave();
    }
  }

  /** What keys zoom about: the sample that they are at where it shows, else the middle. */
  private get center(): Spot {
    const { width, height } = this.screen;
    const at = this.current === undefined ? undefined : this.onScreen(this.current);
    const shows = at && at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height;
    return shows ? at : { x: width / 2, y: height / 2 };
  }

  private neighbor(direction: Spot): number | undefined {
    if (this.current !== undefined) return this.points.towards(this.current, direction);
    const { width, height } = this.screen;
    const { left, top, right, bottom } = areaOf(this.shown, width, height);
    return this.points.nearest({ x: (left + right) / 2, y: (top + bottom) / 2 }, SHEET.width);
  }

  private nextError(forwards: boolean): number | undefined {
    const { points, named } = this;
    const suits = (at: number) => points.isWrong(at) && (named === undefined || this.isLit(at));
    const step = forwards ? 1 : points.count - 1;
    let at = this.current ?? (forwards ? points.count - 1 : 0);
    for (let tried = 0; tried < points.count; tried++) {
      at = (at + step) % points.count;
      if (suits(at)) return at;
    }
    return undefined;
  }

  private goTo(at: number | undefined): void {
    if (at === undefined) return;
    this.current = at;
    const { x, y } = this.points.spot(at);
    if (!this.view) return;
    const air = 40 / this.view.scale;
    const box = { left: x - air, right: x + air, top: y - air, bottom: y + air };
    this.show(showing(this.shown, box, SHEET, this.screen));
  }

  /** Lets go of what is chosen, or of the lasso. */
  private leave(): void {
    if (this.drag?.lasso) this.onCancel();
    else if (this.lassoing) this.fire('lasso', false);
    this.selected = new Set();
    this.current = undefined;
    this.repaint();
  }

  // --- the pointer

  private readonly onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    this.zoomAt(Math.exp(-event.deltaY / 300), spotOf(event));
  };

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.sheet.setPointerCapture(event.pointerId);
    const from = spotOf(event);
    const lasso = this.lassoing || event.shiftKey;
    this.line = lasso ? [from] : [];
    this.drag = { from, view: this.shown, moved: false, lasso };
  };

  private readonly onMove = (event: PointerEvent): void => {
    const { drag } = this;
    const at = spotOf(event);
    if (!drag) {
      this.current = this.sampleAt(at);
      return;
    }
    drag.moved ||= Math.hypot(at.x - drag.from.x, at.y - drag.from.y) > STILL;
    if (!drag.moved) return;
    if (!drag.lasso) {
      this.panBy(at.x - drag.from.x, at.y - drag.from.y, drag.view);
      return;
    }
    this.line.push(at);
    this.repaint();
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { drag, line } = this;
    this.drag = undefined;
    this.line = [];
    if (!drag) return;
    if (!drag.moved) {
      this.current = this.sampleAt(spotOf(event));
      return;
    }
    if (!drag.lasso) return;
    const { scale, x, y } = this.shown;
    const around = line.map((spot) => ({ x: (spot.x - x) / scale, y: (spot.y - y) / scale }));
    const samples = [...this.points.inside(around).filter(this.isLit)];
    this.selected = new Set(samples);
    this.repaint();
    if (samples.length > 0) this.fire('choose', { samples, how: 'lasso' });
  };

  private readonly onCancel = (): void => {
    this.drag = undefined;
    this.line = [];
    this.repaint();
  };

  private readonly onLeave = (): void => {
    if (!this.drag && !this.focused) this.current = undefined;
  };

  private sampleAt({ x, y }: Spot): number | undefined {
    const view = this.shown;
    return this.points.nearest(
      { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale },
      REACH / view.scale,
    );
  }

  // --- the picture

  /** Matches the canvas to the screen's own pixels. */
  private measure(): void {
    const { width, height } = this.screen;
    if (width === 0 || height === 0) return;
    this.canvas.width = Math.round(width * window.devicePixelRatio);
    this.canvas.height = Math.round(height * window.devicePixelRatio);
    this.markers = this.pixels = undefined;
    this.fire('view', this.view);
    this.repaint();
  }

  private takeColors(): void {
    this.colors = colorsOf(this);
    this.markers = this.pixels = undefined;
    this.repaint();
  }

  private paint(): void {
    const context = this.canvas.getContext('2d');
    const { width, height } = this.screen;
    const { colors, points, classes, thumbnails, named, selected, current, isLit, line } = this;
    if (!context || !colors || width === 0 || height === 0) return;
    const view = this.shown;
    const radius = radiusFor(points.count, view.scale / whole(SHEET, this.screen).scale);
    if (this.markers?.radius !== radius) this.markers = new Markers(colors, radius, window.devicePixelRatio);
    const { markers } = this;
    const pixels = (this.pixels ??= new Pixels(this.canvas.width, this.canvas.height, colors.ground));
    this.drawn = paint(
      context,
      {
        points,
        classes,
        view,
        width,
        height,
        colors,
        markers,
        pixels,
        thumbnails,
        isLit,
        named,
        current,
        selected,
        lasso: line,
      },
      window.devicePixelRatio,
    );
  }
}

/** The more samples the smaller their dots, which grow a little where one looks nearer; in half CSS pixels. */
function radiusFor(count: number, nearness: number): number {
  const whole = count <= 3000 ? 3.5 : count <= 12_000 ? 2.5 : 1.5;
  return Math.round(2 * Math.min(6, whole * nearness ** 0.25)) / 2;
}

function spotOf({ offsetX, offsetY }: MouseEvent): Spot {
  return { x: offsetX, y: offsetY };
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-scatter': Scatter;
  }
}
