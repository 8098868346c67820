/** What is dragged: a new layer, or the one at a place. */
export type Dragged = { readonly type: string } | { readonly from: number };

export interface DragSite {
  /** The element whose layers make room. */
  scroller(): HTMLElement | null;
  /** The layers on the screen, first to last. */
  layers(): HTMLElement[];
  /** Shows where the layer would go; undefined where it would go nowhere. */
  over(place: number | undefined): void;
  drop(dragged: Dragged, place: number): void;
}

/** Pixels that the pointer moves before a press becomes a drag. */
const THRESHOLD = 5;
/** Pixels from the edge within which the list scrolls, and pixels that it does at each frame. */
const EDGE = 36;
const SCROLL = 8;

/**
 * Drags layers with mouse, pen or finger. The browser's own drag and drop knows no fingers, and VS Code takes it for
 * files that are to be opened.
 */
export class Drag {
  private ghost: HTMLElement | undefined;
  private abort: AbortController | undefined;
  private scrolling = 0;
  private y = 0;

  constructor(private readonly site: DragSite) {}

  /** Begins with a press; a press that goes nowhere stays a click. */
  start(event: PointerEvent, dragged: Dragged, name: string): void {
    if (event.button !== 0 || !event.isPrimary) return;
    this.end();
    const { clientX, clientY, pointerId } = event;
    this.abort = new AbortController();
    const { signal } = this.abort;
    const mine = (then: (event: PointerEvent) => void) => (each: PointerEvent) => {
      if (each.pointerId === pointerId) then(each);
    };
    const move = mine((each) => {
      const far = Math.hypot(each.clientX - clientX, each.clientY - clientY) > THRESHOLD;
      if (far && !this.ghost) this.show(name);
      if (this.ghost) this.move(each);
    });
    const up = mine((each) => {
      const place = this.ghost && this.place(each);
      if (this.ghost) swallowClick();
      this.end();
      if (place !== undefined) this.site.drop(dragged, place);
    });
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', up, { signal });
    window.addEventListener(
      'pointercancel',
      mine(() => this.end()),
      { signal },
    );
    window.addEventListener('keydown', (key) => this.onKey(key), { signal, capture: true });
  }

  end(): void {
    this.abort?.abort();
    this.ghost?.remove();
    this.ghost = undefined;
    cancelAnimationFrame(this.scrolling);
    this.site.over(undefined);
  }

  private show(name: string): void {
    this.ghost = document.createElement('div');
    this.ghost.className = 'ghost';
    this.ghost.textContent = name;
    document.body.append(this.ghost);
    this.scrolling = requestAnimationFrame(this.scroll);
  }

  private move(event: PointerEvent): void {
    event.preventDefault();
    if (this.ghost) this.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 8}px)`;
    this.y = event.clientY;
    this.site.over(this.place(event));
  }

  /** The place under the pointer: as many layers as have their middle above it. */
  private place({ clientX, clientY }: PointerEvent): number | undefined {
    const bounds = this.site.scroller()?.getBoundingClientRect();
    if (!bounds || clientX < bounds.left || clientX > bounds.right) return undefined;
    if (clientY < bounds.top || clientY > bounds.bottom) return undefined;
    return this.site.layers().filter((layer) => {
      const { top, height } = layer.getBoundingClientRect();
      return top + height / 2 < clientY;
    }).length;
  }

  private readonly scroll = (): void => {
    const scroller = this.site.scroller();
    const bounds = scroller?.getBoundingClientRect();
    if (bounds && this.y > 0) {
      if (this.y < bounds.top + EDGE) scroller?.scrollBy(0, -SCROLL);
      else if (this.y > bounds.bottom - EDGE) scroller?.scrollBy(0, SCROLL);
    }
    this.scrolling = requestAnimationFrame(this.scroll);
  };

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.end();
  }
}

/** The click that follows the end of a drag is none. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  // it comes at once, or not at all
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}
