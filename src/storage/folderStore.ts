import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { place } from './place';
import { slug } from './slug';
import { removedName, removedOf, sweep } from './sweep';
import { move } from './move';

/** What was taken away, until it is forgotten. */
export interface Removed {
  readonly id: string;
  /** Brings it back, under another id where its own is taken, and gives the id. */
  restore(): Promise<string>;
  /** Takes it from the disk. */
  forget(): Promise<void>;
}

export interface FolderStoreOptions {
  /** What the folders hold: the id where a name has no letter for one. */
  readonly word: string;
  /** Ids that mean something else. */
  readonly reserved?: readonly string[];
  /** The lock of an id, where whoever writes or removes its folder holds one. */
  readonly lockOf?: (id: string) => string;
}

/**
 * Folders side by side, each of which is whole or absent, named by ids that nobody else has. Any number of processes
 * may use them at the same time.
 */
export class FolderStore {
  /** @param folder absolute; made when something is added */
  constructor(
    readonly folder: string,
    private readonly options: FolderStoreOptions,
  ) {}

  async ids(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory() && this.isId(entry.name)).map(({ name }) => name);
  }

  /** Whether a text can be the name of a folder here, and leads nowhere else. */
  isId(text: string): boolean {
    const plain = text.length > 0 && text.length <= 200 && !/[/\\:*?"<>|\0]/.test(text);
    return plain && !text.startsWith('.') && !/[. ]$/.test(text) && !this.isReserved(text);
  }

  /** Where an id's folder lies, whether it is there or not; undefined where the text is no id. */
  find(id: string): string | undefined {
    return this.isId(id) ? path.join(this.folder, id) : undefined;
  }

  async has(id: string): Promise<boolean> {
    const folder = this.find(id);
    return folder !== undefined && ((await stat(folder).catch(() => undefined))?.isDirectory() ?? false);
  }

  /**
   * Adds a folder under a free id.
   *
   * @param name the id is made of it
   * @param write fills the folder while it still has another name
   */
  async add(
    name: string,
    write: (folder: string) => Promise<unknown>,
  ): Promise<{ id: string; folder: string }> {
    await mkdir(this.folder, { recursive: true });
    await this.sweep();
    return this.inTemporary(randomUUID(), async (temporary) => {
      await write(temporary);
      return place(temporary, this.folder, this.wordOf(name));
    });
  }

  /**
   * Puts a folder in the place of whatever lies under the id, of which the lock is held.
   *
   * @param write fills the folder while it still has another name
   */
  async replace<T>(id: string, write: (folder: string) => Promise<T>): Promise<T> {
    const folder = path.join(this.folder, id);
    return this.inTemporary(id, async (temporary) => {
      const written = await write(temporary);
      await this.dispose(folder);
      await move(temporary, folder);
      return written;
    });
  }

  /** Takes a folder away; for a day it can be brought back. */
  async remove(id: string): Promise<Removed> {
    const aside = path.join(this.folder, removedName(id));
    await move(path.join(this.folder, id), aside);
    await this.sweep();
    return {
      id,
      restore: async () => (await place(aside, this.folder, id)).id,
      forget: () => rm(aside, { recursive: true, force: true }),
    };
  }

  /** Brings back what was removed last of an id, and gives its id now; undefined where nothing is left. */
  async restore(id: string): Promise<string | undefined> {
    const names = await readdir(this.folder).catch(() => []);
    const [last] = names.filter((name) => removedOf(name)?.id === id).sort((a, b) => b.localeCompare(a));
    return last === undefined ? undefined : (await place(path.join(this.folder, last), this.folder, id)).id;
  }

  /** Takes a folder on the same disk away for good, in one step as far as anybody sees; there need be none. */
  async dispose(folder: string): Promise<void> {
    const aside = path.join(this.folder, `.old-${randomUUID()}`);
    await mkdir(this.folder, { recursive: true });
    await move(folder, aside).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    await rm(aside, { recursive: true, force: true });
  }

  /** Takes from the disk what was removed long ago, and what a process that was killed left half made. */
  sweep(): Promise<void> {
    return sweep(this.folder, this.options.lockOf);
  }

  private async inTemporary<T>(name: string, work: (temporary: string) => Promise<T>): Promise<T> {
    const temporary = path.join(this.folder, `.new-${name}`);
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    try {
      return await work(temporary);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  private wordOf(name: string): string {
    const { word } = this.options;
    const id = slug(name, word);
    return this.isReserved(id) ? `${word}-${id}` : id;
  }

  private isReserved(id: string): boolean {
    return this.options.reserved?.includes(id) ?? false;
  }
}
