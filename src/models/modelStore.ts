import { stat } from 'node:fs/promises';
import path from 'node:path';
import { BUNDLED, BUNDLED_LINES, BUNDLED_SYMBOLS } from '../base/bundled';
import { FolderStore, type Removed } from '../storage/folderStore';
import type { Card } from './card';
import { readEnsembleFile, type Combine, type EnsembleFile } from './ensembleFile';
import { writeEnsemble } from './ensembleFolder';
import { ModelError } from './errors';
import { inkFolderOf } from './inkCard';
import { layersBytes } from './layersFolder';
import { isLineCard, isLineModel, type LineCard } from './lineCard';
import { readAnyCard, writeCard } from './modelFolder';
import { checkModelName } from './modelName';
import { isSymbolCard, isSymbolModel, type SymbolCard } from './symbolCard';

/** A model as it lies on disk. */
export interface ModelRecord {
  /** `bundled`, `lines`, `symbols`, the name of the folder in the store, or the path of a folder elsewhere. */
  readonly id: string;
  readonly kind: 'bundled' | 'network' | 'ensemble';
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  /** Of a model of characters; undefined where it is damaged. */
  readonly card: Card | undefined;
  /** Of a model that reads lines. */
  readonly lines: LineCard | undefined;
  /** Of a model that reads symbols. */
  readonly symbols: SymbolCard | undefined;
  readonly ensemble: EnsembleFile | undefined;
  readonly bytes: number;
  /** One sentence, where the model cannot be used. */
  readonly problem: string | undefined;
}

/** A model of characters that can be used. */
export type WholeModel = ModelRecord & { readonly card: Card };

/** A model of lines that can be used. */
export type WholeLineModel = ModelRecord & { readonly lines: LineCard };

/** A model of symbols that can be used. */
export type WholeSymbolModel = ModelRecord & { readonly symbols: SymbolCard };

export function isWhole(model: ModelRecord): model is WholeModel {
  return model.card !== undefined && model.problem === undefined;
}

export function isWholeLines(model: ModelRecord): model is WholeLineModel {
  return model.lines !== undefined && model.problem === undefined;
}

type WriteModel = (folder: string, name: string) => Promise<unknown>;

/** The models in the home folder, and the bundled ones. Several processes may use them at the same time. */
export class ModelStore {
  private readonly folders: FolderStore;

  constructor(
    home: string,
    /** Folder of the model of characters that ships with Scrawl; those of lines and symbols lie beside it. */
    private readonly bundled: string,
  ) {
    this.folders = modelFolders(home);
  }

  /** Holds a folder for each model. */
  get folder(): string {
    return this.folders.folder;
  }

  /** The bundled models first, then the others by name; damaged ones with their problem. */
  async list(): Promise<ModelRecord[]> {
    const ids = await this.folders.ids();
    const records = await Promise.all(ids.map((id) => recordOf(id, path.join(this.folder, id))));
    const byName = (a: ModelRecord, b: ModelRecord) =>
      a.name.localeCompare(b.name) || a.id.localeCompare(b.id);
    const others = await Promise.all(
      ([BUNDLED_LINES, BUNDLED_SYMBOLS] as const).map((id) => this.bundledBeside(id)),
    );
    return [
      await this.bundledRecord(),
      ...others.filter((each) => each !== undefined),
      ...records.sort(byName),
    ];
  }

  /**
   * The model of characters of a reference: `bundled`, an id, the name of one model, or a folder.
   *
   * @throws ModelError where there is none, it is damaged, or it reads lines
   */
  async get(reference: string): Promise<WholeModel> {
    return (await this.whole(reference, 'characters')) as WholeModel;
  }

  /**
   * The model of lines of a reference: `lines`, an id, the name of one model, or a folder.
   *
   * @throws ModelError where there is none, it is damaged, or it reads characters
   */
  async getLines(reference: string): Promise<WholeLineModel> {
    return (await this.whole(reference, 'lines')) as WholeLineModel;
  }

