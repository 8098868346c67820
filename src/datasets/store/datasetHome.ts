import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FolderStore } from '../../storage/folderStore';
import { isLockInTheMaking, withLock, type LockOptions } from '../../storage/lock';
import { DatasetError } from '../errors';

/** Milliseconds after which nobody works any longer on a file that takes an instant. */
const LEFT_BEHIND = 60_000;

/** Where the datasets of a home folder, their downloads and the locks of both lie. */
export class DatasetHome {
  /** Holds a folder for each dataset that was downloaded or imported. */
  readonly folders: FolderStore;
  /** Holds what is needed until a download is done, and the locks. */
  readonly downloads: string;

  constructor(readonly home: string) {
    this.downloads = path.join(home, 'downloads');
    this.folders = new FolderStore(path.join(home, 'datasets'), {
      word: 'dataset',
      lockOf: (id) => this.lockFile(id),
    });
  }

  folder(id: string): string {
    return path.join(this.folders.folder, id);
  }

  /** Held by whoever writes, checks or removes the dataset. */
  lockFile(id: string): string {
    return path.join(this.downloads, `${id}.lock`);
  }

  /** Does the work while no other process has the dataset in hand. */
  async locked<T>(id: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
    try {
      await mkdir(this.folders.folder, { recursive: true });
      await mkdir(this.downloads, { recursive: true });
      return await withLock(this.lockFile(id), options, async () => {
        await this.sweepLocks();
        await this.folders.sweep();
        return work();
      });
    } catch (error) {
      throw explained(error, this.home);
    }
  }

  private async sweepLocks(): Promise<void> {
    for (const name of await readdir(this.downloads)) {
      const file = path.join(this.downloads, name);
      if (isLockInTheMaking(name) && (await ageOf(file)) > LEFT_BEHIND) await rm(file, { force: true });
    }
  }
}

/** Milliseconds since a file was written. */
async function ageOf(file: string): Promise<number> {
  return Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Infinity);
}

/** What the file system says when nothing can be written, as a sentence. */
function explained(error: unknown, home: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DatasetError(`The disk of ${home} is full: free some space and go on.`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR') {
    return new DatasetError(`${home} cannot be written to: choose another folder with --home.`, {
      cause: error,
    });
  }
  return error;
}
