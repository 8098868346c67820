import { Option, type Command } from 'commander';
import { stat } from 'node:fs/promises';
import { openDataset } from '../datasets/open';
import { formatBytes, percent } from '../base/words';
import { startWasm } from '../engine/backends/wasm/wasmBackend';
import { importAnyModel } from '../engine/models/importAnyModel';
import { accuracyOf } from '../models/accuracy';
import { classesBeside } from '../models/classesBeside';
import { classesOfText, readClassesFile } from '../models/classNames';
import { COMBINES, type Combine } from '../models/ensembleFile';
import { proposedModelName } from '../models/modelName';
import { exportModel } from '../models/export/exportModel';
import { formatFor, MODEL_EXPORT_FORMATS, type ModelExportFormat } from '../models/export/formats';
import { ModelError } from '../models/errors';
import type { LineCard } from '../models/lineCard';
import { readsOf, type ModelRecord, type ModelStore } from '../models/modelStore';
import type { SymbolCard } from '../models/symbolCard';
import { UsageError } from './errors';
import { homeFolder } from './home';
import { modelStore } from './modelReference';
import { addPersonalizeCommand } from './modelsPersonalizeCommand';
import { addProjectCommand } from './modelsProjectCommand';
import { print, say } from './output';

/** What is called like a file of names, and is no list of characters. */
const NAMES_FILE = /\.(txt|json|csv|tsv|names|ya?ml)$/i;

type Home = () => string;

/** `models list | export | import | rename | remove | restore | ensemble | personalize | project`. */
export function addModelsCommands(program: Command): void {
  const models = program
    .command('models')
    .description('list, export, import, rename, remove and combine models');
  const home = () => homeFolder(program.opts<{ home?: string }>().home);
  const store = () => modelStore(home());
  addListCommand(models, store);
  addExportCommand(models, store);
  addImportCommand(models, store, home);
  addRenameCommand(models, store);
  addRemoveCommands(models, store);
  addEnsembleCommand(models, store);
  addPersonalizeCommand(models, home);
  addProjectCommand(models, home);
}

function addListCommand(models: Command, store: () => ModelStore): void {
  models
    .command('list')
    .description('the bundled model, and those that were trained, imported or combined')
    .option('--json', 'print one JSON object a line')
    .action(async ({ json }: { json?: boolean }) => {
      for (const model of await store().list()) print(json ? JSON.stringify(summary(model)) : line(model));
    });
}

function addExportCommand(models: Command, store: () => ModelStore): void {
  models
    .command('export')
    .description('write a model to a new folder or file for other programs')
    .argument('<id>', 'as "models list" names it')
    .addOption(
      new Option(
        '--format <format>',
        "a TensorFlow.js folder, with Scrawl's names of layers or with Keras' own, a .keras file, or an ONNX file (what --out ends in)",
      ).choices([...MODEL_EXPORT_FORMATS]),
    )
    .requiredOption('--out <path>', 'the folder or file to write')
    .action(async (id: string, { format: named, out }: { format?: ModelExportFormat; out: string }) => {
      const format = formatFor(named, out);
      if (!format) throw new UsageError(`Give --format: ${MODEL_EXPORT_FORMATS.join(', ')}.`);
      const model = await store().getEither(id);
      await exportModel(model, format, out);
      print(`${model.name} in ${out}`);
    });
}

interface ImportOptions {
  name?: string;
  classes?: string;
  dataset?: string;
}

function addImportCommand(models: Command, store: () => ModelStore, home: Home): void {
  models
    .command('import')
    .description('take a model of TensorFlow.js, Keras or ONNX into the store')
    .argument(
      '<path>',
      'a folder with model.json and the files of weights that it names, or a file: that JSON, .keras, .h5, .onnx or a zip archive',
    )
    .option('--name <name>', 'of the model (the folder)')
    .option(
      '--classes <file|characters>',
      "what the model's outputs stand for, in their order (what a file beside the model says)",
    )
    .option('--dataset <id|path>', 'the dataset whose classes they are')
    .action(async (folder: string, options: ImportOptions) => {
      const name = options.name ?? proposedModelName(folder);
      const classes = await classesFor(folder, options, home());
      await startWasm();
      const model = await importAnyModel(store(), folder, { name, classes });
      say(`${model.name} is in the store as ${model.id}`);
      print(model.id);
    });
}

