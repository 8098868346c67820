import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogEntry, CatalogFile } from './catalog';
import { readMapping } from '../formats/emnist';
import { DatasetError } from '../errors';
import { readWhole } from '../files';
import { readIdxLabels } from '../formats/idx';
import type { IdxPair } from '../formats/idxStream';
import { DIGITS } from '../formats/mnist';

/** How the original files of a dataset are to be understood. */
export interface Layout {
  readonly classes: readonly string[];
  readonly covers: readonly string[];
  readonly transposed: boolean;
  /** @throws DatasetError where the label stands for no class */
  readonly classOf: (label: number, file: string) => number;
}

/**
 * Reads what the original files say of themselves.
 *
 * @param folder that they lie in
 * @throws DatasetError where the mapping is unreadable
 */
export async function readLayout({ layout, files }: CatalogEntry, folder: string): Promise<Layout> {
  if (layout === 'mnist') return { classes: DIGITS, covers: DIGITS, transposed: false, classOf: digitOf };
  const mapping = files.find(({ holds }) => holds === 'mapping')?.name ?? '';
  return {
    ...readMapping(await readFile(path.join(folder, mapping), 'latin1'), layout),
    transposed: true,
  };
}

function digitOf(label: number, file: string): number {
  if (label < DIGITS.length) return label;
  throw new DatasetError(`${file} has the label ${String(label)}: fetch it again.`);
}

/** The files of one split, as they are read. */
export function pairOf(
  { files }: CatalogEntry,
  folder: string,
  split: 'train' | 'test',
  { transposed, classOf }: Layout,
): IdxPair {
  const fileThat = (holds: CatalogFile['holds']) =>
    path.join(folder, files.find((file) => file.holds === holds && file.split === split)?.name ?? '');
  return { images: fileThat('images'), labels: fileThat('labels'), transposed, classOf };
}

/** @throws DatasetError where the mapping is unreadable or a label is outside of it */
export async function checkLabels(entry: CatalogEntry, folder: string): Promise<void> {
  const { classOf } = await readLayout(entry, folder);
  for (const { name } of entry.files.filter(({ holds }) => holds === 'labels')) {
    for (const label of new Set(readIdxLabels(await readWhole(path.join(folder, name)), name))) {
      classOf(label, name);
    }
  }
}
