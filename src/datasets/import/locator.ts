import path from 'node:path';
import { splitOfName } from './fileSplits';

/** The file that a row of a table means, by what it says of it. */
export type Locator = (file: string) => string | undefined;

/** A table may say another kind of picture than there is: they were converted since. */
export const PICTURE = /\.(png|jpe?g|webp|bmp|tiff?|gif)$/i;

/**
 * Files by what tables call them. Letters are the same however their accents are written (macOS writes them apart), and,
 * where that finds nothing else, in either case.
 */
export class FileIndex {
  private readonly whole: ReadonlyMap<string, string>;
  /** By the end of the path, with the extension or without; undefined where that is not of one file. */
  private readonly byEnd = new Map<string, string | undefined>();
  private readonly byLowered = new Map<string, string | undefined>();

  /** @param files names of all that may be meant */
  constructor(readonly files: readonly string[]) {
    this.whole = new Map(files.map((file) => [normal(file), file]));
    for (const file of files) {
      const parts = normal(file).split('/');
      const base = parts.at(-1) ?? '';
      const ends = parts.map((_, at) => parts.slice(at).join('/'));
      const said = [...ends.slice(1), base, path.posix.parse(base).name];
      for (const end of new Set(said)) this.byEnd.set(end, this.byEnd.has(end) ? undefined : file);
      for (const end of new Set(said.map(lowered)))
        this.byLowered.set(end, this.byLowered.has(end) ? undefined : file);
    }
  }

  /**
   * Finds files for a table: by the path from its folder, from the folder of the split that it is named after, or from
   * the top, else by the end of the path, at the least the name alone.
   */
  locator(table: string): Locator {
    const folder = normal(path.posix.dirname(table));
    const split = splitOfName(table);
    return (said) => {
      const file = normal(said.trim().replaceAll('\\', '/')).replace(/^\.\//, '');
      if (file === '') return undefined;
      const paths = [path.posix.join(folder, file), path.posix.join(folder, split, file), file];
      const found = paths.map((each) => this.whole.get(each)).find((each) => each !== undefined);
      return found ?? this.endingWith(file.split('/').filter((part) => !/^\.{0,2}$/.test(part)));
    };
  }

  private endingWith(parts: readonly string[]): string | undefined {
    const ends = parts.map((_, at) => parts.slice(at).join('/'));
    const exact = ends.map((end) => this.byEnd.get(end));
    const nearly = ends.map((end) => this.byLowered.get(lowered(end)));
    const base = parts.at(-1) ?? '';
    const stem = PICTURE.test(base) ? this.byLowered.get(lowered(path.posix.parse(base).name)) : undefined;
    return [...exact, ...nearly, stem].find((found) => found !== undefined);
  }
}

function normal(name: string): string {
  return name.normalize('NFC');
}

function lowered(name: string): string {
  return name.toLowerCase();
}
