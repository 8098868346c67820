import { isDeepStrictEqual } from 'node:util';
import type { ModelRecord } from '../../models/modelStore';
import { RUN_SETTING_FIELDS } from '../../models/runSettingFields';
import type { RunSettings } from '../../models/runSettings';
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

/** The data, network and settings that a model was trained with; undefined where no run can repeat them. */
export function repeatTraining(model: ModelRecord, defaults: RunSettings): Repeated | undefined {
  const { card, id } = model;
  if (!card?.network || !canRepeat(model)) return undefined;
  return {
    dataset: card.data.at(-1)?.name ?? '',
    network: choiceOf(card.network, id),
    name: card.name,
    settings: withValues(defaults, ({ name }) => card.training.settings[name]),
  };
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
