import * as vscode from 'vscode';
import { UserError } from '../../../base/userError';
import { counted } from '../../../base/words';
import type { AnyNetwork } from '../../../networks/parseAnyNetwork';
import { MOST_TRIALS, type SweepMethod, USUAL_TRIALS } from '../../../runs/sweep/sweepFile';
import type { DatasetLibrary } from '../../datasets/library';
import { presetChoices, type NetworkChoice } from '../networkChoices';
import { pickData } from '../pickData';
import { pickNetwork } from '../pickNetwork';
import type { DataChoice } from '../trainingData';
import { chosenRunSettings, defaultRunSettings } from '../trainingSettings';
import { namedData, trainArgument } from '../trainModel';
import { workspaceNetworks } from '../workspaceNetworks';
import { plannedSweep, type SweepAnswers } from './plannedSweep';
import { proposedParameters } from './proposedParameters';
import type { Sweeps } from './sweeps';

export interface StartSweepParts {
  readonly library: DatasetLibrary;
  readonly sweeps: Sweeps;
  /** Where it is kept what was searched on the last time. */
  readonly memory: vscode.Memento;
}

const LAST = 'scrawl.lastSweep';

const METHODS: readonly (vscode.QuickPickItem & { readonly method: SweepMethod })[] = [
  {
    label: 'Successive Halving',
    description: 'random trials, of which only the best train on (ASHA): most tried in least time',
    method: 'halving',
  },
  { label: 'Random', description: 'random trials, each trained to its end', method: 'random' },
  { label: 'Grid', description: 'every combination of values', method: 'grid' },
];

/** A question's title. */
const step = (number: number, of = 6) => `Start Sweep (${number}/${of})`;

/**
 * Starts a sweep after asking what it learns from, what learns, how to search, and what is varied within what, with good
 * answers already chosen. The questions stay when the keyboard goes elsewhere: what was answered is not lost.
 *
 * @param argument a dataset, as `Train Model…` takes it
 * @returns the sweep's id; undefined where the user wants none
 */
export async function startSweep(
  { library, sweeps, memory }: StartSweepParts,
  argument: unknown,
): Promise<string | undefined> {
  const last = memory.get<{ dataset?: string; network?: string }>(LAST, {});
  const { dataset, network: given } = await trainArgument(argument);
  const data =
    dataset === undefined
      ? await pickData(library, step(1), last.dataset)
      : await namedData(library, dataset);
  if (!data) return undefined;
  const choice = given ?? (await pickNetwork(step(2), last.network));
  if (!choice) return undefined;
  const answers = await ask(data, choice);
  if (!answers) return undefined;
  await memory.update(LAST, { dataset: data.value, network: choice.value });
  return sweeps.start(plannedSweep(answers, new Date()));
}

async function ask(data: DataChoice, choice: NetworkChoice): Promise<SweepAnswers | undefined> {
  const network = await choice.read();
  const method = await pickMethod();
  if (!method) return undefined;
  const answers: SweepAnswers = {
    name: `${data.label} ${choice.label} sweep`.slice(0, 90),
    dataset: data.value,
    network,
    networks: await namedNetworks(choice, network),
    chosen: chosenRunSettings(),
    method,
    parameters: '',
    count: 1,
  };
  const picked = await pickParameters(method, network, choice);
  if (!picked) return undefined;
  const parameters = await askValues(answers, picked);
  if (parameters === undefined) return undefined;
  const count = method === 'grid' ? 1 : await askCount();
  return count === undefined ? undefined : { ...answers, parameters, count };
}

async function pickMethod(): Promise<SweepMethod | undefined> {
  const options = { title: step(3), placeHolder: 'How to search', ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(METHODS, options))?.method;
}

/** The networks that `network=` can name: presets, files of the workspace, and the chosen one. */
async function namedNetworks(
  { label }: NetworkChoice,
  network: AnyNetwork,
): Promise<Record<string, AnyNetwork>> {
  const choices = [...presetChoices(), ...(await workspaceNetworks())];
  const read = choices.map(async (each) => [each.label, await each.read()] as const);
  return { ...Object.fromEntries(await Promise.all(read)), [network.name]: network, [label]: network };
}

/** @returns what is to be varied, as it is typed */
async function pickParameters(
  method: SweepMethod,
  network: AnyNetwork,
  { label }: NetworkChoice,
): Promise<string | undefined> {
  const proposals = proposedParameters(method, network, defaultRunSettings(label));
  const items = proposals.map(({ label: name, typed, usual }) => ({
    label: name,
    description: typed,
    picked: usual,
    typed,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: step(4, stepsOf(method)),
    placeHolder: 'What differs between the trials',
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ typed }) => typed).join(' ');
}

function askValues(answers: SweepAnswers, proposed: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: step(5, stepsOf(answers.method)),
    prompt: 'What is tried: values with commas between, or a range as 0.001..0.1',
    value: proposed,
    ignoreFocusOut: true,
    validateInput: (text) => problemOf({ ...answers, parameters: text }),
  });
}

const stepsOf = (method: SweepMethod) => (method === 'grid' ? 5 : 6);

/** What is wrong with the answers, else how many trials a grid has. */
function problemOf(answers: SweepAnswers): vscode.InputBoxValidationMessage | undefined {
  try {
    const { trials } = plannedSweep(answers, new Date()).sweep;
    if (answers.method !== 'grid') return undefined;
    return { message: counted(trials.length, 'trial'), severity: vscode.InputBoxValidationSeverity.Info };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { message: error.message, severity: vscode.InputBoxValidationSeverity.Error };
  }
}

async function askCount(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: step(6),
    prompt: 'The number of trials',
    value: String(USUAL_TRIALS),
    ignoreFocusOut: true,
    validateInput: (typed) =>
      /^\s*\d+\s*$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_TRIALS
        ? undefined
        : `Give a whole number from 1 to ${MOST_TRIALS}.`,
  });
  return text === undefined ? undefined : Number(text);
}
