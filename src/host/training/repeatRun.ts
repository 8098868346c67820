import * as vscode from 'vscode';
import { UserError } from '../../base/userError';
import { Command } from '../shell/names';
import { repeatedOf } from './repeatTraining';
import type { TrainingRuns } from './trainingRuns';

/** Opens the form of a training with all that a run was started with; of one that went on from a model asks anew. */
export async function repeatRun(runs: TrainingRuns, id: string): Promise<void> {
  const { run } = await runs.store.find(id);
  if (!run) throw new UserError('That run is damaged: remove it and train again.');
  if (run.from) await vscode.commands.executeCommand(Command.continueTraining, run.from.model);
  else await vscode.commands.executeCommand(Command.trainModel, repeatedOf(id, run));
}
