import { UserError } from '../../base/userError';
import { Command } from '../shell/names';
import { runCommand } from '../shell/runCommand';
import { repeatedOf } from './repeatTraining';
import type { TrainingRuns } from './trainingRuns';

/** Opens the form of a training with all that a run was started with; of one that went on from a model asks anew. */
export async function repeatRun(runs: TrainingRuns, id: string): Promise<void> {
  const { run } = await runs.store.find(id);
  if (!run) throw new UserError('That run is damaged: remove it and train again.');
  if (run.from) await runCommand(Command.continueTraining, run.from.model);
  else await runCommand(Command.trainModel, repeatedOf(id, run));
}
