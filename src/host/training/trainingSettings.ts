import * as vscode from 'vscode';
import { type ChosenSettings, settingsFor } from '../../runs/presetSettings';
import { type RunSettings, runSettingsSchema } from '../../runs/runSettings';
import {
  RUN_SETTING_FIELDS,
  type SettingField,
  settingValue,
  withSetting,
} from '../../runs/runSettingFields';
import { settingOf, withValues } from './trainingDefaults';

const BACKEND = 'scrawl.backend';

/**
 * How a run starts where the user says nothing else: as they set it in VS Code's settings, else as suits the network.
 *
 * @param network its name, where one is chosen
 */
export function defaultRunSettings(network = ''): RunSettings {
  const optimizer = withValues(settingsFor(network, {}), (field) =>
    field.name === 'optimizer' ? chosen(field) : undefined,
  ).optimizer;
  return withValues(settingsFor(network, { optimizer }), chosen);
}

/** What of it the user set in VS Code's settings; what is not allowed is left out. */
export function chosenRunSettings(): ChosenSettings {
  const said = RUN_SETTING_FIELDS.filter((field) => chosen(field) !== undefined);
  const allowed = withValues(runSettingsSchema.parse({}), chosen);
  return said.reduce<object>((all, { name }) => withSetting(all, name, settingValue(allowed, name)), {});
}

/** What the user set; what package.json has for a default says nothing of the network. */
function chosen(field: SettingField): unknown {
  const name = field.name === 'backend' ? BACKEND : settingOf(field);
  const { globalValue, workspaceValue, workspaceFolderValue } =
    vscode.workspace.getConfiguration().inspect(name) ?? {};
  return workspaceFolderValue ?? workspaceValue ?? globalValue;
}
