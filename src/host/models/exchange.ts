import path from 'node:path';
import * as vscode from 'vscode';
import { classesBeside } from '../../models/classesBeside';
import { classesOfText, readClassesFile } from '../../models/classNames';
import { ModelError } from '../../models/errors';
import { proposedModelName } from '../../models/modelName';
import { exportName, type ModelExportFormat } from '../../models/export/formats';
import { exportModel, importModel } from '../../protocol/engine/models';
import type { DatasetLibrary } from '../datasets/library';
import { counted } from '../../base/words';
import type { Engine } from '../engine/engine';
import { Command } from '../shell/names';
import type { ModelLibrary } from './library';
import { choosePath } from '../shell/choosePath';
import { longWork, quietWork } from '../shell/longWork';
import { chooseNewPlace, sayWhere } from '../shell/newPlace';
import { askName } from './changeModel';
import { anyWholeModelFor, type ModelArgument } from './pickModel';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ModelExportFormat;
}

const FORMATS: readonly FormatItem[] = [
  {
    format: 'tfjs',
    label: 'TensorFlow.js',
    description: 'model.json and weights.bin, for tf.loadLayersModel',
  },
  {
    format: 'keras',
    label: 'TensorFlow.js with Keras names',
    description: 'for tensorflowjs_converter',
  },
  {
    format: 'keras-file',
    label: 'Keras',
    description: 'a .keras file, for keras.models.load_model',
  },
  {
    format: 'onnx',
    label: 'ONNX',
    description: 'an .onnx file, for onnxruntime and many others',
  },
];
const USE = 'Use on Pad';

/** Writes a model to a new folder or file for other programs. */
export async function exportStoredModel(
  library: ModelLibrary,
  engine: Engine,
  argument: ModelArgument,
): Promise<void> {
  const model = await anyWholeModelFor(library, argument, {
    title: 'Export Model',
    placeHolder: 'The model to export',
    suits: () => true,
    none: 'There is no model to export.',
  });
  if (!model) return;
  const title = `Export ${model.name}`;
  const picked = await vscode.window.showQuickPick(FORMATS, { title, placeHolder: 'The format' });
  if (!picked) return;
  const { format } = picked;
  const name = exportName(path.basename(model.id), format, model.ensemble !== undefined);
  const out = await chooseNewPlace(title, name);
  if (!out) return;
  const { home, bundled } = library;
  const place = { home, bundled, model: library.referenceOf(model.id), format, out: out.fsPath };
  await quietWork(title, () => engine.call(exportModel, place));
  sayWhere(`${model.name} is in ${path.basename(out.fsPath)}.`, out);
}

/** Takes a model of TensorFlow.js, Keras or ONNX into the store. */
export async function importOwnModel(
  library: ModelLibrary,
  datasets: DatasetLibrary,
  engine: Engine,
  argument?: vscode.Uri,
): Promise<void> {
  const folder = argument?.fsPath ?? (await chooseModel());
  if (folder === undefined) return;
  const classes = (await classesBeside(folder)) ?? (await askClasses(datasets));
  if (!classes) return;
  const name = await askName(library, 'Import Model', proposedModelName(folder));
  if (name === undefined) return;
  const { home, bundled } = library;
  const imported = await longWork(`Importing ${name}`, () =>
    library.change(() =>
      // what Scrawl did not make must not leave the pad's process ill
      engine.callApart(importModel, { home, bundled, folder, name, classes: [...classes] }),
    ),
  );
  if (!imported) return;
  const message = `${imported.name} is ready: it gives ${counted(classes.length, 'class', 'classes')}.`;
  const answer = await vscode.window.showInformationMessage(message, USE);
  if (answer === USE) await vscode.commands.executeCommand(Command.useModel, imported.id);
}

const chooseModel = (): Promise<string | undefined> =>
  choosePath({
    title: 'Import Model',
    openLabel: 'Import',
    placeHolder: 'Where the model lies',
    folder: 'with the files of TensorFlow.js, or a model that Scrawl exported',
    file: '.keras, .h5, .onnx, a zip archive, or the JSON of TensorFlow.js',
  });

/** What the outputs of a model stand for: typed, read from a file, or those of a dataset. */
async function askClasses(datasets: DatasetLibrary): Promise<readonly string[] | undefined> {
  const ready = (await datasets.list()).flatMap(({ name, manifest }) =>
    manifest ? [{ name, manifest }] : [],
  );
  const items = [
    { label: 'Type the Characters…', description: 'in the order of the outputs', ask: typeClasses },
    { label: 'Choose a File…', description: 'one class a line, or a list in JSON', ask: chooseClassesFile },
    ...ready.map(({ name, manifest: { classes } }) => ({
      label: name,
      description: counted(classes.length, 'class', 'classes'),
      detail: classes.slice(0, 100).join(' '),
      ask: () => Promise.resolve(classes as readonly string[] | undefined),
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Import Model: Classes',
    placeHolder: "What the model's outputs stand for",
  });
  return picked?.ask();
}

async function typeClasses(): Promise<readonly string[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Import Model: Classes',
    prompt: "The characters that the model's outputs stand for, in their order: 0123456789",
    validateInput: (typed) => sentenceAbout(typed),
  });
  return text === undefined ? undefined : classesOfText(text);
}

/** What is wrong with typed classes, if anything. */
function sentenceAbout(typed: string): string | undefined {
  try {
    classesOfText(typed);
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
}

async function chooseClassesFile(): Promise<readonly string[] | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Import Model: Classes',
      openLabel: 'Use',
      canSelectMany: false,
    })) ?? [];
  return file && readClassesFile(file.fsPath);
}
