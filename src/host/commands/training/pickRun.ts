import * as vscode from 'vscode';
import type { RunSummary } from '../../../protocol/trainingView';
import { percent } from '../../datasets/words';
import { UserError } from '../../errors';
import type { TrainingRuns } from '../../training/trainingRuns';
import { accuracyInWords } from '../../training/words';

export interface RunQuestion {
  title: string;
  placeHolder: string;
  /** Which runs the command is for. */
  suits: (run: RunSummary) => boolean;
  /** What to say where there is none. */
  none: string;
}

/**
 * The run that a command is for: the one it was called with, the only one that suits it, else one that the person
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
    if (!found) throw new UserError('That run is not there any more.');
    return found;
  }
  const suitable = all.filter(suits);
  if (suitable.length === 0) throw new UserError(none);
  if (suitable.length === 1) return suitable[0];
  const items = suitable.map((run) => ({ label: run.name, description: describe(run), run }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.run;
}

function describe({ state, done, total, accuracy }: RunSummary): string {
  const words = total > 0 ? [state, percent(done, total)] : [state];
  return [...words, ...(accuracy === undefined ? [] : [accuracyInWords(accuracy)])].join(' · ');
}
