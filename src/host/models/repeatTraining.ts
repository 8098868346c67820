import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ModelRecord } from '../../models/modelStore';
import { RUN_SETTING_FIELDS } from '../../models/runSettingFields';
import type { RunSettings } from '../../models/runSettings';
import type { RunRecord } from '../../models/runStore';
import type { Network } from '../../networks/network';
import { PRESETS } from '../../networks/presets';
import { type NetworkChoice, sizeOf } from '../training/networkChoices';
import { withValues } from '../training/trainingDefaults';

/** What `Train Model…` opens its form with. */
export interface Repeated {
  readonly dataset: string;
  readonly network: NetworkChoice;
  readonly name: string;
  readonly settings: RunSettings;
}

/** Whether a model was trained in a way that a run can repeat. */
export function canRepeat({ kind, card }: Pick<ModelRecord, 'kind' | 'card'>): boolean {
  if (kind !== 'network' || !card?.network || card.data.length === 0) return false;
  return RUN_SETTING_FIELDS.some(({ name }) => card.training.settings[name] !== undefined);
}

/**
 * The data, network and settings that a model was trained with; undefined where no run can repeat them.
 *
 * @param runs that there are: they know where data lie that a card names by the last part of their path
 */
export function repeatTraining(
  model: ModelRecord,
  defaults: RunSettings,
  runs: readonly Pick<RunRecord, 'run' | 'state'>[],
): Repeated | undefined {
  const { card, id, folder } = model;
  if (!card?.network || !canRepeat(model)) return undefined;
  return {
    dataset: placeOfData(folder, card.data.at(-1)?.name ?? '', runs),
    network: choiceOf(card.network, id),
    name: card.name,
    settings: withValues(defaults, ({ name }) => card.training.settings[name]),
  };
}

/** As the run of the model says it, else another run of data of that name. */
function placeOfData(
  folder: string,
  name: string,
  runs: readonly Pick<RunRecord, 'run' | 'state'>[],
): string {
  const own = runs.find(({ state }) => state.model === folder);
  const alike = runs.find(({ run }) => run && path.basename(run.dataset) === name);
  return (own ?? alike)?.run?.dataset ?? name;
}

/** The preset, where the network is one, else the model's own network. */
function choiceOf(network: Network, id: string): NetworkChoice {
  const isPreset = isDeepStrictEqual(PRESETS[network.name], network);
  return {
    value: isPreset ? network.name : `model:${id}`,
    label: network.name,
    detail: sizeOf(network),
    read: () => Promise.resolve(network),
  };
}