  /**
   * The model of symbols of a reference: `symbols`, an id, the name of one model, or a folder.
   *
   * @throws ModelError where there is none, it is damaged, or it reads something else
   */
  async getSymbols(reference: string): Promise<WholeSymbolModel> {
    return (await this.whole(reference, 'symbols')) as WholeSymbolModel;
  }

  /**
   * The model of a reference, of characters or of lines.
   *
   * @throws ModelError where there is none, it is damaged, or it reads symbols
   */
  async getEither(reference: string): Promise<WholeModel | WholeLineModel> {
    const found = await this.find(reference);
    return found && readsOf(found) === 'lines' ? this.getLines(reference) : this.get(reference);
  }

  private async whole(reference: string, reads: WhatIsRead): Promise<ModelRecord> {
    const found = await this.find(reference);
    if (!found) {
      throw new ModelError(
        `There is no model "${reference}": give the id that "models list" names, a model's folder, or "bundled".`,
      );
    }
    if (found.problem !== undefined) throw new ModelError(found.problem);
    if (readsOf(found) === reads) return found;
    throw new ModelError(`"${found.name}" reads ${readsOf(found)}: choose a model of ${reads}.`);
  }

  /** As `get`, but damaged ones too; undefined where there is none. */
  async find(reference: string): Promise<ModelRecord | undefined> {
    if (reference === BUNDLED) return this.bundledRecord();
    if (reference === BUNDLED_LINES || reference === BUNDLED_SYMBOLS) return this.bundledBeside(reference);
    if (await this.folders.has(reference)) return recordOf(reference, path.join(this.folder, reference));
    const [named, ...others] = (await this.list()).filter(({ name }) => name === reference);
    if (named && others.length === 0) return named;
    const folder = path.resolve(reference);
    const isModel = reference !== '' && (await isFile(path.join(folder, 'card.json')));
    return isModel ? recordOf(folder, folder) : undefined;
  }

  /**
   * Adds a model of characters under a free id. It is whole in the store, or not there at all.
   *
   * @param write fills a folder; the name that it is given is unlike any other model's
   */
  async add(name: string, write: WriteModel): Promise<WholeModel> {
    return this.get(await this.addFolder(name, write));
  }

  /** As `add`, a model of lines. */
  async addLines(name: string, write: WriteModel): Promise<WholeLineModel> {
    return this.getLines(await this.addFolder(name, write));
  }

  private async addFolder(name: string, write: WriteModel): Promise<string> {
    checkModelName(name);
    const { id } = await this.folders.add(name, async (folder) => write(folder, await this.freeName(name)));
    return id;
  }

  /**
   * Makes an ensemble of models, whose files it takes over.
   *
   * @param references each as `get` takes it
   * @throws ModelError where one is missing, is an ensemble itself, or knows other classes than the first
   */
  async addEnsemble(name: string, references: readonly string[], combine: Combine): Promise<WholeModel> {
    const members = await Promise.all(references.map((reference) => this.get(reference)));
    const nested = members.find(({ kind }) => kind === 'ensemble');
    if (nested)
      throw new ModelError(`"${nested.name}" is an ensemble itself: name the models that it is made of.`);
    return this.add(name, (folder, free) => writeEnsemble(folder, free, members, combine));
  }

  /**
   * Gives a model another name; its id stays, so that whoever refers to it still finds it.
   *
   * @throws ModelError where the name is taken, or the model is not in the store or damaged
   */
  async rename(id: string, name: string): Promise<void> {
    checkModelName(name);
    const folder = this.folderOf(id);
    const taken = (await this.list()).find((each) => each.name === name);
    if (taken && taken.id !== id)
      throw new ModelError(`There is a model "${name}" already: choose another name.`);
    await writeCard(folder, { ...(await readAnyCard(folder)), name });
  }

  /**
   * Takes a model away; for a day it can be brought back.
   *
   * @throws ModelError where it is not in the store
   */
  async remove(id: string): Promise<Removed> {
    this.folderOf(id);
    if (!(await this.folders.has(id))) throw new ModelError(`There is no model "${id}" to remove.`);
    return this.folders.remove(id);
  }

