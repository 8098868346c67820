import { layerNames } from '../../models/layerNames';
import { UserError } from '../../base/userError';
import type { ModelLibrary } from '../models/library';
import { toValues } from './trainingDefaults';
import { modelNetwork } from './modelNetwork';
import { defaultRunSettings } from './trainingSettings';
import { anyWholeModelFor, cardOf, type ModelArgument } from '../models/pickModel';
import { pickData } from './pickData';
import { pickFrozen } from './pickFrozen';
import { askName, namedData, startOrShow, type TrainParts } from './trainModel';

const TITLE = 'Continue Training';

/**
 * Trains a model further, on other data or more of the same, with layers frozen by choice.
 *
 * @param dataset its id, where it is chosen already
 */
export async function continueTraining(
  parts: TrainParts,
  models: ModelLibrary,
  argument: ModelArgument,
  dataset?: string,
): Promise<void> {
  const model = await anyWholeModelFor(models, argument, {
    title: `${TITLE} (1/5)`,
    placeHolder: 'The model to continue from',
    suits: ({ kind }) => kind !== 'ensemble',
    none: 'There is no model to continue from: run "Scrawl: Train Model…" first.',
  });
  if (!model) return;
  if (model.kind === 'ensemble')
    throw new UserError(`${model.name} is an ensemble: continue one of the models that it is made of.`);
  const only = model.lines && 'ink';
  const data =
    dataset === undefined
      ? await pickData(parts.library, `${TITLE} (2/5)`, undefined, only)
      : await namedData(parts.library, dataset);
  if (!data) return;
  const layers = await layerNames(model.folder);
  const frozen = await pickFrozen(layers, `${TITLE} (3/5)`);
  if (!frozen) return;
  const name = await askName(parts, `${model.name} on ${data.label}`, `${TITLE} (4/5)`);
  if (name === undefined) return;
  const network = modelNetwork(model.id, cardOf(model));
  const draft = {
    name,
    dataset: data.value,
    network: network.value,
    settings: toValues(defaultRunSettings(network.label)),
    from: { model: model.id, frozen },
  };
  await startOrShow(parts, `${TITLE} (5/5)`, draft, network, layers);
}
