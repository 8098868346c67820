import type { Stroke } from '../../src/protocol/ink';
import type { Desk } from './desk';
import type { Insertions } from './insertions';
import { type Before, type Repair, withoutCharacter } from './repair/repair';
import { Repairs, wiped } from './repairs';
import type { StrokeDetail } from './surface';

const REPAIR_WORDS: Record<Repair['kind'], (text: string) => string> = {
  deleted: (text) => `Deleted ${text}`,
  replaced: (text) => `Replaced ${text}`,
  opened: (text) => `Made room before ${text}`,
};

/** What the pen does on the paper: it writes, repairs what is there, or erases. */
export class Writing {
  isDown = false;
  private upAt = -Infinity;
  private readonly repairs = new Repairs();

  constructor(
    private readonly desk: Desk,
    private readonly insertions: Insertions,
  ) {}

  /** Milliseconds since the pen was lifted. */
  get rested(): number {
    return performance.now() - this.upAt;
  }

  /** The pen comes down with the first point of a stroke. */
  down(stroke: Stroke): void {
    this.isDown = true;
    const { paper, tell } = this.desk;
    this.insertions.withdrawOffer();
    if (paper.isEmpty) tell({ type: 'begin' });
    this.repairs.down(timeOf(stroke) - timeOf(paper.ink.at(-1)), this.asRead);
  }

  /** The stroke goes on. */
  move({ stroke, frame }: StrokeDetail): void {
    if (this.insertions.isPending) return;
    const { paper, recognizer } = this.desk;
    recognizer.changing(() => paper.contentWith(stroke, frame));
  }

  up({ stroke, frame }: StrokeDetail): void {
    this.lifted();
    const repair = this.insertions.isPending ? undefined : this.repairs.stroke(stroke);
    if (repair) this.repair(repair);
    else this.desk.change(() => this.desk.paper.draw(stroke, frame));
  }

  /** What began as a stroke was none. */
  drop(): void {
    this.lifted();
    this.desk.change(() => undefined);
  }

  /** The pen's other end was lifted. */
  erase(stroke: Stroke): void {
    if (this.insertions.isPending) return;
    const { paper, readings, recognizer } = this.desk;
    const reading = recognizer.upToDate ? readings.first : undefined;
    const repair = wiped(stroke, { ink: paper.ink, xHeight: this.xHeight }, reading);
    if (repair) this.repair(repair);
  }

  deleteCharacter(at: number): void {
    const before = this.asRead;
    if (before) this.repair(withoutCharacter(before.ink, before.reading, at));
  }

  /** The ink changed in another way than by a stroke. */
  forgetRepairs(): void {
    this.repairs.forget();
  }

  private lifted(): void {
    this.isDown = false;
    this.upAt = performance.now();
  }

  /** What is on the paper, if it is read. */
  private get asRead(): Before | undefined {
    const { paper, readings, recognizer } = this.desk;
    const isRead = recognizer.upToDate && !this.insertions.isPending && paper.ink.length > 0;
    return isRead && readings.first
      ? { ink: paper.ink, reading: readings.first, xHeight: this.xHeight }
      : undefined;
  }

  private get xHeight(): number {
    return this.desk.paper.ruling?.xHeight ?? 1;
  }

  private repair({ kind, ink, text }: Repair): void {
    const { change, paper, say } = this.desk;
    change(() => paper.replace(ink));
    say(REPAIR_WORDS[kind](text), () => change(() => paper.undo()));
  }
}

/** When a stroke ended, in milliseconds of its ink's time. */
function timeOf(stroke: Stroke | undefined): number {
  return stroke?.at(-1)?.[2] ?? 0;
}
