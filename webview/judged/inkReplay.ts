import { html, nothing, type PropertyValues, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Ink } from '../../src/protocol/ink';
import { Part } from '../base/part';
import { boundsOf, Replay } from './replay';

/** Of the larger side of the ink: how wide its lines are drawn, and how much is left free around it. */
const LINE = 0.07;
const MARGIN = 0.12;
/** Milliseconds that a stroke stands before the next one, where nothing may move. */
const STROKE_STANDS = 500;

/**
 * Shows how ink was drawn. Nothing plays by itself; where the user wants no motion, whole strokes appear one by one.
 *
 * @fires playing with whether it plays
 */
@customElement('scrawl-ink-replay')
export class InkReplay extends Part {
  @property({ attribute: false }) ink: Ink = [];
  /** Milliseconds from the start; undefined before and after a replay. */
  @state() private time: number | undefined;
  @state() private playing = false;

  private replay = new Replay([]);
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.halt();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('ink')) return;
    this.halt();
    this.time = undefined;
    this.replay = new Replay(this.ink);
  }

  override render() {
    const { time, ink } = this;
    if (time === undefined) return nothing;
    const { left, top, width, height } = boundsOf(ink);
    const side = Math.max(width, height, Number.MIN_VALUE);
    const room = side * (1 + 2 * MARGIN);
    const box = [left + width / 2 - room / 2, top + height / 2 - room / 2, room, room].join(' ');
    return html`<svg
      viewBox=${box}
      role="img"
      aria-label="The ink as it was drawn"
      stroke-width=${side * LINE}
    >
      ${this.replay.at(time).map((stroke) => line(stroke))}
    </svg>`;
  }

  /** Plays from where it stands, or pauses. */
  toggle(): void {
    if (this.playing) this.halt();
    else this.play();
  }

  get isPlaying(): boolean {
    return this.playing;
  }

  private play(): void {
    this.setPlaying(true);
    const from = this.time ?? 0;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.playStrokes(from);
    else this.playFrames(from);
  }

  private playFrames(from: number): void {
    this.time = from;
    let begin: number | undefined;
    const step = (now: number) => {
      begin ??= now - from;
      if (now - begin >= this.replay.duration) this.end();
      else {
        this.time = now - begin;
        this.frame = requestAnimationFrame(step);
      }
    };
    this.frame = requestAnimationFrame(step);
  }

  private playStrokes(from: number): void {
    const end = this.replay.endOfStroke(from);
    this.time = end;
    this.timer = setTimeout(() => {
      if (end >= this.replay.duration) this.end();
      else this.playStrokes(end);
    }, STROKE_STANDS);
  }

  private end(): void {
    this.time = undefined;
    this.setPlaying(false);
  }

  private halt(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    if (this.playing) this.setPlaying(false);
  }

  private setPlaying(playing: boolean): void {
    this.playing = playing;
    this.fire('playing', playing);
  }
}

function line(stroke: Ink[number]) {
  const points = stroke.map(([x, y]) => `${x},${y}`);
  // a dot has no length to be drawn along
  if (points.length === 1) points.push(points[0] ?? '');
  return svg`<polyline points=${points.join(' ')} />`;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-ink-replay': InkReplay;
  }
}