async function classesFor(
  folder: string,
  { classes, dataset }: ImportOptions,
  home: string,
): Promise<readonly string[]> {
  if (classes !== undefined && dataset !== undefined)
    throw new UsageError('Give --classes or --dataset, not both.');
  if (dataset !== undefined) return (await openDataset(dataset, home)).classes;
  if (classes === undefined) {
    const beside = await classesBeside(folder);
    if (beside) return beside;
    throw new UsageError('Nothing beside the model names its classes: give --classes or --dataset.');
  }
  const isFile = (await stat(classes).catch(() => undefined))?.isFile();
  if (isFile === true) return readClassesFile(classes);
  if (NAMES_FILE.test(classes)) throw new ModelError(`There is no file at ${classes}: check the path.`);
  return classesOfText(classes);
}

function addRenameCommand(models: Command, store: () => ModelStore): void {
  models
    .command('rename')
    .description('give a model another name; its id stays')
    .argument('<id>', 'as "models list" names it')
    .argument('<name>')
    .action(async (id: string, name: string) => {
      await store().rename((await store().get(id)).id, name);
    });
}

function addRemoveCommands(models: Command, store: () => ModelStore): void {
  models
    .command('remove')
    .description('take a model away; for a day "models restore" brings it back')
    .argument('<id>', 'as "models list" names it')
    .action(async (id: string) => {
      await store().remove((await store().find(id))?.id ?? id);
    });
  models
    .command('restore')
    .description('bring a removed model back')
    .argument('<id>', 'that it had')
    .action(async (id: string) => {
      print(await store().restore(id));
    });
}

function addEnsembleCommand(models: Command, store: () => ModelStore): void {
  models
    .command('ensemble')
    .description('make one model of several that know the same classes')
    .argument('<ids...>', 'two models or more')
    .addOption(
      new Option('--combine <how>', 'the mean of their probabilities, or a vote')
        .choices([...COMBINES])
        .default('average'),
    )
    .requiredOption('--name <name>', 'of the ensemble')
    .action(async (ids: string[], { combine, name }: { combine: Combine; name: string }) => {
      print((await store().addEnsemble(name, ids, combine)).id);
    });
}

const KINDS: Record<ModelRecord['kind'], string> = {
  bundled: 'bundled',
  network: 'model',
  ensemble: 'ensemble',
};

function line({ id, name, kind, card, lines, symbols, bytes, problem, ensemble }: ModelRecord): string {
  if (symbols) return [id, name, 'reads symbols', formatBytes(bytes), ...symbolScores(symbols)].join('  ');
  if (lines) return [id, name, `reads lines`, formatBytes(bytes), ...lineScores(lines)].join('  ');
  if (problem !== undefined || !card) return `${id}  ${name}  damaged  ${problem ?? ''}`;
  const accuracy = accuracyOf(card);
  const facts = [
    id,
    name,
    ensemble ? `ensemble of ${String(ensemble.members.length)}` : KINDS[kind],
    `${String(card.classes.length)} classes`,
    formatBytes(bytes),
    ...(accuracy ? [`${percent(accuracy.value)} on ${accuracy.on}`] : []),
  ];
  return facts.join('  ');
}

/** How well a model of symbols reads what it was measured on first. */
function symbolScores({ metrics: [first] }: SymbolCard): string[] {
  return first ? [`${percent(first.top5)} of ${first.dataset} among the first five`] : [];
}

/** How well a model of lines reads the first data that it was measured on. */
function lineScores({ metrics: [first] }: LineCard): string[] {
  return first ? [`${percent(first.cer)} of characters wrong on ${first.dataset}`] : [];
}

function summary({ id, name, kind, card, lines, symbols, bytes, problem, ensemble, folder }: ModelRecord) {
  return {
    id,
    name,
    kind,
    folder,
    bytes,
    ...(problem !== undefined && { problem }),
    ...(ensemble && { combine: ensemble.combine, members: ensemble.members.length }),
    reads: readsOf({ lines, symbols }),
    ...(symbols && { classes: symbols.classes, parameters: symbols.parameters, metrics: symbols.metrics }),
    ...(lines && { classes: lines.classes, parameters: lines.parameters, metrics: lines.metrics }),
    ...(card && { classes: card.classes, parameters: card.parameters, accuracy: accuracyOf(card) }),
  };
}
