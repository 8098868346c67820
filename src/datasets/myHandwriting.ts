import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Ink } from '../ink/ink';
import { writeInkml } from '../ink/writeInkml';
import { DatasetError } from './errors';
import { openFiles } from './files';
import { openInkml } from './inkDataset';
import type { Dataset } from './samples';

/** What the dataset of the user's own samples is opened with. */
export const MY_HANDWRITING = 'my-handwriting';

/** A character that the user drew and said what it is. */
export interface HandwritingSample {
  readonly label: string;
  readonly ink: Ink;
  /** Width of the pen in the ink's unit. */
  readonly penWidth?: number | undefined;
  readonly writer?: string | undefined;
}

/**
 * The samples that the pad keeps: an InkML file each, named by the time, so that any number of windows may add to them
 * and none is ever half written. They are never sent anywhere.
 */
export class MyHandwriting {
  readonly folder: string;

  /** @param home the folder that datasets lie in */
  constructor(
    home: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.folder = path.join(home, MY_HANDWRITING);
  }

  /**
   * Keeps a sample.
   *
   * @returns the name of its file
   * @throws DatasetError where it has no point or no label, or cannot be written
   */
  async keep(sample: HandwritingSample): Promise<string> {
    if (sample.label === '' || sample.ink.every((stroke) => stroke.length === 0)) {
      throw new DatasetError('There is nothing to keep: draw a character and say what it is.');
    }
    const written = this.now();
    const name = `${written.toISOString().replaceAll(':', '-')}-${String(await this.count()).padStart(6, '0')}-${randomUUID()}.inkml`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFileAtomic(path.join(this.folder, name), writeInkml([sample], written.toISOString()));
    } catch (cause) {
      throw new DatasetError(`The sample cannot be kept in ${this.folder}: check the disk.`, { cause });
    }
    return name;
  }

  /** The names of all samples' files, the oldest first. */
  async list(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => name.endsWith('.inkml')).sort();
  }

  async count(): Promise<number> {
    return (await this.list()).length;
  }

  /**
   * Removes one sample, the last one kept unless another is named.
   *
   * @returns the file that is gone; undefined where there was none
   */
  async undo(name?: string): Promise<string | undefined> {
    const names = await this.list();
    const chosen = name === undefined ? names.at(-1) : names.find((each) => each === name);
    if (chosen !== undefined) await rm(path.join(this.folder, chosen), { force: true });
    return chosen;
  }

  /**
   * Opens the samples as a dataset.
   *
   * @throws DatasetError where none is kept yet
   */
  async open(): Promise<Dataset> {
    if ((await this.count()) === 0) {
      throw new DatasetError('There is no sample of your handwriting yet: keep some from the pad first.');
    }
    return openInkml(await openFiles(this.folder), MY_HANDWRITING);
  }
}
