import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol/pages/training';
import { accuracyPercent, percentDone } from '../../base/words';
import { UserError } from '../../base/userError';
import type { TrainingRuns } from './trainingRuns';

export interface RunQuestion {
  title: string;
  placeHolder: string;
  /** Which runs the command is for. */
  suits: (run: RunSummary) => boolean;
  /** What to say where there is none. */
  none: string;
}

/**
 * The run that a command is for: the one it was called with, the only one that suits it, else one that the user
 * picks.
 *
 * @throws UserError where there is none to pick
 */
export async function runFor(
  runs: TrainingRuns,
  id: string | undefined,
  { title, placeHolder, suits, none }: RunQuestion,
): Promise<RunSummary | undefined> {
  const all = await runs.list();
  if (id !== undefined) {
    const found = all.find((run) => run.id === id);
    if (!found) throw new UserError('That run no longer exists.');
    return found;
  }
  const suitable = all.filter(suits);
  if (suitable.length === 0) throw new UserError(none);
  if (suitable.length === 1) return suitable[0];
  const items = suitable.map((run) => ({ label: run.name, description: describe(run), run }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.run;
}

function describe({ state, done, total, accuracy }: RunSummary): string {
  const words = total > 0 ? [state, percentDone(done, total)] : [state];
  return [...words, ...(accuracy === undefined ? [] : [accuracyPercent(accuracy)])].join(' · ');
}
