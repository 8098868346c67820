import path from 'node:path';
import * as vscode from 'vscode';
import { exportDataset, type ExportFormat } from '../../../datasets/export/exportDataset';
import { MY_HANDWRITING, type MyHandwriting } from '../../../datasets/myHandwriting';
import type { Dataset } from '../../../datasets/samples';
import type { DatasetLibrary } from '../../datasets/library';
import { counted } from '../../datasets/words';
import { longWork } from './longWork';
import { type DatasetArgument, datasetFor } from './pickDataset';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

const FORMATS: readonly FormatItem[] = [
  { format: 'png', label: 'PNG folders', description: 'a folder for each class' },
  { format: 'idx', label: 'IDX', description: 'gzipped pairs of images and labels, as MNIST has them' },
  { format: 'ctf', label: 'CNTK text format', description: '|labels 0 1 0 … |features …' },
];
const INKML: FormatItem = { format: 'inkml', label: 'InkML', description: 'strokes, as they were written' };

/** Writes a dataset in another format to a new folder. */
export async function exportStoredDataset(library: DatasetLibrary, argument: DatasetArgument): Promise<void> {
  const entry = await datasetFor(library, argument, {
    title: 'Export Dataset',
    placeHolder: 'The dataset to export',
    suits: ({ state }) => state === 'ready',
    none: 'There is no dataset to export yet: run "Scrawl: Download Dataset…" first.',
  });
  if (!entry) return;
  await exportOne(entry.name, entry.id, entry.manifest?.kind === 'ink', () => library.store.open(entry.id));
}

/** Writes the person's own samples to a new folder. */
export async function exportMyHandwriting(handwriting: MyHandwriting): Promise<void> {
  const dataset = await handwriting.open();
  await exportOne('My Handwriting', MY_HANDWRITING, true, () => Promise.resolve(dataset));
}

async function exportOne(
  name: string,
  id: string,
  ink: boolean,
  open: () => Promise<Dataset>,
): Promise<void> {
  const picked = await vscode.window.showQuickPick(ink ? [INKML, ...FORMATS] : FORMATS, {
    title: `Export ${name}`,
    placeHolder: 'The format',
  });
  if (!picked) return;
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: `Export ${name}`,
      openLabel: 'Export Here',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!parent) return;
  const out = await freeFolder(parent, `${id}-${picked.format}`);
  const written = await longWork(`Exporting ${name}`, async (report, signal) =>
    exportDataset(await open(), {
      format: picked.format,
      out: out.fsPath,
      signal,
      onProgress: (done, total) => report(counted(done, 'sample'), total > 0 ? done / total : 0),
    }),
  );
  if (written === undefined) return;
  const reveal = 'Show Folder';
  const message = `${counted(written, 'sample')} of ${name} are in ${path.basename(out.fsPath)}.`;
  void vscode.window.showInformationMessage(message, reveal).then((answer) => {
    if (answer === reveal) void vscode.commands.executeCommand('revealFileInOS', out);
  });
}

/** A folder that is not there yet: a number tells it from those of before. */
async function freeFolder(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const folder = vscode.Uri.joinPath(parent, number === 1 ? name : `${name}-${number}`);
    const there = await vscode.workspace.fs.stat(folder).then(
      () => true,
      () => false,
    );
    if (!there) return folder;
  }
}