  /**
   * Brings back the model of an id that was removed last.
   *
   * @returns its id now
   * @throws ModelError where none is left
   */
  async restore(id: string): Promise<string> {
    const restored = await this.folders.restore(id);
    if (restored !== undefined) return restored;
    throw new ModelError(
      `No removed model "${id}" is left: a day after its removal a model is gone for good.`,
    );
  }

  private bundledRecord(): Promise<ModelRecord> {
    return recordOf(BUNDLED, this.bundled, 'bundled');
  }

  /** The model of lines or of symbols that ships with Scrawl, in a folder of its id, where one does. */
  private async bundledBeside(id: keyof typeof IS_BESIDE): Promise<ModelRecord | undefined> {
    const folder = path.join(this.bundled, '..', id);
    return (await IS_BESIDE[id](folder)) ? recordOf(id, folder, 'bundled') : undefined;
  }

  /** A name that no model has, which ends in a number if need be. */
  private async freeName(name: string): Promise<string> {
    const taken = new Set((await this.list()).map((each) => each.name));
    for (let number = 2, free = name; ; number++) {
      if (!taken.has(free)) return free;
      free = `${name} ${String(number)}`;
    }
  }

  /** @throws ModelError where an id is of no model that may be changed */
  private folderOf(id: string): string {
    if (ALL_BUNDLED.includes(id))
      throw new ModelError('A bundled model ships with Scrawl and stays as it is.');
    const folder = this.folders.find(id);
    if (folder === undefined) throw new ModelError(`There is no model "${id}" in the store.`);
    return folder;
  }
}

const IS_BESIDE = { [BUNDLED_LINES]: isLineModel, [BUNDLED_SYMBOLS]: isSymbolModel };

const ALL_BUNDLED = [BUNDLED, BUNDLED_LINES, BUNDLED_SYMBOLS];

type WhatIsRead = 'lines' | 'symbols' | 'characters';

/** What a model reads. */
export function readsOf({ lines, symbols }: Pick<ModelRecord, 'lines' | 'symbols'>): WhatIsRead {
  if (lines) return 'lines';
  return symbols ? 'symbols' : 'characters';
}

/** The models' folders in a home folder. */
export function modelFolders(home: string): FolderStore {
  return new FolderStore(path.resolve(home, 'models'), { word: 'model', reserved: ALL_BUNDLED });
}

async function recordOf(id: string, folder: string, kind?: 'bundled'): Promise<ModelRecord> {
  const ensemble = await readEnsembleFile(folder).catch(asModelError);
  const card = await readAnyCard(folder).catch(asModelError);
  const known = card instanceof ModelError ? undefined : card;
  const whole = !(ensemble instanceof ModelError) && known !== undefined;
  const size = await sizeOf(folder, whole ? ensemble : undefined);
  const problems = [card, ensemble, size].filter((each) => each instanceof ModelError);
  return {
    id,
    kind: kind ?? (ensemble === undefined ? 'network' : 'ensemble'),
    folder,
    name: known?.name ?? path.basename(id),
    card: isLineCard(known) || isSymbolCard(known) ? undefined : known,
    lines: isLineCard(known) ? known : undefined,
    symbols: isSymbolCard(known) ? known : undefined,
    ensemble: ensemble instanceof ModelError ? undefined : ensemble,
    bytes: size instanceof ModelError ? 0 : size,
    problem: problems[0]?.message,
  };
}

/** Bytes of the layers and weights, or what is missing or wrong of them. */
async function sizeOf(folder: string, ensemble: EnsembleFile | undefined): Promise<number | ModelError> {
  const folders = ensemble ? ensemble.members.map((member) => path.join(folder, member)) : [folder];
  folders.push(...[await inkFolderOf(folder)].filter((each) => each !== undefined));
  const sizes = await Promise.all(folders.map((each) => layersBytes(each).catch(asModelError)));
  const problem = sizes.find((size) => size instanceof ModelError);
  return problem ?? sizes.reduce<number>((sum, size) => sum + Number(size), 0);
}

function asModelError(error: unknown): ModelError {
  return error instanceof ModelError
    ? error
    : new ModelError('The model cannot be read: import or train it again.', { cause: error });
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}
