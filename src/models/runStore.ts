import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isHeld, tryLock } from '../storage/lock';
import { ModelError } from './errors';
import { INTERRUPTED, type HistoryLine, type RunFile, type RunStateFile } from './run';
import { lockFile, readHistory, readRun, readState, writeRun, writeState } from './runFolder';

/** Milliseconds for which a removed run can be brought back. */
const KEPT_REMOVED = 24 * 60 * 60 * 1000;
/** Most characters that an id takes over from a name. */
const LONGEST_SLUG = 60;

/** A run as it lies on disk. */
export interface RunRecord {
  /** Name of its folder, unlike any other run's. */
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** What it was started with; undefined where that is damaged. */
  readonly run: RunFile | undefined;
  readonly state: RunStateFile;
  readonly history: readonly HistoryLine[];
}

/** A run that was taken away, until it is forgotten. */
export interface RemovedRun {
  readonly id: string;
  /** Brings it back, under another id where its own is taken. */
  restore(): Promise<void>;
  /** Takes it from the disk. */
  forget(): Promise<void>;
}

/** Whether training can go on with a run. */
export function canResume({ run, state }: RunRecord): boolean {
  return run !== undefined && ['paused', 'interrupted', 'failed'].includes(state.state);
}

/** The runs in the home folder. Several processes may use them at the same time. */
export class RunStore {
  /** Holds a folder for each run. */
  readonly folder: string;

  constructor(home: string) {
    this.folder = path.resolve(home, 'runs');
  }

  /** Makes a run's folder, ready to be trained. */
  async create(run: RunFile): Promise<{ id: string; folder: string }> {
    await mkdir(this.folder, { recursive: true });
    await this.sweep();
    const temporary = path.join(this.folder, `.new-${randomUUID()}`);
    await mkdir(temporary);
    try {
      await writeRun(temporary, run);
      await writeState(temporary, INTERRUPTED);
      return await this.place(temporary, slug(run.name));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  /** Gives a folder the first free id that begins with a word. */
  private async place(temporary: string, word: string): Promise<{ id: string; folder: string }> {
    for (let number = 1; ; number++) {
      const id = number === 1 ? word : `${word}-${number}`;
      const folder = path.join(this.folder, id);
      if (await stat(folder).catch(() => undefined)) continue;
      try {
        await rename(temporary, folder);
        return { id, folder };
      } catch (error) {
        // somebody else was faster
        if (!(await stat(folder).catch(() => undefined))) throw error;
      }
    }
  }

  /** All runs, the newest first; one that is damaged is a failed one. */
  async list(): Promise<RunRecord[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    const records = await Promise.all(folders.map(({ name }) => recordOf(path.join(this.folder, name))));
    const created = ({ run }: RunRecord) => run?.created ?? '';
    return records.sort((a, b) => created(b).localeCompare(created(a)) || a.id.localeCompare(b.id));
  }

  /**
   * The run of an id, or in a folder.
   *
   * @throws ModelError where there is none
   */
  async find(reference: string): Promise<RunRecord> {
    for (const folder of [path.resolve(reference), path.join(this.folder, reference)]) {
      if (await stat(path.join(folder, 'run.json')).catch(() => undefined)) return recordOf(folder);
    }
    throw new ModelError(`There is no run "${reference}": give the folder or id of one.`);
  }

  /** @throws ModelError where the run is damaged or trains */
  async rename(id: string, name: string): Promise<void> {
    const folder = this.folderOf(id);
    const held = await holdRun(folder);
    try {
      await writeRun(folder, { ...(await readRun(folder)), name });
    } finally {
      await held.release();
    }
  }

  /**
   * Takes a run away; for a day it can be brought back.
   *
   * @throws ModelError where it trains, or there is none
   */
  async remove(id: string): Promise<RemovedRun> {
    const folder = this.folderOf(id);
    const held = await holdRun(folder);
    await held.release();
    const aside = path.join(this.folder, `.removed-${Date.now()}-${randomUUID()}`);
    await rename(folder, aside);
    return {
      id,
      restore: async () => {
        await this.place(aside, id);
      },
      forget: () => rm(aside, { recursive: true, force: true }),
    };
  }

  /** Takes from the disk what was removed long ago, and what a process that was killed left half made. */
  private async sweep(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const folder = path.join(this.folder, name);
      const removed = /^\.removed-(\d+)-/.exec(name)?.[1];
      const since = name.startsWith('.new-') ? (await stat(folder).catch(() => undefined))?.mtimeMs : removed;
      if (since === undefined || Date.now() - Number(since) < KEPT_REMOVED) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** @throws ModelError where an id would lead out of the folder */
  private folderOf(id: string): string {
    if (path.basename(id) !== id || id.startsWith('.')) throw new ModelError(`There is no run "${id}".`);
    return path.join(this.folder, id);
  }
}

/**
 * Takes a run for oneself, as whoever trains it must.
 *
 * @throws ModelError where another process, or another part of this one, has it; or there is none
 */
export async function holdRun(folder: string): Promise<{ release(): Promise<void> }> {
  const name = path.basename(folder);
  if (!(await stat(folder).catch(() => undefined))) throw new ModelError(`There is no run "${name}".`);
  const held = await tryLock(lockFile(folder));
  if (!held) throw new ModelError(`The run "${name}" is training: pause or stop it first.`);
  return held;
}

async function recordOf(folder: string): Promise<RunRecord> {
  const id = path.basename(folder);
  const run = await readRun(folder).catch(asMessage);
  const state = await readState(folder).catch(asMessage);
  const history = await readHistory(folder).catch(asMessage);
  const problem = [run, state, history].find((each) => each instanceof ModelError);
  return {
    id,
    folder,
    run: run instanceof ModelError ? undefined : run,
    state:
      problem || state instanceof ModelError
        ? { ...INTERRUPTED, state: 'failed', message: problem?.message }
        : await standing(folder, state),
    history: history instanceof ModelError ? [] : history,
  };
}

function asMessage(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  throw error;
}

/** A run that says it trains, and nobody does so, was interrupted. */
async function standing(folder: string, state: RunStateFile): Promise<RunStateFile> {
  if (state.state !== 'running' || (await isHeld(lockFile(folder)))) return state;
  return { ...state, state: 'interrupted' };
}

/** A name as the name of a folder, on every file system. */
function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'run' : plain;
}
