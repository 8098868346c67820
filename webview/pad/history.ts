import * as z from 'zod/mini';
import { countSchema } from '../../src/protocol/pages/number';
import { type Ink, inkSchema, type Stroke, strokeSchema } from '../../src/protocol/ink';

const editSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stroke'), stroke: strokeSchema }),
  /** Other ink instead of all that was there: repaired, or none. */
  z.object({ type: z.literal('ink'), ink: inkSchema }),
]);
type Edit = z.infer<typeof editSchema>;

export const historySchema = z.object({ edits: z.array(editSchema), done: countSchema });
export type HistoryState = z.infer<typeof historySchema>;

/** What was done to the ink, in order, and how much of it is not undone; never changes in place. */
export class History {
  static readonly EMPTY = new History([], 0);

  /** The ink as it is. */
  readonly ink: Ink;

  private constructor(
    private readonly edits: readonly Edit[],
    private readonly done: number,
  ) {
    this.ink = inkAfter(edits.slice(0, done));
  }

  static from({ edits, done }: HistoryState): History {
    return new History(edits, Math.min(done, edits.length));
  }

  /** A new history that starts with these strokes. */
  static of(ink: Ink): History {
    return ink.reduce<History>((history, stroke) => history.draw(stroke), History.EMPTY);
  }

  get canUndo(): boolean {
    return this.done > 0;
  }

  get canRedo(): boolean {
    return this.done < this.edits.length;
  }

  draw(stroke: Stroke): History {
    return this.add({ type: 'stroke', stroke });
  }

  clear(): History {
    return this.ink.length > 0 ? this.replace([]) : this;
  }

  /** Replaces the ink by another, as one step. */
  replace(ink: Ink): History {
    return this.add({ type: 'ink', ink });
  }

  undo(): History {
    return new History(this.edits, Math.max(this.done - 1, 0));
  }

  redo(): History {
    return new History(this.edits, Math.min(this.done + 1, this.edits.length));
  }

  toState(): HistoryState {
    return { edits: [...this.edits], done: this.done };
  }

  private add(edit: Edit): History {
    return new History([...this.edits.slice(0, this.done), edit], this.done + 1);
  }
}

function inkAfter(edits: readonly Edit[]): Ink {
  const whole = edits.findLastIndex((edit) => edit.type === 'ink');
  const base = edits[whole];
  const since = edits.slice(whole + 1);
  return [
    ...(base?.type === 'ink' ? base.ink : []),
    ...since.flatMap((edit) => (edit.type === 'stroke' ? [edit.stroke] : [])),
  ];
}
