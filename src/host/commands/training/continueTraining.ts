import { layerNames } from '../../../models/layerNames';
import type { WholeModel } from '../../../models/modelStore';
import { PRESETS } from '../../../networks/presets';
import { UserError } from '../../errors';
import type { ModelLibrary } from '../../models/library';
import { toValues } from '../../training/trainingDefaults';
import type { NetworkChoice } from '../../training/networkChoices';
import { defaultRunSettings } from '../../training/trainingSettings';
import { type ModelArgument, wholeModelFor } from '../models/pickModel';
import { pickData } from './pickData';
import { pickFrozen } from './pickFrozen';
import { askName, startOrShow, type TrainParts } from './trainModel';

const TITLE = 'Continue Training';

/** Trains a model further, on other data or more of the same, with layers frozen by choice. */
export async function continueTraining(
  parts: TrainParts,
  models: ModelLibrary,
  argument: ModelArgument,
): Promise<void> {
  const model = await wholeModelFor(models, argument, {
    title: `${TITLE} (1/5)`,
    placeHolder: 'The model to go on from',
    suits: ({ kind }) => kind !== 'ensemble',
    none: 'There is no model to go on from: run "Scrawl: Train Model…" first.',
  });
  if (!model) return;
  if (model.kind === 'ensemble')
    throw new UserError(`${model.name} is an ensemble: continue one of the models that it is made of.`);
  const data = await pickData(parts.library, `${TITLE} (2/5)`, undefined);
  if (!data) return;
  const layers = await layerNames(model.folder);
  const frozen = await pickFrozen(layers, `${TITLE} (3/5)`);
  if (!frozen) return;
  const name = await askName(parts, `${model.name} on ${data.label}`, `${TITLE} (4/5)`);
  if (name === undefined) return;
  const network = networkOf(model);
  const draft = {
    name,
    dataset: data.value,
    network: network.value,
    settings: toValues(defaultRunSettings(network.label)),
    from: { model: model.id, frozen },
  };
  await startOrShow(parts, `${TITLE} (5/5)`, draft, network, layers);
}

/** A model's network: the preset that it is, or itself. */
function networkOf({ name, card }: WholeModel): NetworkChoice {
  const { height, width } = card.preprocessing;
  // one that was imported may be none that Scrawl can make: it learns as it is
  const network = card.network ?? { name, input: [height, width, 1], layers: [] };
  const isPreset = JSON.stringify(PRESETS[network.name]) === JSON.stringify(network);
  return {
    value: isPreset ? network.name : `model:${name}`,
    label: isPreset ? network.name : `${network.name} of ${name}`,
    detail: `${card.parameters.toLocaleString('en')} parameters`,
    read: () => Promise.resolve(network),
  };
}
