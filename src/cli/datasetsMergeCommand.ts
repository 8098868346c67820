import type { Command } from 'commander';
import { mergeDatasets } from '../datasets/merge';
import type { DatasetStore } from '../datasets/store/datasetStore';
import { interruptible } from './interruptible';
import { sampleLines } from './progressLines';
import { printStored } from './storedDataset';

interface Options {
  name: string;
  json?: boolean;
}

/** `datasets merge`. */
export function addMergeCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('merge')
    .description('make one dataset of several of one kind, with what was relabeled and excluded in each')
    .argument('<id...>', 'two or more as "datasets list" names them, or paths')
    .requiredOption('--name <name>', 'what to call it')
    .option('--json', 'print what is stored as one JSON object')
    .action(async (ids: string[], { name, json = false }: Options) => {
      const manifest = await interruptible(
        (signal) => mergeDatasets(ids, { name, signal, onProgress: sampleLines() }, store()),
        'Stopped: nothing is stored.',
      );
      printStored(manifest, [], json);
    });
}
