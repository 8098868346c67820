import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkModelName } from '../../models/modelName';
import { ModelError } from '../../models/errors';
import { FolderStore, type Removed } from '../../storage/folderStore';
import { isHeld, tryLock } from '../../storage/lock';
import { readText } from '../../storage/readText';
import { writeJson } from '../../storage/writeJson';
import { INTERRUPTED, type RunFile } from '../run';
import { writeRun, writeState } from '../runFolder';
import { sweepFileSchema, type SweepFile } from './sweepFile';

/** No sweep of ours has a larger file. */
const MOST_BYTES = 4 * 2 ** 20;
const SWEEP = 'sweep.json';
/** Held by whoever trains a trial. */
const LOCK = 'sweep.lock';
/** Held by the window that has the sweep under way, also between two trials. */
const WINDOW_LOCK = 'window.lock';

/** The folder of a trial's run. */
export const trialFolder = (folder: string, place: number) => path.join(folder, 'trials', String(place + 1));
/** The folder of a trial's model, once it is trained to its end. */
export const trialModel = (folder: string, place: number) => path.join(folder, 'models', String(place + 1));

/** A sweep as it lies on disk. */
export interface StoredSweep {
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  readonly sweep: SweepFile;
}

/** The sweeps in the home folder. Several processes may use them at the same time. */
export class SweepStore {
  private readonly folders: FolderStore;

  constructor(home: string) {
    this.folders = new FolderStore(path.resolve(home, 'sweeps'), { word: 'sweep' });
  }

  /** Holds a folder for each sweep. */
  get folder(): string {
    return this.folders.folder;
  }

  /** All sweeps that can be read, the newest first. */
  async list(): Promise<StoredSweep[]> {
    const ids = await this.folders.ids();
    const read = ids.map(async (id) => {
      const folder = path.join(this.folder, id);
      return { id, folder, sweep: await readSweep(folder) };
    });
    const settled = await Promise.allSettled(read);
    return settled
      .flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      .sort((a, b) => b.sweep.created.localeCompare(a.sweep.created) || a.id.localeCompare(b.id));
  }

  /**
   * Takes a sweep away; for a day it can be brought back.
   *
   * @throws ModelError where it is running
   */
  async remove(id: string): Promise<Removed> {
    const held = await holdSweep(path.join(this.folder, id));
    await held.release();
    return this.folders.remove(id);
  }

  /**
   * Makes a sweep's folder, with a run for each trial.
   *
   * @throws ModelError where no model can have its name
   */
  async create(sweep: SweepFile, runs: readonly RunFile[]): Promise<{ id: string; folder: string }> {
    checkModelName(sweep.name);
    return this.folders.add(sweep.name, async (folder) => {
      for (const [place, run] of runs.entries()) {
        const trial = trialFolder(folder, place);
        await mkdir(trial, { recursive: true });
        await writeRun(trial, run);
        await writeState(trial, INTERRUPTED);
      }
      await writeSweep(folder, sweep);
    });
  }

  /**
   * The folder of a sweep.
   *
   * @param reference its id, or its folder
   * @throws ModelError where there is none
   */
  async find(reference: string): Promise<string> {
    for (const folder of [path.resolve(reference), this.folders.find(reference)]) {
      if (folder !== undefined && (await stat(path.join(folder, SWEEP)).catch(() => undefined)))
        return folder;
    }
    throw new ModelError(`There is no sweep "${reference}": give the folder or id of one.`);
  }
}

/** @throws ModelError where it is damaged */
export async function readSweep(folder: string): Promise<SweepFile> {
  try {
    return sweepFileSchema.parse(JSON.parse(await readText(path.join(folder, SWEEP), MOST_BYTES)));
  } catch (cause) {
    throw new ModelError(`The sweep in ${folder} is damaged (${SWEEP}): remove it and start another.`, {
      cause,
    });
  }
}

export async function writeSweep(folder: string, sweep: SweepFile): Promise<void> {
  await writeJson(path.join(folder, SWEEP), sweep);
}

/**
 * Takes a sweep for oneself.
 *
 * @throws ModelError where another process has it
 */
export async function holdSweep(folder: string): Promise<{ release(): Promise<void> }> {
  const held = await tryLock(path.join(folder, LOCK));
  if (!held) throw new ModelError(`The sweep "${path.basename(folder)}" is running: stop it first.`);
  return held;
}

/** Takes a sweep for a window, which may have to wait before it trains; undefined where another window has it. */
export function holdForWindow(folder: string): Promise<{ release(): Promise<void> } | undefined> {
  return tryLock(path.join(folder, WINDOW_LOCK));
}

export function isHeldByWindow(folder: string): Promise<boolean> {
  return isHeld(path.join(folder, WINDOW_LOCK));
}

/** Whether anybody trains a trial, perhaps until its checkpoint is kept. */
export function isTraining(folder: string): Promise<boolean> {
  return isHeld(path.join(folder, LOCK));
}
