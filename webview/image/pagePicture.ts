import { html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Box } from '../../src/protocol/pageText';
import { Part } from '../base/part';
import { themeColors, watchDensity, watchTheme } from '../base/theme';
import { markAt, type Place, placeAt, type Text } from './edits';
import { kept, showing, type Size, type Viewport, whole, zoomed } from '../base/viewport';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Dragging extends Point {
  readonly view: Viewport;
  readonly draws: boolean;
  moved: boolean;
  /** The box so far, in pixels of the page. */
  box?: Box;
}

/** A pointer that moved further than this, in CSS pixels, drags. */
const DRAG = 4;
const ZOOM_STEP = 1.4;

/**
 * A page with the boxes of its characters: a click chooses one, dragging moves the page or, with Shift, draws a box,
 * Ctrl and the wheel zoom.
 *
 * @fires choose with the place of the box that was clicked
 * @fires draw with a box that was drawn, in pixels of the page
 */
@customElement('scrawl-page-picture')
export class PagePicture extends Part {
  @property({ attribute: false }) image: ImageBitmap | undefined;
  /** Of the page that boxes are told in, in pixels. */
  @property({ attribute: false }) page: Size = { width: 1, height: 1 };
  @property({ attribute: false }) text: Text = [];
  @property({ attribute: false }) selected: Place | undefined;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  /** Whether dragging draws a box without Shift too; for one box. */
  @state() private drawing = false;

  private view: Viewport | undefined;
  private dragging: Dragging | undefined;
  private readonly resized = new ResizeObserver(() => {
    this.view = undefined;
    this.paint();
  });

  override firstUpdated(): void {
    this.resized.observe(this.canvas);
    watchTheme(this, () => this.paint());
    watchDensity(this, () => this.paint());
  }

  override render() {
    return html`<canvas
        class=${this.drawing ? 'drawing' : ''}
        aria-hidden="true"
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @wheel=${this.onWheel}
      ></canvas>
      <div class="zoom">
        <button
          class="tool"
          aria-label="Draw a box"
          aria-pressed=${this.drawing}
          title="Draw a box around a character (Shift+drag)"
          @click=${() => (this.drawing = !this.drawing)}
        >
          <span class="codicon codicon-add" aria-hidden="true"></span>
        </button>
        ${this.button('zoom-in', 'Zoom in', () => this.zoom(ZOOM_STEP))}
        ${this.button('zoom-out', 'Zoom out', () => this.zoom(1 / ZOOM_STEP))}
        ${this.button('screen-full', 'Show the whole picture', () => this.fit())}
      </div>`;
  }

  private button(icon: string, label: string, click: () => void) {
    return html`<button class="tool" aria-label=${label} title=${label} @click=${click}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('page')) this.view = undefined;
    const mark = this.selected && markAt(this.text, this.selected);
    if (changed.has('selected') && mark && this.view) {
      this.view = showing(this.view, mark.box, this.page, this.screen);
    }
    this.paint();
  }

  private get screen(): Size {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }

  private zoom(factor: number): void {
    const { width, height } = this.screen;
    this.zoomAt(factor, { x: width / 2, y: height / 2 });
  }

  private zoomAt(factor: number, at: { x: number; y: number }): void {
    if (!this.view) return;
    this.view = zoomed(this.view, factor, at, this.page, this.screen);
    this.paint();
  }

  private fit(): void {
    this.view = undefined;
    this.paint();
  }

  // --- the pointer

  private readonly onDown = (event: PointerEvent): void => {
    if (!this.view || event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    const draws = this.drawing || event.shiftKey;
    this.dragging = { x: event.offsetX, y: event.offsetY, view: this.view, draws, moved: false };
  };

  private readonly onMove = (event: PointerEvent): void => {
    const { dragging } = this;
    if (!dragging) return;
    const [dx, dy] = [event.offsetX - dragging.x, event.offsetY - dragging.y];
    dragging.moved ||= Math.hypot(dx, dy) > DRAG;
    if (!dragging.moved) return;
    const { view } = dragging;
    if (dragging.draws) {
      dragging.box = this.boxBetween(dragging, { x: event.offsetX, y: event.offsetY }, view);
      this.paint();
      return;
    }
    this.view = kept({ ...view, x: view.x + dx, y: view.y + dy }, this.page, this.screen);
    this.paint();
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { dragging, view } = this;
    this.dragging = undefined;
    if (dragging?.box) {
      this.drawing = false;
      this.fire('draw', dragging.box);
      this.paint();
    }
    if (!dragging || dragging.moved || !view) return;
    const x = (event.offsetX - view.x) / view.scale;
    const y = (event.offsetY - view.y) / view.scale;
    const place = placeAt(this.text, x, y);
    if (place) this.fire('choose', place);
  };

  /** The box with two places on screen for corners, as far as the page goes. */
  private boxBetween(a: Point, b: Point, { scale, x, y }: Viewport): Box {
    const across = (at: number) => Math.min(this.page.width, Math.max(0, Math.round((at - x) / scale)));
    const down = (at: number) => Math.min(this.page.height, Math.max(0, Math.round((at - y) / scale)));
    return {
      left: across(Math.min(a.x, b.x)),
      top: down(Math.min(a.y, b.y)),
      right: across(Math.max(a.x, b.x)),
      bottom: down(Math.max(a.y, b.y)),
    };
  }

  private readonly onWheel = (event: WheelEvent): void => {
    if (!this.view) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      this.zoomAt(Math.exp(-event.deltaY / 300), { x: event.offsetX, y: event.offsetY });
      return;
    }
    const { scale, x, y } = this.view;
    this.view = kept({ scale, x: x - event.deltaX, y: y - event.deltaY }, this.page, this.screen);
    this.paint();
  };

  // --- painting

  private paint(): void {
    const { image, page, canvas } = this;
    const context = canvas.getContext('2d');
    const { width, height } = this.screen;
    if (!context || width === 0 || height === 0) return;
    const density = window.devicePixelRatio;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    if (!image) return;
    this.view ??= whole(page, this.screen);
    const { scale, x, y } = this.view;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.imageSmoothingEnabled = scale < 4;
    context.drawImage(image, x, y, page.width * scale, page.height * scale);
    this.paintBoxes(context, this.view);
  }

  private paintBoxes(context: CanvasRenderingContext2D, view: Viewport): void {
    const { color } = themeColors(this);
    for (const [line, { characters }] of this.text.entries()) {
      for (const [index, { box, corrected }] of characters.entries()) {
        const chosen = this.selected?.line === line && this.selected.index === index;
        if (chosen) continue;
        const stroke = corrected === undefined ? 'charts-blue' : 'charts-green';
        paintBox(context, view, box, color(stroke, 'focusBorder'), 1);
      }
    }
    const mark = this.selected && markAt(this.text, this.selected);
    if (mark) paintBox(context, view, mark.box, color('charts-orange', 'focusBorder'), 3);
    const drawn = this.dragging?.box;
    if (drawn) paintBox(context, view, drawn, color('charts-orange', 'focusBorder'), 2);
  }
}

function paintBox(
  context: CanvasRenderingContext2D,
  { scale, x, y }: Viewport,
  box: Box,
  color: string,
  width: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  const air = 1 + width / 2;
  context.strokeRect(
    box.left * scale + x - air,
    box.top * scale + y - air,
    (box.right - box.left) * scale + 2 * air,
    (box.bottom - box.top) * scale + 2 * air,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-page-picture': PagePicture;
  }
}
