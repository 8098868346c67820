import * as vscode from 'vscode';
import { curvesCsv } from './curvesCsv';
import type { TrainingRuns } from './trainingRuns';

/** Asks where a picture of the curves goes, and writes it. */
export async function exportCurvesSvg(svg: string): Promise<void> {
  await save('curves.svg', { SVG: ['svg'] }, () => Promise.resolve(svg));
}

/** Asks where the runs' histories go, and writes every point of them as a table. */
export async function exportCurvesCsv(runs: TrainingRuns, ids: readonly string[]): Promise<void> {
  await save('curves.csv', { CSV: ['csv'] }, async () => {
    const records = await Promise.all(ids.map((id) => runs.store.find(id)));
    return curvesCsv(records.map(({ id, run, history }) => ({ name: run?.name ?? id, history })));
  });
}

async function save(name: string, filters: Record<string, string[]>, content: () => Promise<string>) {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const target = await vscode.window.showSaveDialog({
    title: 'Export Curves',
    filters,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await content()));
  vscode.window.setStatusBarMessage(
    `$(check) Scrawl: the curves are in ${target.path.split('/').at(-1)}`,
    5000,
  );
}
