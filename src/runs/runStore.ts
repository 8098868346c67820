import { stat } from 'node:fs/promises';
import path from 'node:path';
import { FolderStore, type Removed } from '../storage/folderStore';
import { type Held, isHeld, tryLock } from '../storage/lock';
import { ModelError } from '../models/errors';
import { checkModelName } from '../models/modelName';
import { INTERRUPTED, type EpochLine, type HistoryLine, type RunFile, type RunStateFile } from './run';
import {
  epochsOf,
  lockFile,
  readEpochs,
  readHistory,
  readRun,
  readState,
  writeRun,
  writeState,
} from './runFolder';

/** What a list of runs says of each. */
export interface RunOverview {
  /** Name of its folder, unlike any other run's. */
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** What it was started with; undefined where that is damaged. */
  readonly run: RunFile | undefined;
  readonly state: RunStateFile;
  readonly epochs: readonly EpochLine[];
}

/** A run as it lies on disk. */
export interface RunRecord extends RunOverview {
  readonly history: readonly HistoryLine[];
}

/** Whether training can go on with a run. */
export function canResume({ run, state }: RunOverview): boolean {
  return run !== undefined && ['paused', 'interrupted', 'failed'].includes(state.state);
}

/** The runs in the home folder. Several processes may use them at the same time. */
export class RunStore {
  private readonly folders: FolderStore;

  constructor(home: string) {
    this.folders = new FolderStore(path.resolve(home, 'runs'), { word: 'run' });
  }

  /** Holds a folder for each run. */
  get folder(): string {
    return this.folders.folder;
  }

  /**
   * Makes a run's folder, ready to be trained.
   *
   * @throws ModelError where no model can have its name
   */
  async create(run: RunFile): Promise<{ id: string; folder: string }> {
    checkModelName(run.name);
    return this.folders.add(run.name, async (folder) => {
      await writeRun(folder, run);
      await writeState(folder, INTERRUPTED);
    });
  }

  /** All runs, the newest first; one that is damaged is a failed one. */
  async list(): Promise<RunOverview[]> {
    const ids = await this.folders.ids();
    const folders = ids.map((id) => path.join(this.folder, id));
    const records = await Promise.all(folders.map((folder) => overviewOf(folder, readEpochs(folder))));
    const created = ({ run }: RunOverview) => run?.created ?? '';
    return records.sort((a, b) => created(b).localeCompare(created(a)) || a.id.localeCompare(b.id));
  }

  /** The folder of each run, by id. */
  async places(): Promise<Map<string, string>> {
    return new Map((await this.folders.ids()).map((id) => [id, path.join(this.folder, id)]));
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

  /** @throws ModelError where the run is damaged or trains, or no model can have the name */
  async rename(id: string, name: string): Promise<void> {
    checkModelName(name);
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
  async remove(id: string): Promise<Removed> {
    const held = await holdRun(this.folderOf(id));
    await held.release();
    return this.folders.remove(id);
  }

  /** @throws ModelError where an id would lead out of the folder */
  private folderOf(id: string): string {
    const folder = this.folders.find(id);
    if (folder === undefined) throw noRun(id);
    return folder;
  }
}

/**
 * Takes a run for oneself, as whoever trains it must.
 *
 * @throws ModelError where another process, or another part of this one, has it; or there is none
 */
export async function holdRun(folder: string): Promise<Held> {
  const name = path.basename(folder);
  if (!(await stat(folder).catch(() => undefined))) throw noRun(name);
  const held = await tryLock(lockFile(folder));
  if (!held) throw new ModelError(`The run "${name}" is training: pause or stop it first.`);
  return held;
}

function noRun(id: string): ModelError {
  return new ModelError(`There is no run "${id}": see which there are in the Models view.`);
}

async function recordOf(folder: string): Promise<RunRecord> {
  const history = readHistory(folder);
  const overview = await overviewOf(folder, history.then(epochsOf));
  return { ...overview, history: await history.catch(() => []) };
}

async function overviewOf(folder: string, read: Promise<EpochLine[]>): Promise<RunOverview> {
  const id = path.basename(folder);
  const [run, state, epochs] = await Promise.all([
    readRun(folder).catch(asMessage),
    readState(folder).catch(asMessage),
    read.catch(asMessage),
  ]);
  const problem = [run, state, epochs].find((each) => each instanceof ModelError);
  return {
    id,
    folder,
    run: run instanceof ModelError ? undefined : run,
    state:
      problem || state instanceof ModelError
        ? { ...INTERRUPTED, state: 'failed', message: problem?.message }
        : await standing(folder, state),
    epochs: epochs instanceof ModelError ? [] : epochs,
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
