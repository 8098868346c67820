import path from 'node:path';
import * as vscode from 'vscode';
import { exportDataset, type ExportFormat } from '../../datasets/export/exportDataset';
import { isOfTexts } from '../../datasets/ofTexts';
import { MY_HANDWRITING } from '../../datasets/store/myHandwriting';
import type { DatasetEntry } from '../../datasets/store/datasetEntry';
import type { Manifest } from '../../datasets/store/manifest';
import type { DatasetLibrary } from './library';
import { counted } from '../../base/words';
import { chooseNewPlace, sayWhere } from '../shell/newPlace';
import { longWork } from '../shell/longWork';
import { type DatasetArgument, datasetFor } from './pickDataset';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

const FORMATS: readonly FormatItem[] = [
  { format: 'png', label: 'PNG folders', description: 'a folder for each class' },
  { format: 'idx', label: 'IDX', description: 'gzipped pairs of images and labels, as MNIST has them' },
  { format: 'ctf', label: 'CNTK text format', description: '|labels 0 1 0 … |features …' },
];
const INK_FORMATS: readonly FormatItem[] = [
  { format: 'inkml', label: 'InkML', description: 'strokes, as they were written' },
  { format: 'jsonl', label: 'JSON Lines', description: 'strokes, one JSON object a line' },
];

/** Writes a dataset in another format to a new folder. */
export async function exportStoredDataset(library: DatasetLibrary, argument: DatasetArgument): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Export Dataset',
    placeHolder: 'The dataset to export',
    suits: ({ state }) => state === 'ready',
    none: 'There is no dataset to export yet: run "Scrawl: Download Dataset…" first.',
  });
  if (!entry) return;
  await exportEntry(library, entry);
}

/** Writes the user's own samples to a new folder. */
export async function exportMyHandwriting(library: DatasetLibrary): Promise<void> {
  // says what to do where there are none
  await library.store.open(MY_HANDWRITING);
  await exportStoredDataset(library, MY_HANDWRITING);
}

async function exportEntry({ store }: DatasetLibrary, { id, name, manifest }: DatasetEntry): Promise<void> {
  const formats = manifest ? formatsOf(manifest) : FORMATS;
  const picked = await vscode.window.showQuickPick(formats, {
    title: `Export ${name}`,
    placeHolder: 'The format',
  });
  if (!picked) return;
  const out = await chooseNewPlace(`Export ${name}`, `${id}-${picked.format}`);
  if (!out) return;
  const written = await longWork(`Exporting ${name}`, async (report, signal) =>
    exportDataset(await store.open(id), {
      format: picked.format,
      out: out.fsPath,
      signal,
      onProgress: (done, total) => report(counted(done, 'sample'), total > 0 ? done / total : 0),
    }),
  );
  if (written === undefined) return;
  sayWhere(`${counted(written, 'sample')} of ${name} are in ${path.basename(out.fsPath)}.`, out);
}

/** Words and lines are no pictures of characters: they go as ink alone. */
function formatsOf(manifest: Manifest): readonly FormatItem[] {
  if (isOfTexts(manifest)) return INK_FORMATS;
  return manifest.kind === 'ink' ? [...INK_FORMATS, ...FORMATS] : FORMATS;
}
