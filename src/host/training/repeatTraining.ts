import path from 'node:path';
import type { ModelRecord } from '../../models/modelStore';
import type { RunFile } from '../../runs/run';
import type { RunSettings } from '../../runs/runSettings';
import type { RunOverview } from '../../runs/runStore';
import { canRepeat } from '../models/canRepeat';
import { modelNetwork } from './modelNetwork';
import { choiceOf, type NetworkChoice, sizeOf } from './networkChoices';
import { withValues } from './trainingDefaults';

/** What `Train Model…` opens its form with. */
export interface Repeated {
  readonly dataset: string;
  readonly network: NetworkChoice;
  readonly name: string;
  readonly settings: RunSettings;
}

/**
 * The data, network and settings that a model was trained with; undefined where no run can repeat them.
 *
 * @param runs that there are: they know where data lie that a card names by the last part of their path
 */
export function repeatTraining(
  model: ModelRecord,
  defaults: RunSettings,
  runs: readonly Pick<RunOverview, 'run' | 'state'>[],
): Repeated | undefined {
  const { id, folder } = model;
  const card = model.lines ?? model.card;
  if (!card || !canRepeat(model)) return undefined;
  return {
    dataset: placeOfData(folder, card.data.at(-1)?.name ?? '', runs),
    network: modelNetwork(id, card),
    name: card.name,
    settings: withValues(defaults, ({ name }) => card.training.settings[name]),
  };
}

/** The same of a run. */
export function repeatedOf(id: string, { name, dataset, network, settings }: RunFile): Repeated {
  const own = { value: `run:${id}`, label: `${network.name} of ${name}` };
  return { dataset, network: choiceOf(network, own, sizeOf(network)), name, settings };
}

/** As the run of the model says it, else another run of data of that name. */
function placeOfData(
  folder: string,
  name: string,
  runs: readonly Pick<RunOverview, 'run' | 'state'>[],
): string {
  const own = runs.find(({ state }) => state.model === folder);
  const alike = runs.find(({ run }) => run && path.basename(run.dataset) === name);
  return (own ?? alike)?.run?.dataset ?? name;
}
