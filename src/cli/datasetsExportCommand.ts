import { Option, type Command } from 'commander';
import { EXPORT_FORMATS, exportDataset, type ExportFormat } from '../datasets/export/exportDataset';
import { openDataset } from '../datasets/open';
import { SPLITS, type Split } from '../base/split';
import type { DatasetStore } from '../datasets/store/datasetStore';
import { interruptible } from './interruptible';
import { print } from './output';

interface Options {
  format: ExportFormat;
  out: string;
  split?: Split;
}

/** `datasets export`. */
export function addExportCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('export')
    .description('write a dataset in another format to a new folder')
    .argument('<id>', 'as "datasets list" names it, or a path')
    .addOption(
      new Option(
        '--format <format>',
        "CNTK's text format, IDX pairs, a folder of PNG files a class, or InkML",
      )
        .choices([...EXPORT_FORMATS])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <folder>', 'the folder to write')
    .addOption(new Option('--split <split>', 'one split alone').choices([...SPLITS]))
    .action(async (id: string, { format, out, split }: Options) => {
      const done = await interruptible(
        async (signal) => exportDataset(await openDataset(id, store().home), { format, out, split, signal }),
        'Stopped: nothing is written.',
      );
      print(`${String(done)} samples in ${out}`);
    });
}
