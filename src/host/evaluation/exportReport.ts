import path from 'node:path';
import * as vscode from 'vscode';
import { writeReport } from '../../protocol/engine/evaluation';
import { UserError } from '../../base/userError';
import { longWork } from '../shell/longWork';
import type { EvaluateParts } from './evaluateModel';

const FORMATS = ['html', 'csv', 'json'] as const;

/** Writes the window's evaluation as a page that opens without a network, or its confusion matrix. */
export async function exportReport({ current, engine, evaluations, library }: EvaluateParts): Promise<void> {
  const { spec } = current;
  if (!spec) throw new UserError('There is nothing to export: run "Scrawl: Evaluate Model…" first.');
  await evaluations.checkModels(spec);
  const target = await askWhere(`${path.basename(spec.dataset)}-${spec.split}.html`);
  if (!target) return;
  const { model, dataset, split, judging, other } = spec;
  const done = await longWork('Exporting the report', async (report, signal) => {
    await engine.call(
      writeReport,
      {
        ...{ model, dataset, split, ...judging },
        home: library.store.home,
        file: target.fsPath,
        format: formatOf(target),
        ...(other && { compare: other.model }),
      },
      {
        signal,
        onProgress: ({ done: read, total }) => report('reading', total > 0 ? read / total : 0),
      },
    );
    return true;
  });
  if (done) await offerToOpen(target);
}

async function askWhere(name: string): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.window.showSaveDialog({
    title: 'Export Evaluation Report',
    filters: {
      'HTML report': ['html'],
      'Confusion matrix, CSV': ['csv'],
      'Confusion matrix, JSON': ['json'],
    },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
}

function formatOf(target: vscode.Uri): (typeof FORMATS)[number] {
  const extension = path.extname(target.fsPath).slice(1).toLowerCase();
  return FORMATS.find((format) => format === extension) ?? 'html';
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const open = 'Open';
  const chosen = await vscode.window.showInformationMessage(
    `The report is in ${path.basename(target.fsPath)}.`,
    open,
  );
  if (chosen !== open) return;
  if (formatOf(target) === 'html') await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}
