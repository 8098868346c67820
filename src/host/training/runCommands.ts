import * as vscode from 'vscode';
import type { Removed } from '../../storage/folderStore';
import { report } from '../shell/report';
import type { TrainingRuns } from './trainingRuns';
import { pickBackend } from './pickBackend';
import { type RunQuestion, runFor } from './pickRun';

/** The run that a command was called with, if it was with one. */
export interface RunArgument {
  readonly id?: string | undefined;
  /** Whether to ask what computes, as where a device was lost. */
  readonly chooseBackend?: boolean | undefined;
}

const UNDO = 'Undo';

const LIVE: Omit<RunQuestion, 'title' | 'placeHolder'> = {
  suits: ({ where }) => where === 'here',
  none: 'No run is training in this window: run "Scrawl: Train Model…" to start one.',
};

export async function resumeRun(runs: TrainingRuns, { id, chooseBackend }: RunArgument): Promise<void> {
  const run = await runFor(runs, id, {
    title: 'Resume Run',
    placeHolder: 'The run to resume',
    suits: ({ state, where }) => where === 'nowhere' && ['paused', 'interrupted', 'failed'].includes(state),
    none: 'There is no run to resume: run "Scrawl: Train Model…" to start one.',
  });
  if (!run) return;
  // it had its turn already
  const first = run.state === 'interrupted';
  if (!chooseBackend) return runs.resume(run.id, undefined, first);
  const backend = await pickBackend(run.name);
  if (backend !== undefined) await runs.resume(run.id, backend, first);
}

export async function pauseRun(runs: TrainingRuns, { id }: RunArgument): Promise<void> {
  const question = { ...LIVE, title: 'Pause Run', placeHolder: 'The run to pause' };
  const run = await runFor(runs, id, question);
  if (run) await runs.pause(run.id);
}

export async function stopRun(runs: TrainingRuns, { id }: RunArgument): Promise<void> {
  const question = { ...LIVE, title: 'Stop Run', placeHolder: 'The run to stop; its model is kept' };
  const run = await runFor(runs, id, question);
  if (run) await runs.stop(run.id);
}

/** Gives a run up; what came of it can be brought back for a while. */
export async function cancelRun(
  runs: TrainingRuns,
  { id }: RunArgument,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const question = { ...LIVE, title: 'Cancel Run', placeHolder: 'The run to cancel; nothing of it is kept' };
  const run = await runFor(runs, id, question);
  if (run) offerUndo(runs, `${run.name} is canceled.`, await runs.cancel(run.id), log);
}

/** Takes a run's curves and checkpoint from the disk; its model stays. */
export async function removeRun(
  runs: TrainingRuns,
  { id }: RunArgument,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const run = await runFor(runs, id, {
    title: 'Remove Run',
    placeHolder: 'The run whose curves and checkpoint to remove; its model stays',
    suits: ({ where }) => where === 'nowhere',
    none: 'There is no run to remove.',
  });
  if (run) offerUndo(runs, `The run ${run.name} is removed.`, await runs.remove(run.id), log);
}

function offerUndo(
  runs: TrainingRuns,
  message: string,
  removed: Removed,
  log: vscode.LogOutputChannel,
): void {
  // nobody waits for a notification to be answered
  void vscode.window.showInformationMessage(message, UNDO).then(async (answer) => {
    if (answer !== UNDO) return;
    await runs.restore(removed).catch((error: unknown) => report(error, log));
  });
}
