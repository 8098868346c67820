import { type Chosen, chosenOf, type Drawn, type ShownReading } from '../../src/protocol/pages/pad';
import type { Desk } from './desk';
import { History } from './history';
import { isSame } from './readings';

/** A text on its way into the editor. */
interface Pending {
  readonly id: number;
  /** What it stands for; later strokes are none of it. */
  readonly history: History;
  readonly drawn: Drawn | undefined;
  /** The place of the reading that is wanted; undefined once the host was asked. */
  readonly wanted: number | undefined;
}

/** What was inserted last, with what brings it back. */
interface Inserted {
  readonly id: number;
  readonly chosen: Chosen;
  readonly history: History;
  readonly readings: readonly ShownReading[];
}

/** Brings texts into the editor by the host: one at a time, and the last one can be replaced or taken back. */
export class Insertions {
  private pending: Pending | undefined;
  private last: Inserted | undefined;
  /** Whether the candidates of the last one can still be chosen: until the next stroke. */
  private offered = false;

  constructor(private readonly desk: Desk) {}

  get isPending(): boolean {
    return this.pending !== undefined;
  }

  get canTakeBack(): boolean {
    return this.last !== undefined;
  }

  /** What was inserted, as long as another of its candidates can be chosen. */
  get offer(): Inserted | undefined {
    return this.offered ? this.last : undefined;
  }

  /** How many strokes are on their way: these cannot be undone. */
  get strokes(): number {
    return this.pending?.history.ink.length ?? 0;
  }

  /** Inserts a candidate; where the ink is not read yet, as soon as it is. */
  insert(wanted: number): void {
    if (this.offer) this.insertInstead(this.offer, wanted);
    else if (!this.isPending && !this.desk.paper.isEmpty) {
      this.start(wanted);
      if (this.desk.recognizer.upToDate) this.answered();
    }
  }

  /** Inserts what the user picks from all characters or symbols, instead of the ink or of none. */
  pick(of: 'characters' | 'symbols'): void {
    if (this.isPending) return;
    const { id, drawn } = this.start(undefined);
    this.desk.tell({ type: 'pickFromAlphabet', of, id, ...(drawn && { correction: drawn }) });
  }

  /** The ink is read: asks for what was wanted of it. */
  answered(): void {
    const { pending } = this;
    if (pending?.wanted === undefined) return;
    const { readings, tell } = this.desk;
    const reading = readings.all[pending.wanted];
    if (!reading) {
      this.giveUpWaiting();
      return;
    }
    const isCorrected = pending.wanted > 0 || readings.isChosen;
    const correction = isCorrected ? pending.drawn : undefined;
    this.pending = { ...pending, wanted: undefined };
    tell({ type: 'insert', id: pending.id, ...chosenOf(reading), ...(correction && { correction }) });
  }

  /** Gives up what still waits for its reading. */
  giveUpWaiting(): void {
    if (this.pending?.wanted !== undefined) this.pending = undefined;
  }

  /** The pen came down: what was inserted stays as it is. */
  withdrawOffer(): void {
    this.offered = false;
  }

  /** Asks the host to take back what was inserted last. */
  takeBack(): void {
    if (this.last) this.desk.tell({ type: 'takeBack', id: this.last.id });
  }

  // --- what the host answers

  /** The text is in the editor: its strokes go, and what was drawn meanwhile stays. */
  inserted(message: { id: number } & Chosen, penIsDown: boolean): void {
    const { id } = message;
    const chosen = chosenOf(message);
    const pending = this.ended(id);
    if (!pending) return;
    const { paper, readings, change, say } = this.desk;
    const since = paper.ink.slice(pending.history.ink.length);
    this.last = { id, chosen, history: pending.history, readings: readings.all };
    this.offered = since.length === 0 && !penIsDown;
    readings.forget();
    change(() => paper.restart(History.of(since)));
    if (this.offered) say(`Inserted ${chosen.text}`, () => this.takeBack());
  }

  notInserted(id: number): void {
    const pending = this.ended(id);
    // what was drawn meanwhile is still to be read
    if (pending && this.desk.paper.history !== pending.history) this.desk.change(() => undefined);
  }

  replaced(message: { id: number } & Chosen): void {
    if (this.last?.id !== message.id) return;
    const chosen = chosenOf(message);
    this.last = { ...this.last, chosen };
    this.desk.say(`Inserted ${chosen.text} instead`, () => this.takeBack());
  }

  takenBack(id: number, done: boolean): void {
    const { last } = this;
    if (last?.id !== id) return;
    this.last = undefined;
    this.offered = false;
    if (done) this.desk.change(() => this.desk.paper.restart(last.history));
    else this.desk.say(`${last.chosen.text} is not where it was inserted any more, so it stays.`);
  }

  private start(wanted: number | undefined): Pending {
    const { history, drawn } = this.desk.paper;
    this.pending = { id: this.desk.recognizer.id, history, drawn, wanted };
    this.offered = false;
    return this.pending;
  }

  private insertInstead({ id, chosen, readings }: Inserted, index: number): void {
    const reading = readings[index];
    if (reading && !isSame(reading, chosen)) {
      this.desk.tell({ type: 'replaceInserted', id, ...chosenOf(reading) });
    }
  }

  /** What was pending, if the host's answer is to that. */
  private ended(id: number): Pending | undefined {
    const { pending } = this;
    if (pending?.id !== id) return undefined;
    this.pending = undefined;
    return pending;
  }
}
