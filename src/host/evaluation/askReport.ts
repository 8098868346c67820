import path from 'node:path';
import * as vscode from 'vscode';
import type { ReportFormat } from '../../protocol/engine/evaluation';

/** Where a report goes, and as what. */
export interface AskedReport {
  readonly target: vscode.Uri;
  readonly format: ReportFormat;
}

const TITLE = 'Export Evaluation Report';

const FORMATS: readonly (vscode.QuickPickItem & { readonly format: ReportFormat; readonly files: string })[] =
  [
    {
      format: 'html',
      label: 'Report',
      description: 'HTML, one page that needs no network',
      files: 'HTML report',
    },
    { format: 'json', label: 'All Figures', description: 'JSON', files: 'All figures, JSON' },
    { format: 'csv', label: 'Confusion Matrix', description: 'CSV', files: 'Confusion matrix, CSV' },
  ];

/**
 * Asks what is to be written, and where.
 *
 * @param name of the file, without an ending
 */
export async function askReport(name: string): Promise<AskedReport | undefined> {
  const chosen = await vscode.window.showQuickPick(FORMATS, { title: TITLE, placeHolder: 'What to write' });
  if (!chosen) return undefined;
  const { format, files } = chosen;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: TITLE,
    filters: { [files]: [format] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, `${name}.${format}`) }),
  });
  return target && { target, format };
}

/** Says where a report is, and opens it. */
export async function offerToOpen({ target, format }: AskedReport): Promise<void> {
  const open = 'Open';
  const chosen = await vscode.window.showInformationMessage(
    `The report is in ${path.basename(target.fsPath)}.`,
    open,
  );
  if (chosen !== open) return;
  if (format === 'html') await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}
