import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { BACKEND_CHOICES, type BackendChoice } from '../../base/backendChoice';
import { BUNDLED, BUNDLED_LINES } from '../../base/bundled';
import { type AlphabetChoice, CUSTOM, isAlphabetChoice } from '../../base/alphabet';
import { type Form, type FormTable, isForm } from '../../symbols/forms';
import { Setting, SETTINGS_SECTION } from './names';

/** The shortest rest after which the pad may insert by itself: less would cut characters of two strokes apart. */
const SHORTEST_REST = 300;
const LONGEST_REST = 3000;

/** Runs that may train at once, at most: more have no processor left. */
const MOST_AT_ONCE = 16;

/** The user's settings, each read when it is asked for and made valid. */
export const settings = {
  /** The model that the pad reads characters with: `bundled`, an id, a name or a folder. */
  get model(): string {
    return read(Setting.model).trim() || BUNDLED;
  },

  /** The model that the pad reads words and lines with: `lines`, an id, a name or a folder. */
  get lineModel(): string {
    return read(Setting.lineModel).trim() || BUNDLED_LINES;
  },

  get alphabet(): AlphabetChoice {
    const value = read(Setting.alphabet);
    return isAlphabetChoice(value) ? value : 'all';
  },

  get customAlphabet(): string {
    return read(Setting.customAlphabet);
  },

  /** Milliseconds; 0 is never. */
  get insertAfter(): number {
    const value = read(Setting.insertAfter);
    return value > 0 ? Math.min(Math.max(value, SHORTEST_REST), LONGEST_REST) : 0;
  },

  get notSureBelow(): number {
    return Math.min(Math.max(read(Setting.notSureBelow), 0), 1);
  },

  /** Whether the pad shows the lines that one writes on. */
  get guideLines(): boolean {
    return read(Setting.guideLines);
  },

  /** Whether the pad takes strokes of a pen only. */
  get penOnly(): boolean {
    return read(Setting.penOnly);
  },

  get leftHanded(): boolean {
    return read(Setting.leftHanded);
  },

  /** Whether the keyboard returns to the editor after an insertion. */
  get returnFocus(): boolean {
    return read(Setting.returnFocus);
  },

  async setGuideLines(shown: boolean): Promise<void> {
    await write(Setting.guideLines, shown);
  },

  /** @param milliseconds 0 is never */
  async setInsertAfter(milliseconds: number): Promise<void> {
    await write(Setting.insertAfter, milliseconds);
  },

  /** Whether what the user chooses instead of the first candidate is kept as a sample. */
  get keepCorrections(): boolean {
    return read(Setting.keepCorrections);
  },

  /** How languages write symbols, by their ids; the others write the character itself. */
  get symbolForms(): FormTable {
    const forms = Object.entries(read(Setting.symbolForms));
    return Object.fromEntries(forms.filter((entry): entry is [string, Form] => isForm(entry[1])));
  },

  /** The base address that datasets come from instead of their publishers'; empty where there is none. */
  get datasetsMirror(): string {
    return read(Setting.datasetsMirror).trim();
  },

  /** The folder that curves are also written into for TensorBoard; undefined where there is none. */
  get trainingLogDir(): string | undefined {
    const folder = read(Setting.trainingLogDir).trim();
    return folder === '' ? undefined : path.resolve(folder.replace(/^~(?=$|[/\\])/, os.homedir()));
  },

  /** How many runs may train at once on this machine; the others wait. */
  get runsAtOnce(): number {
    return Math.min(Math.max(Math.floor(read(Setting.runsAtOnce)), 1), MOST_AT_ONCE);
  },

  /** Whether a run that begins goes on when its window is closed. */
  get runsOutliveWindow(): boolean {
    const value = read(Setting.outliveWindow);
    return value === 'always' || (value !== 'never' && vscode.env.remoteName !== undefined);
  },

  /** Where the curves of a training and the figures of an evaluation are opened. */
  get resultsIn(): 'sidebar' | 'editor' {
    return read(Setting.resultsIn) === 'editor' ? 'editor' : 'sidebar';
  },

  /** What trains and evaluates networks or is evaluated. */
  get backend(): BackendChoice {
    const value = read(Setting.backend);
    return BACKEND_CHOICES.find((choice) => choice === value) ?? 'auto';
  },

  async setBackend(choice: BackendChoice): Promise<void> {
    await write(Setting.backend, choice);
  },

  /** Stores the model for the user: a workspace has no say in what is loaded. */
  async setModel(reference: string | undefined): Promise<void> {
    await writeForUser(Setting.model, reference);
  },

  /** The same for the model of lines. */
  async setLineModel(reference: string | undefined): Promise<void> {
    await writeForUser(Setting.lineModel, reference);
  },

  /** Stores the chosen alphabet where it is set now, else for the user. */
  async setAlphabet(choice: AlphabetChoice): Promise<void> {
    await write(Setting.alphabet, choice);
  },

  /** Stores the user's own characters and chooses them. */
  async setCustomAlphabet(characters: string): Promise<void> {
    await write(Setting.customAlphabet, characters);
    await write(Setting.alphabet, CUSTOM);
  },

  /** Calls back when any setting changed. */
  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS_SECTION)) listener();
    });
  },
};

/** What each setting holds, as package.json declares it. */
interface Values {
  [Setting.model]: string;
  [Setting.lineModel]: string;
  [Setting.alphabet]: string;
  [Setting.customAlphabet]: string;
  [Setting.insertAfter]: number;
  [Setting.notSureBelow]: number;
  [Setting.guideLines]: boolean;
  [Setting.penOnly]: boolean;
  [Setting.leftHanded]: boolean;
  [Setting.returnFocus]: boolean;
  [Setting.keepCorrections]: boolean;
  [Setting.symbolForms]: Record<string, unknown>;
  [Setting.datasetsMirror]: string;
  [Setting.backend]: string;
  [Setting.trainingLogDir]: string;
  [Setting.runsAtOnce]: number;
  [Setting.outliveWindow]: string;
  [Setting.resultsIn]: string;
}

function read<S extends Setting>(setting: S): Values[S] {
  return vscode.workspace.getConfiguration().get(setting) as Values[S];
}

async function writeForUser<S extends Setting>(setting: S, value: Values[S] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}

async function write<S extends Setting>(setting: S, value: Values[S]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const scopes = configuration.inspect(setting);
  const target =
    scopes?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update(setting, value, target);
}
