import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { place } from '../storage/place';
import { slug } from '../storage/slug';
import { removedName, removedOf, sweep } from '../storage/sweep';
import type { Card } from './card';
import { readEnsembleFile, type Combine, type EnsembleFile } from './ensembleFile';
import { writeEnsemble } from './ensembleFolder';
import { ModelError } from './errors';
import { readCard, writeCard } from './modelFolder';
import { checkModelName } from './modelName';

/** The reference of the model that ships with Scrawl. */
export const BUNDLED = 'bundled';

/** A model as it lies on disk. */
export interface ModelRecord {
  /** `bundled`, the name of the folder in the store, or the path of a folder elsewhere. */
  readonly id: string;
  readonly kind: 'bundled' | 'network' | 'ensemble';
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  /** Undefined where it is damaged. */
  readonly card: Card | undefined;
  readonly ensemble: EnsembleFile | undefined;
  readonly bytes: number;
  /** One sentence, where the model cannot be used. */
  readonly problem: string | undefined;
}

/** A model that can be used. */
export type WholeModel = ModelRecord & { readonly card: Card };

/** A model that was taken away, until it is forgotten. */
export interface RemovedModel {
  readonly id: string;
  /** Brings it back, under another id where its own is taken, and gives the id. */
  restore(): Promise<string>;
}

/** The models in the home folder, and the bundled one. Several processes may use them at the same time. */
export class ModelStore {
  /** Holds a folder for each model. */
  readonly folder: string;

  constructor(
    home: string,
    /** Folder of the model that ships with Scrawl. */
    private readonly bundled: string,
  ) {
    this.folder = path.resolve(home, 'models');
  }

  /** The bundled model first, then the others by name; damaged ones with their problem. */
  async list(): Promise<ModelRecord[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    const ids = entries.filter((entry) => entry.isDirectory() && isId(entry.name)).map(({ name }) => name);
    const records = await Promise.all(ids.map((id) => recordOf(id, path.join(this.folder, id))));
    const byName = (a: ModelRecord, b: ModelRecord) =>
      a.name.localeCompare(b.name) || a.id.localeCompare(b.id);
    return [await this.bundledRecord(), ...records.sort(byName)];
  }

  /**
   * The model of a reference: `bundled`, an id, the name of one model, or a folder.
   *
   * @throws ModelError where there is none, or it is damaged
   */
  async get(reference: string): Promise<WholeModel> {
    const found = await this.find(reference);
    if (!found) {
      throw new ModelError(
        `There is no model "${reference}": give the id that "models list" names, a model's folder, or "bundled".`,
      );
    }
    if (found.problem !== undefined) throw new ModelError(found.problem);
    return found as WholeModel;
  }

  /** As `get`, but damaged ones too; undefined where there is none. */
  async find(reference: string): Promise<ModelRecord | undefined> {
    if (reference === BUNDLED) return this.bundledRecord();
    const own = isId(reference) ? path.join(this.folder, reference) : undefined;
    if (own !== undefined && (await isFolder(own))) return recordOf(reference, own);
    const [named, ...others] = (await this.list()).filter(({ name }) => name === reference);
    if (named && others.length === 0) return named;
    const folder = path.resolve(reference);
    const isModel = reference !== '' && (await isFile(path.join(folder, 'card.json')));
    return isModel ? recordOf(folder, folder) : undefined;
  }

  /**
   * Adds a model under a free id. It is whole in the store, or not there at all.
   *
   * @param write fills a folder; the name that it is given is unlike any other model's
   */
  async add(name: string, write: (folder: string, name: string) => Promise<unknown>): Promise<WholeModel> {
    checkModelName(name);
    await mkdir(this.folder, { recursive: true });
    await sweep(this.folder);
    const temporary = path.join(this.folder, `.new-${randomUUID()}`);
    await mkdir(temporary);
    try {
      await write(temporary, await this.freeName(name));
      const { id } = await place(temporary, this.folder, wordOf(name));
      return await this.get(id);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
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
    await writeCard(folder, { ...(await readCard(folder)), name });
  }

  /**
   * Takes a model away; for a day it can be brought back.
   *
   * @throws ModelError where it is not in the store
   */
  async remove(id: string): Promise<RemovedModel> {
    const folder = this.folderOf(id);
    if (!(await isFolder(folder))) throw new ModelError(`There is no model "${id}" to remove.`);
    const aside = path.join(this.folder, removedName(id));
    await rename(folder, aside);
    await sweep(this.folder);
    return { id, restore: async () => (await place(aside, this.folder, id)).id };
  }

  /**
   * Brings back the model of an id that was removed last.
   *
   * @returns its id now
   * @throws ModelError where none is left
   */
  async restore(id: string): Promise<string> {
    const names = await readdir(this.folder).catch(() => []);
    const [last] = names.filter((name) => removedOf(name)?.id === id).sort((a, b) => b.localeCompare(a));
    if (last === undefined) {
      throw new ModelError(
        `No removed model "${id}" is left: a day after its removal a model is gone for good.`,
      );
    }
    return (await place(path.join(this.folder, last), this.folder, id)).id;
  }

  private bundledRecord(): Promise<ModelRecord> {
    return recordOf(BUNDLED, this.bundled, 'bundled');
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
    if (id === BUNDLED) throw new ModelError('The bundled model ships with Scrawl and stays as it is.');
    if (!isId(id)) throw new ModelError(`There is no model "${id}" in the store.`);
    return path.join(this.folder, id);
  }
}

/** Whether a text can be the name of a model's folder, and leads nowhere else. */
function isId(text: string): boolean {
  const plain = text.length > 0 && text.length <= 200 && !/[/\\:*?"<>|\0]/.test(text);
  return plain && !text.startsWith('.') && !/[. ]$/.test(text) && text !== BUNDLED;
}

function wordOf(name: string): string {
  const word = slug(name, 'model');
  return word === BUNDLED ? `model-${word}` : word;
}

async function recordOf(id: string, folder: string, kind?: 'bundled'): Promise<ModelRecord> {
  const ensemble = await readEnsembleFile(folder).catch(asModelError);
  const card = await readCard(folder).catch(asModelError);
  const whole = !(ensemble instanceof ModelError) && !(card instanceof ModelError);
  const size = await sizeOf(folder, whole ? ensemble : undefined);
  const problems = [card, ensemble, size].filter((each) => each instanceof ModelError);
  return {
    id,
    kind: kind ?? (ensemble === undefined ? 'network' : 'ensemble'),
    folder,
    name: card instanceof ModelError ? path.basename(id) : card.name,
    card: card instanceof ModelError ? undefined : card,
    ensemble: ensemble instanceof ModelError ? undefined : ensemble,
    bytes: size instanceof ModelError ? 0 : size,
    problem: problems[0]?.message,
  };
}

/** Bytes of the layers and weights, or what is missing of them. */
async function sizeOf(folder: string, ensemble: EnsembleFile | undefined): Promise<number | ModelError> {
  const folders = ensemble ? ensemble.members.map((member) => path.join(folder, member)) : [folder];
  let bytes = 0;
  for (const each of folders) {
    for (const name of ['model.json', 'weights.bin']) {
      const found = await stat(path.join(each, name)).catch(() => undefined);
      if (!found?.isFile()) {
        return new ModelError(`The model in ${each} has no ${name}: import or train it again.`);
      }
      bytes += found.size;
    }
  }
  return bytes;
}

function asModelError(error: unknown): ModelError {
  return error instanceof ModelError
    ? error
    : new ModelError('The model cannot be read: import or train it again.', { cause: error });
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() ?? false;
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}
