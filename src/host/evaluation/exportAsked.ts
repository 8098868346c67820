import path from 'node:path';
import * as vscode from 'vscode';
import type { AskOptions } from '../../protocol/ask';
import type { ReportFormat, SplitProgress, writeReport } from '../../protocol/engine/evaluation';
import { longWork } from '../shell/longWork';

/** Where a report goes, and as what. */
interface AskedReport {
  readonly target: vscode.Uri;
  readonly format: ReportFormat;
}

const TITLE = 'Export Evaluation Report';

interface Format extends vscode.QuickPickItem {
  readonly format: ReportFormat;
  readonly extension: string;
  readonly files: string;
}

const FORMATS: readonly Format[] = [
  {
    format: 'html',
    extension: 'html',
    label: 'Report',
    description: 'HTML, one page that needs no network',
    files: 'HTML report',
  },
  {
    format: 'json',
    extension: 'json',
    label: 'All Figures',
    description: 'JSON',
    files: 'All figures, JSON',
  },
  {
    format: 'csv',
    extension: 'csv',
    label: 'Confusion Matrix',
    description: 'CSV',
    files: 'Confusion matrix, CSV',
  },
  { format: 'writers', extension: 'csv', label: 'Writers', description: 'CSV', files: 'Writers, CSV' },
];

/** Where a report is written, and as what. */
export interface ReportFile {
  readonly file: string;
  readonly format: ReportFormat;
}

/**
 * Asks what is to be written of an evaluation and where, has it written, and offers to open it.
 *
 * @param name of the file, without an ending
 * @param namesWriters whether there is something to write of them
 * @param write is told when the user cancels, and tells how many samples were read
 */
export async function exportAsked(
  name: string,
  namesWriters: boolean,
  write: (
    report: ReportFile,
    options: Pick<AskOptions<typeof writeReport>, 'signal' | 'onProgress'>,
  ) => Promise<unknown>,
): Promise<void> {
  const asked = await askReport(name, namesWriters);
  if (!asked) return;
  const { target, format } = asked;
  const done = await longWork('Exporting the report', async (report, signal) => {
    const onProgress = ({ done: read, total }: SplitProgress) =>
      report('reading', total > 0 ? read / total : 0);
    await write({ file: target.fsPath, format }, { signal, onProgress });
    return true;
  });
  if (done) await offerToOpen(asked);
}

async function askReport(name: string, namesWriters: boolean): Promise<AskedReport | undefined> {
  const formats = FORMATS.filter(({ format }) => format !== 'writers' || namesWriters);
  const chosen = await vscode.window.showQuickPick(formats, { title: TITLE, placeHolder: 'What to write' });
  if (!chosen) return undefined;
  const { format, extension, files } = chosen;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: TITLE,
    filters: { [files]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, `${name}.${extension}`) }),
  });
  return target && { target, format };
}

/** Says where a report is, and opens it. */
async function offerToOpen({ target, format }: AskedReport): Promise<void> {
  const open = 'Open';
  const chosen = await vscode.window.showInformationMessage(
    `The report is in ${path.basename(target.fsPath)}.`,
    open,
  );
  if (chosen !== open) return;
  if (format === 'html') await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}
