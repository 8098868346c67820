import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Ink } from '../../ink/ink';
import type { Guide } from '../../ink/lines/guide';
import { writeInkml } from '../../ink/writeInkml';
import { DatasetError } from '../errors';

/** Names that `keep` gives; whatever else lies in the folder is no sample. */
const SAMPLE_FILE = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[\w-]+\.inkml$/;
/** Characters of a name that are the time. */
const TIME_LENGTH = 24;

/** What the user wrote, and what they said that it is. */
export interface WrittenSample {
  readonly label: string;
  readonly ink: Ink;
  /** Width of the pen in the ink's unit. */
  readonly penWidth?: number | undefined;
  readonly writer?: string | undefined;
  /** The lines that it was written on. */
  readonly guide?: Guide | undefined;
}

/**
 * A folder of samples: an InkML file each, named by the time, so that any number of windows may add to them and none is
 * ever half written.
 */
export class KeptInk {
  constructor(
    readonly folder: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Keeps a sample behind all others, whatever the clock says.
   *
   * @returns the name of its file
   * @throws DatasetError where it has no point or no label, or cannot be written
   */
  async keep(sample: WrittenSample): Promise<string> {
    if (sample.label === '' || sample.ink.every((stroke) => stroke.length === 0)) {
      throw new DatasetError('There is nothing to keep: write something and say what it is.');
    }
    const last = timeOf((await this.list()).at(-1) ?? '');
    const time = new Date(Math.max(this.now().getTime(), last + 1)).toISOString();
    const name = `${time.replaceAll(':', '-')}-${randomUUID()}.inkml`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFileAtomic(path.join(this.folder, name), writeInkml([sample], time));
    } catch (cause) {
      throw new DatasetError(`The sample cannot be kept in ${this.folder}: check the disk.`, { cause });
    }
    return name;
  }

  /** The names of all samples' files, the oldest first. */
  async list(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => SAMPLE_FILE.test(name)).sort();
  }

  /** Takes a sample from the disk, if it is there. */
  async remove(name: string): Promise<void> {
    await rm(path.join(this.folder, name), { force: true });
  }
}

/** Milliseconds since 1970 of a file's name; 0 where it has none. */
function timeOf(name: string): number {
  const [day, time = ''] = name.slice(0, TIME_LENGTH).split('T');
  return Date.parse(`${day ?? ''}T${time.replaceAll('-', ':')}`) || 0;
}
