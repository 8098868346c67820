import { rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { isHeld } from '../storage/lock';
import { readText } from '../storage/readText';
import { writeJson } from '../storage/writeJson';
import { lockFile } from './runFolder';

/** How a window ends a run: with a checkpoint, with a model, or at once with nothing. */
export const RUN_ENDINGS = ['pause', 'stop', 'cancel'] as const;
export type RunEnding = (typeof RUN_ENDINGS)[number];

const MOST_BYTES = 1000;
const askedSchema = z.object({ end: z.enum(RUN_ENDINGS) });

/** Says that a run trains in a process of its own, or that nobody has seen yet how that ended. */
export const OUTLIVING = 'outliving';

/**
 * What a run that outlives its window and the windows that follow it say to each other, in files of the run's folder:
 * that works between containers and on every system, and with any number of windows, none included. The run tells where
 * it stands in `state.json` and `history.jsonl`; windows ask it to end in `asked.json`.
 */
export class Outliving {
  private readonly mark: string;
  private readonly request: string;

  constructor(private readonly folder: string) {
    this.mark = path.join(folder, OUTLIVING);
    this.request = path.join(folder, 'asked.json');
  }

  /** Says, as whoever trains the run, that it can be followed; what was asked of a training before counts no more. */
  async begin(): Promise<void> {
    await rm(this.request, { force: true });
    await writeFile(this.mark, '');
  }

  /** Says, as whoever trains the run, that it cannot be followed: its window tells of it. */
  async end(): Promise<void> {
    await rm(this.mark, { force: true });
    await rm(this.request, { force: true });
  }

  /** How the run was asked to end, if it was. */
  async asked(): Promise<RunEnding | undefined> {
    try {
      return askedSchema.parse(JSON.parse(await readText(this.request, MOST_BYTES))).end;
    } catch {
      return undefined;
    }
  }

  async ask(end: RunEnding): Promise<void> {
    await writeJson(this.request, { end });
  }

  /** Whether the run trains and can be followed, or ended so and nobody has told the user. */
  async isMarked(): Promise<boolean> {
    return (await stat(this.mark).catch(() => undefined)) !== undefined;
  }

  /** Whether the run trains and can be followed. */
  async trains(): Promise<boolean> {
    return (await this.isMarked()) && (await isHeld(lockFile(this.folder)));
  }

  /** Whether the run was marked, and trains no more: nobody has told the user what became of it. */
  async hasEnded(): Promise<boolean> {
    return (await this.isMarked()) && !(await isHeld(lockFile(this.folder)));
  }

  /** @returns whether it is this caller who is to tell the user what became of the run */
  seen(): Promise<boolean> {
    return unlink(this.mark).then(
      () => true,
      () => false,
    );
  }
}
