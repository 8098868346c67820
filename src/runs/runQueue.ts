import path from 'node:path';
import * as z from 'zod';
import { tryLock, withLock } from '../storage/lock';
import { readText } from '../storage/readText';
import { writeJson } from '../storage/writeJson';

/** A thousand waiting runs take less. */
const MOST_BYTES = 2 ** 20;

const queueSchema = z.array(z.string().min(1));

/** A place to train in, of which there are as many as runs may train at once. */
export interface TrainingSlot {
  release(): Promise<void>;
}

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
    return this.read().catch(() => []);
  }

  /** Puts a run behind the others, or before them; one that waits already stays where it is. */
  async add(id: string, first = false): Promise<void> {
    await this.edit((ids) => (ids.includes(id) ? ids : first ? [id, ...ids] : [...ids, id]));
  }

  /** @returns whether it waited until now, and was not taken by anybody else */
  async remove(id: string): Promise<boolean> {
    let waited = false;
    await this.edit((ids) => {
      waited = ids.includes(id);
      return ids.filter((each) => each !== id);
    });
    return waited;
  }

  /** Lets a run change places with the one before it (-1) or behind it (1), where there is one. */
  async move(id: string, by: -1 | 1): Promise<void> {
    await this.edit((ids) => {
      const from = ids.indexOf(id);
      const other = ids[from + by];
      if (from < 0 || other === undefined) return ids;
      return ids.map((each) => (each === id ? other : each === other ? id : each));
    });
  }

  /** Takes the first run out; undefined where none waits. */
  async take(): Promise<string | undefined> {
    let taken: string | undefined;
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
  private async read(): Promise<string[]> {
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

  private edit(change: (ids: readonly string[]) => readonly string[]): Promise<void> {
    return withLock(path.join(this.folder, 'queue.lock'), {}, async () => {
      const before = await this.read();
      const ids = change(before);
      if (JSON.stringify(ids) !== JSON.stringify(before)) await writeJson(this.file, ids);
    });
  }
}
