import type { ModelRecord } from '../../models/modelStore';
import { RUN_SETTING_FIELDS } from '../../runs/runSettingFields';

/** Whether a model was trained in a way that a run can repeat. */
export function canRepeat({ kind, ...model }: Pick<ModelRecord, 'kind' | 'card' | 'lines'>): boolean {
  const card = model.lines ?? model.card;
  if (kind !== 'network' || !card?.network || card.data.length === 0) return false;
  return RUN_SETTING_FIELDS.some(({ name }) => card.training.settings[name] !== undefined);
}
