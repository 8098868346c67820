import * as z from 'zod';
import { type Ink, inkSchema, type Stroke } from '../../src/protocol/ink';

const editSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stroke'), stroke: inkSchema.element }),
  z.object({ type: z.literal('clear') }),
]);
type Edit = z.infer<typeof editSchema>;

export const historySchema = z.object({ edits: z.array(editSchema), done: z.number().int().min(0) });
export type HistoryState = z.infer<typeof historySchema>;

/** What was done to the ink, in order, and how much of it is not undone; never changes in place. */
export class History {
  static readonly EMPTY = new History([], 0);

  private constructor(
    private readonly edits: readonly Edit[],
    private readonly done: number,
  ) {}

  static from({ edits, done }: HistoryState): History {
    return new History(edits, Math.min(done, edits.length));
  }

  /** A new history that starts with these strokes. */
  static of(ink: Ink): History {
    return ink.reduce<History>((history, stroke) => history.draw(stroke), History.EMPTY);
  }

  /** The strokes since the pad was cleared. */
  get ink(): Ink {
    const done = this.edits.slice(0, this.done);
    const cleared = done.findLastIndex((edit) => edit.type === 'clear');
    return done.slice(cleared + 1).flatMap((edit) => (edit.type === 'stroke' ? [edit.stroke] : []));
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
    return this.ink.length > 0 ? this.add({ type: 'clear' }) : this;
  }

  /** Replaces the ink by another, as one clearing and its strokes. */
  replace(ink: Ink): History {
    return ink.reduce<History>((history, stroke) => history.draw(stroke), this.clear());
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
