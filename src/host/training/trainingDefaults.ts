import {
  RUN_SETTING_FIELDS,
  type SettingField,
  settingValue,
  withSetting,
} from '../../runs/runSettingFields';
import { type RunSettings, runSettingsSchema } from '../../runs/runSettings';

/** What the user's own defaults begin with in VS Code's settings. */
const SECTION = 'scrawl.training';

/** The fields that have a default in VS Code's settings: what computes has a setting of its own, for all that computes. */
export const DEFAULTED_FIELDS = RUN_SETTING_FIELDS.filter(({ name }) => name !== 'backend');

/** A field's name in VS Code's settings. */
export function settingOf({ name }: SettingField): string {
  return `${SECTION}.${name}`;
}

/** The run's settings with values by the fields' names; what a field does not allow stays as it is. */
export function withValues(settings: RunSettings, valueOf: (field: SettingField) => unknown): RunSettings {
  let result = settings;
  for (const field of RUN_SETTING_FIELDS) {
    const value = valueOf(field);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const changed = runSettingsSchema.safeParse(withSetting(result, field.name, value));
    if (changed.success) result = changed.data;
  }
  return result;
}

/** The run's settings by the fields' names, as the form has them. */
export function toValues(settings: RunSettings): Record<string, string | number> {
  return Object.fromEntries(RUN_SETTING_FIELDS.map(({ name }) => [name, settingValue(settings, name)]));
}
