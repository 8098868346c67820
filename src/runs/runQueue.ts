import path from 'node:path';
import * as z from 'zod';
import { type Held, tryLock, withLock } from '../storage/lock';
import { readText } from '../storage/readText';
import { writeJson } from '../storage/writeJson';

/** A thousand waiting runs take less. */
const MOST_BYTES = 2 ** 20;

/** A place to train in, of which there are as many as runs may train at once. */
export type TrainingSlot = Held;

const waitingSchema = z.object({
  id: z.string().min(1),
  /** What computes, where it is not what the run was started with. */
  backend: z.string().optional(),
});
export type WaitingRun = z.infer<typeof waitingSchema>;

/** A run with nothing to say of it is its id alone. */
const queueSchema = z.array(
  z.union([
    z
      .string()
      .min(1)
      .transform((id): WaitingRun => ({ id })),
    waitingSchema,
  ]),
);

/**
 * The runs that wait to be trained, in order. Every window of a home shares them: whichever has a free place takes the
 * first.
 */
export class RunQueue {
  private readonly file: string;

  /** @param folder that holds the runs */
  constructor(private readonly folder: string) {
    this.file = path.join(folder, 'queue.json');
  }

  /** Ids of the runs, the next one first; none where the file is damaged or cannot be read. */
  async ids(): Promise<string[]> {
    return (await this.read().catch(() => [])).map(({ id }) => id);
  }

  /**
   * Puts a run behind the others, or before them; one that waits already stays where it is.
   *
   * @param backend what computes, where it is not what the run was started with
   */
  async add(id: string, first = false, backend?: string): Promise<void> {
    const run = { id, ...(backend !== undefined && { backend }) };
    await this.edit((runs) => {
      if (!runs.some((each) => each.id === id)) return first ? [run, ...runs] : [...runs, run];
      return runs.map((each) => (each.id === id ? { ...each, ...run } : each));
    });
  }

  /** @returns whether it waited until now, and was not taken by anybody else */
  async remove(id: string): Promise<boolean> {
    let waited = false;
    await this.edit((runs) => {
      waited = runs.some((each) => each.id === id);
      return runs.filter((each) => each.id !== id);
    });
    return waited;
  }

  /** Lets a run change places with the one before it (-1) or behind it (1), where there is one. */
  async move(id: string, by: -1 | 1): Promise<void> {
    await this.edit((runs) => {
      const from = runs.findIndex((each) => each.id === id);
      const [run, other] = [runs[from], runs[from + by]];
      if (!run || !other) return runs;
      return runs.map((each) => (each === run ? other : each === other ? run : each));
    });
  }

  /** Takes the first run out; undefined where none waits. */
  async take(): Promise<WaitingRun | undefined> {
    let taken: WaitingRun | undefined;
    await this.edit(([first, ...others]) => {
      taken = first;
      return others;
    });
    return taken;
  }

  /**
   * A place to train in; undefined where all are taken, by this process or another. That of a process that was killed is
   * free.
   *
   * @param count of places
   */
  async slot(count: number): Promise<TrainingSlot | undefined> {
    for (let place = 1; place <= count; place++) {
      const held = await tryLock(path.join(this.folder, `slot-${place}.lock`));
      if (held) return held;
    }
    return undefined;
  }

  /** @throws Error where a file is there and cannot be read: what it holds must not be written over */
  private async read(): Promise<WaitingRun[]> {
    const text = await readText(this.file, MOST_BYTES).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]';
      throw error;
    });
    try {
      return queueSchema.parse(JSON.parse(text));
    } catch {
      return [];
    }
  }

  private edit(change: (runs: readonly WaitingRun[]) => readonly WaitingRun[]): Promise<void> {
    return withLock(path.join(this.folder, 'queue.lock'), {}, async () => {
      const before = await this.read();
      const runs = change(before);
      if (JSON.stringify(runs) !== JSON.stringify(before)) await writeJson(this.file, runs.map(entryOf));
    });
  }
}

const entryOf = (run: WaitingRun) => (run.backend === undefined ? run.id : run);
