import {
  type HostToPad,
  isSymbol,
  type PracticeAction,
  type PracticeTask,
} from '../../src/protocol/pages/pad';
import type { Desk } from './desk';

/** Keeps what is on the paper as samples of the user's hand: on demand, by a candidate, or as practice. */
export class Samples {
  /** What the host asks to be written. */
  task: PracticeTask | undefined;

  constructor(private readonly desk: Desk) {}

  /** The host asks of what. */
  keep(): void {
    const { paper, readings, recognizer, tell, say } = this.desk;
    const { drawn } = paper;
    if (!drawn) {
      say('Write something first, then keep it.');
      return;
    }
    const first = recognizer.upToDate ? readings.first : undefined;
    const suggested = first && { suggestion: first.text, isSymbol: isSymbol(first) };
    tell({ type: 'keep', id: recognizer.id, drawn, ...suggested });
  }

  /** Keeps the ink as a sample of a candidate, without inserting it. */
  teach(index: number): void {
    const { paper, readings, recognizer, tell } = this.desk;
    const { drawn } = paper;
    const reading = readings.all[index];
    if (!drawn || !reading || !recognizer.upToDate || this.task) return;
    this.clear();
    tell({ type: 'teach', drawn, label: reading.text, isSymbol: isSymbol(reading) });
  }

  /** Answers to what is asked to be written; the host says what comes next. */
  practice(action: PracticeAction): void {
    const { drawn } = this.desk.paper;
    if (action === 'keep' && !drawn) return;
    this.clear();
    this.desk.tell({ type: 'practice', action, ...(action === 'keep' && { drawn }) });
  }

  /** Says what was kept, or taken back; what was kept leaves the paper. */
  kept({ id, message, canUndo }: Extract<HostToPad, { type: 'kept' }>): void {
    const { recognizer, say, tell } = this.desk;
    if (id !== undefined && id === recognizer.id) this.clear();
    say(message, canUndo ? () => tell({ type: 'undoKeep' }) : undefined);
  }

  private clear(): void {
    this.desk.change(() => this.desk.paper.clear());
  }
}
