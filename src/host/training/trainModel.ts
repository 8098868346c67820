import path from 'node:path';
import * as vscode from 'vscode';
import { nameProblem } from '../../models/modelName';
import { RUN_SETTING_FIELDS } from '../../runs/runSettingFields';
import type { RunSettings } from '../../runs/runSettings';
import type { Draft } from '../../protocol/pages/trainingForm';
import type { DatasetLibrary } from '../datasets/library';
import { counted } from '../../base/words';
import { UserError } from '../../base/userError';
import { settings } from '../shell/settings';
import type { TrainingForms } from './trainingFormPanel';
import type { NetworkChoice } from './networkChoices';
import { freeName, planOf } from './plan';
import { toValues } from './trainingDefaults';
import type { DataChoice } from './trainingData';
import type { TrainingRuns } from './trainingRuns';
import { defaultRunSettings } from './trainingSettings';
import { networkFile } from './workspaceNetworks';
import { pickData } from './pickData';
import { pickNetwork } from './pickNetwork';

export interface TrainParts {
  library: DatasetLibrary;
  runs: TrainingRuns;
  forms: TrainingForms;
  /** Where it is kept what was trained on the last time. */
  memory: vscode.Memento;
}

/** What `Train Model…` can be called with; what is left out is asked for. */
export interface TrainArgument {
  /** A dataset's id, or a path. */
  readonly dataset?: string;
  readonly network?: NetworkChoice;
  readonly name?: string;
  /** Opens the form with these settings instead of asking step by step. */
  readonly settings?: RunSettings;
}

const LAST = 'scrawl.lastTraining';
const MORE = 'More Options…';
const START = 'Start Training';

/**
 * Trains a model: asks for data, network and name with good answers already chosen, or for all in a form. The questions
 * stay when the keyboard goes elsewhere: what was answered is not lost.
 */
export async function trainModel(parts: TrainParts, argument: TrainArgument): Promise<void> {
  if (argument.settings) {
    openForm(parts, argument, argument.settings);
    return;
  }
  const last = parts.memory.get<{ dataset?: string; network?: string }>(LAST, {});
  const { library } = parts;
  const data = argument.dataset
    ? await namedData(library, argument.dataset)
    : await pickData(library, 'Train Model (1/4)', last.dataset);
  if (!data) return;
  const network = argument.network ?? (await pickNetwork('Train Model (2/4)', last.network));
  if (!network) return;
  await network.read();
  const name = await askName(parts, `${data.label} ${network.label}`, 'Train Model (3/4)');
  if (name === undefined) return;
  await parts.memory.update(LAST, { dataset: data.value, network: network.value });
  const draft: Draft = {
    name,
    dataset: data.value,
    network: network.value,
    settings: toValues(defaultRunSettings(network.label)),
  };
  await startOrShow(parts, 'Train Model (4/4)', draft, network);
}

/** The last step: starts the run, or shows all that can be chosen of it first. */
export async function startOrShow(
  { runs, forms }: TrainParts,
  title: string,
  draft: Draft,
  network: NetworkChoice,
  layers?: readonly string[],
): Promise<void> {
  const items = [
    { label: START, description: inShort(draft.settings) },
    { label: MORE, description: 'optimizer, schedule, variations, ending and more' },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: `Train ${draft.name}`,
    ignoreFocusOut: true,
  });
  if (picked?.label === MORE) forms.show({ draft, network, layers });
  if (picked?.label !== START) return;
  const plan = planOf(draft, await network.read(), new Date(), settings.trainingLogDir);
  if (plan.problems) throw new UserError(plan.problems.map(({ message }) => message).join(' '));
  await runs.start(plan.run);
}

/** A name for the model; one is proposed. */
export async function askName(
  { runs }: TrainParts,
  proposed: string,
  title: string,
): Promise<string | undefined> {
  const taken = new Set((await runs.list()).map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'The name of the model',
    value: freeName(proposed.slice(0, 90), taken),
    ignoreFocusOut: true,
    validateInput: (text) => nameProblem(text.trim()),
  });
  return name?.trim();
}

function openForm({ forms }: TrainParts, argument: TrainArgument, chosen: RunSettings): void {
  const { dataset = '', network, name = '' } = argument;
  const draft = { name, dataset, network: network?.value ?? '', settings: toValues(chosen) };
  forms.show({ draft, network });
}

/** A dataset that is named, as a choice. */
export async function namedData(library: DatasetLibrary, value: string): Promise<DataChoice> {
  const entry = await library.find(value);
  return { value, label: entry?.name ?? path.parse(value).name, detail: '' };
}

function inShort({ epochs, batchSize, optimizer, learningRate }: Draft['settings']): string {
  const field = RUN_SETTING_FIELDS.find(({ name }) => name === 'optimizer');
  const label = field?.kind === 'choice' && field.choices.find(({ value }) => value === optimizer)?.label;
  return `${counted(Number(epochs), 'epoch')}, batches of ${batchSize}, ${label || optimizer}, learning rate ${learningRate}`;
}

/** What the command was called with, from a tree, an editor or another command. */
export async function trainArgument(argument: unknown): Promise<TrainArgument> {
  if (typeof argument === 'string') return { dataset: argument };
  if (argument instanceof vscode.Uri) return { network: await networkFile(argument) };
  if (typeof argument !== 'object' || argument === null) return {};
  if ('entry' in argument) return { dataset: (argument as { entry: { id: string } }).entry.id };
  return argument;
}
