/** A place of the pen on the pad, in CSS pixels from its corner. */
export interface PenPoint {
  x: number;
  y: number;
  /** Milliseconds from the page's start. */
  time: number;
  /** 0 to 1; undefined where the device has none. */
  pressure: number | undefined;
}

/** What the pen does, in the order in which it does it. */
export interface PenListener {
  /** @param erases whether it is the pen's other end */
  down(point: PenPoint, erases: boolean): void;
  move(points: PenPoint[]): void;
  up(): void;
  /** The stroke was none: a palm, or a gesture that the system took over. */
  drop(): void;
}

/** For this many milliseconds after the pen was seen a touch is the hand that holds it. */
const HAND_RESTS = 500;

/** The button that pointer events give a pen's other end, and its bit. */
const ERASER = { button: 5, buttons: 32 };

interface Active {
  id: number;
  type: string;
}

/** Turns pointer events into strokes: one at a time, and a pen before any touch. */
export class Pen {
  private active: Active | undefined;
  private penSeen = -Infinity;
  /** Takes no stroke of a finger or a mouse. */
  penOnly = false;

  constructor(
    private readonly surface: HTMLElement,
    private readonly listener: PenListener,
  ) {
    surface.addEventListener('pointerdown', this.onDown);
    surface.addEventListener('pointermove', this.onMove);
    surface.addEventListener('pointerup', this.onUp);
    surface.addEventListener('pointercancel', this.onCancel);
    surface.addEventListener('lostpointercapture', this.onUp);
  }

  private readonly onDown = (event: PointerEvent): void => {
    this.watchForPen(event);
    const erases = event.button === ERASER.button || (event.buttons & ERASER.buttons) !== 0;
    // only the tip, the finger and the left button write
    if ((event.button !== 0 && !erases) || this.isHand(event)) return;
    if (this.active) {
      if (!(event.pointerType === 'pen' && this.active.type === 'touch')) return;
      this.active = undefined;
      this.listener.drop();
    }
    event.preventDefault();
    this.active = { id: event.pointerId, type: event.pointerType };
    this.surface.setPointerCapture(event.pointerId);
    this.listener.down(this.point(event), erases);
  };

  private readonly onMove = (event: PointerEvent): void => {
    this.watchForPen(event);
    if (event.pointerId !== this.active?.id) return;
    // not every browser that shows VS Code has them
    const coalesced = (event.getCoalescedEvents as (() => PointerEvent[]) | undefined)?.call(event) ?? [];
    this.listener.move((coalesced.length > 0 ? coalesced : [event]).map((each) => this.point(each)));
  };

  private readonly onUp = (event: PointerEvent): void => {
    this.watchForPen(event);
    if (event.pointerId !== this.active?.id) return;
    this.active = undefined;
    this.listener.up();
  };

  /** The system took the pointer: what a finger did was no writing, what a pen did was. */
  private readonly onCancel = (event: PointerEvent): void => {
    if (event.pointerId !== this.active?.id) return;
    const { type } = this.active;
    this.active = undefined;
    if (type === 'touch') this.listener.drop();
    else this.listener.up();
  };

  private watchForPen(event: PointerEvent): void {
    if (event.pointerType === 'pen') this.penSeen = event.timeStamp;
  }

  private isHand(event: PointerEvent): boolean {
    if (this.penOnly && event.pointerType !== 'pen') return true;
    if (event.pointerType !== 'touch') return false;
    return this.active?.type === 'pen' || event.timeStamp - this.penSeen < HAND_RESTS;
  }

  private point(event: PointerEvent): PenPoint {
    const { left, top } = this.surface.getBoundingClientRect();
    return {
      x: event.clientX - left,
      y: event.clientY - top,
      time: event.timeStamp,
      // mouse and finger report a constant
      pressure: event.pointerType === 'pen' ? event.pressure : undefined,
    };
  }
}
