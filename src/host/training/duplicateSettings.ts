import { RunStore } from '../../runs/runStore';
import { UserError } from '../../base/userError';
import type { ModelLibrary } from '../models/library';
import { canRepeat } from '../models/canRepeat';
import { repeatTraining } from './repeatTraining';
import { Command } from '../shell/names';
import { runCommand } from '../shell/runCommand';
import { defaultRunSettings } from './trainingSettings';
import { anyWholeModelFor, type ModelArgument } from '../models/pickModel';

/** Opens the training form with the data, network and settings of a model. */
export async function duplicateSettings(library: ModelLibrary, argument: ModelArgument): Promise<void> {
  const model = await anyWholeModelFor(library, argument, {
    title: 'Duplicate Model Settings',
    placeHolder: 'The model whose settings to train with',
    suits: canRepeat,
    none: 'There is no model that was trained here yet: run "Scrawl: Train Model…" first.',
  });
  if (!model) return;
  const repeated = repeatTraining(model, defaultRunSettings(), await new RunStore(library.home).list());
  if (!repeated) throw new UserError(`${model.name} does not say how it was trained: choose another model.`);
  await runCommand(Command.trainModel, repeated);
}
