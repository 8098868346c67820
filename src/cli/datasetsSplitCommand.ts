import type { Command } from 'commander';
import { splitByWriter } from '../datasets/splitByWriter';
import type { DatasetStore } from '../datasets/store/datasetStore';
import { interruptible } from './interruptible';
import { numberBetween } from './numbers';
import { sampleLines } from './progressLines';
import { printStored } from './storedDataset';

interface Options {
  name: string;
  test: number;
  validation: number;
  seed: number;
  json?: boolean;
}

const MOST_SHARE = 0.45;

/** `datasets split`. */
export function addSplitCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('split')
    .description('make a dataset of another, in splits of which no two have a writer in common')
    .argument('<id>', 'as "datasets list" names it')
    .requiredOption('--name <name>', 'what to call it')
    .option('--test <share>', 'share of the samples that test', numberBetween(0, MOST_SHARE), 0.1)
    .option('--validation <share>', 'share that a training is watched by', numberBetween(0, MOST_SHARE), 0.1)
    .option('--seed <number>', 'draws the writers', numberBetween(0, 2 ** 31, true), 0)
    .option('--json', 'print what is stored as one JSON object')
    .action(async (id: string, { json = false, ...options }: Options) => {
      const manifest = await interruptible(
        (signal) => splitByWriter(id, { ...options, signal, onProgress: sampleLines() }, store()),
        'Stopped: nothing is stored.',
      );
      printStored(manifest, [], json);
    });
}
