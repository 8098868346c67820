import type { Command } from 'commander';
import { formatBytes } from '../base/words';
import { CATALOG, checkedBy } from '../datasets/download/catalog';
import { countOf, storedSplits } from '../datasets/store/cache';
import type { Manifest } from '../datasets/store/manifest';
import type { DatasetEntry } from '../datasets/store/datasetEntry';
import { DatasetStore } from '../datasets/store/datasetStore';
import { addExportCommand } from './datasetsExportCommand';
import { addImportCommand } from './datasetsImportCommand';
import { addMergeCommand } from './datasetsMergeCommand';
import { addReportCommand } from './datasetsReportCommand';
import { addSplitCommand } from './datasetsSplitCommand';
import { addSuspectsCommand } from './datasetsSuspectsCommand';
import { homeFolder } from './home';
import { interruptible } from './interruptible';
import { print, say } from './output';
import { progressLines } from './progressLines';

interface JsonOption {
  json?: boolean;
}

/** `datasets list | download | verify | remove` and what else there is to do with stored datasets. */
export function addDatasetsCommands(program: Command): void {
  const datasets = program
    .command('datasets')
    .description('download, import, export, merge, verify and remove datasets');
  const store = () => new DatasetStore(homeFolder(program.opts<{ home?: string }>().home));
  addListCommand(datasets, store);
  addDownloadCommand(datasets, store);
  addVerifyCommand(datasets, store);
  addRemoveCommand(datasets, store);
  addImportCommand(datasets, store);
  addExportCommand(datasets, store);
  addMergeCommand(datasets, store);
  addSplitCommand(datasets, store);
  addReportCommand(datasets, store);
  addSuspectsCommand(datasets, store);
}

function addListCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('list')
    .description('every dataset that is stored or can be downloaded, and its state')
    .option('--json', 'print one JSON object a line')
    .action(async ({ json }: JsonOption) => {
      for (const entry of await store().list()) print(json ? JSON.stringify(summary(entry)) : line(entry));
    });
}

function addDownloadCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('download')
    .description('download a dataset, or continue a download')
    .argument('<id>', 'as "datasets list" names it')
    .option(
      '--mirror <url>',
      "a base address to download from instead of the publishers' own; given again, the next one where that fails",
      (url: string, before: string[] | undefined) => [...(before ?? []), url],
    )
    .option('--json', 'print what is stored as one JSON object')
    .action(async (id: string, { mirror, json }: JsonOption & { mirror?: string[] }) => {
      const manifest = await interruptible((signal) =>
        store().download(id, { signal, mirror, onProgress: progressLines() }),
      );
      const entry = CATALOG.find((each) => each.id === id);
      if (entry) say(checkedBy(entry));
      print(json ? JSON.stringify(stored(manifest)) : `${manifest.name}: ${contents(manifest)}`);
    });
}

function addVerifyCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('verify')
    .description('compare a stored dataset with its checksum')
    .argument('<id>', 'as "datasets list" names it')
    .option('--json', 'print what is stored as one JSON object')
    .action(async (id: string, { json }: JsonOption) => {
      const manifest = await interruptible((signal) =>
        store().verify(id, { signal, onProgress: progressLines() }),
      );
      print(json ? JSON.stringify(stored(manifest)) : `${manifest.name} is whole: ${contents(manifest)}`);
    });
}

function addRemoveCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('remove')
    .description('take a dataset, or an unfinished download, from the disk')
    .argument('<id>', 'as "datasets list" names it')
    .action(async (id: string) => {
      await store().remove(id);
    });
}

const STATES: Record<DatasetEntry['state'], string> = {
  absent: 'not downloaded',
  partial: 'unfinished',
  ready: 'ready',
  damaged: 'damaged',
};

function line(entry: DatasetEntry): string {
  const { id, name, state, doneBytes, totalBytes, manifest } = entry;
  const size =
    state === 'partial'
      ? `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
      : `${state === 'absent' ? 'about ' : ''}${formatBytes(totalBytes)}`;
  const held = manifest ? `  ${contents(manifest)}` : '';
  return `${id}  ${name}  ${STATES[state]}  ${size}${held}`;
}

function contents(manifest: Manifest): string {
  const counts = storedSplits(manifest).map((split) => `${String(countOf(manifest, split))} ${split}`);
  return `${String(manifest.classes.length)} classes, ${counts.join(' + ')}`;
}

function summary({ id, name, state, doneBytes, totalBytes, manifest, catalog }: DatasetEntry) {
  return {
    id,
    name,
    state,
    doneBytes,
    totalBytes,
    license: manifest?.license ?? catalog?.license,
    ...(manifest && stored(manifest)),
  };
}

function stored(manifest: Manifest) {
  const { id, name, kind, classes, counts, checksum, bytes } = manifest;
  const samples = Object.fromEntries(
    storedSplits(manifest).map((split) => [split, countOf(manifest, split)]),
  );
  return { id, name, kind, classes, samples, counts, checksum, bytes };
}
