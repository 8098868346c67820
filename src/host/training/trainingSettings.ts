import * as vscode from 'vscode';
import { type RunSettings, runSettingsSchema, USUAL_LEARNING_RATE } from '../../models/runSettings';
import { settingOf, withValues } from './trainingDefaults';

const LEARNING_RATE = 'scrawl.training.learningRate';
const BACKEND = 'scrawl.backend';

/** How runs start where the person says nothing else: as VS Code's settings have it. */
export function defaultRunSettings(): RunSettings {
  const configuration = vscode.workspace.getConfiguration();
  const settings = withValues(runSettingsSchema.parse({}), (field) =>
    configuration.get(field.name === 'backend' ? BACKEND : settingOf(field)),
  );
  return isSet(configuration, LEARNING_RATE)
    ? settings
    : { ...settings, learningRate: USUAL_LEARNING_RATE[settings.optimizer] };
}

function isSet(configuration: vscode.WorkspaceConfiguration, name: string): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
}
