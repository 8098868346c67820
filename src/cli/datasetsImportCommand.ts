import { Option, type Command } from 'commander';
import { NAME_FORMS, type NameForm } from '../datasets/import/className';
import { importAll } from '../datasets/import/importDataset';
import { NAME_PATTERNS } from '../datasets/import/namePattern';
import type { DatasetStore } from '../datasets/store/datasetStore';
import { interruptible } from './interruptible';
import { say } from './output';
import { sampleLines } from './progressLines';
import { printStored } from './storedDataset';

interface Options {
  name: string;
  names?: NameForm;
  pattern?: string;
  labels?: string;
  pen?: 'auto' | 'dark' | 'light';
  threshold?: 'otsu' | 'local';
  size?: 'normalized' | 'keep';
  transposed?: 'yes' | 'no';
  mapping?: string;
  classes?: string;
  yAxis?: 'up' | 'down';
  license?: string;
  json?: boolean;
}

/** `datasets import`. */
export function addImportCommand(datasets: Command, store: () => DatasetStore): void {
  const choice = (flags: string, about: string, choices: readonly string[]) =>
    new Option(flags, about).choices([...choices]);
  datasets
    .command('import')
    .description('make a dataset of pictures, IDX or CSV files, or ink; several where a folder holds several')
    .argument('<path>', 'a folder, a zip archive or a file; a part of it behind #, as in gzip.zip#byclass')
    .requiredOption('--name <name>', 'what to call it; several have their part behind it')
    .addOption(choice('--names <form>', 'how folders and labels name classes (auto)', NAME_FORMS))
    .option(
      '--pattern <pattern>',
      `where the class stands in file names: ${Object.keys(NAME_PATTERNS).join(', ')}, or a regular expression with a group`,
    )
    .option('--labels <file>', 'a table of files and labels inside the folder (labels.csv)')
    .addOption(
      choice('--pen <pen>', 'dark on light paper or light on dark (auto)', ['auto', 'dark', 'light']),
    )
    .addOption(choice('--threshold <kind>', 'local for strokes that fade (otsu)', ['otsu', 'local']))
    .addOption(choice('--size <size>', '28x28 as EMNIST, or as the pictures are', ['normalized', 'keep']))
    .addOption(
      choice('--transposed <yes|no>', 'pictures lie on their side (yes where the name says EMNIST)', [
        'yes',
        'no',
      ]),
    )
    .option('--mapping <file>', 'what labels stand for: lines of "label code"')
    .option('--classes <characters>', 'what the labels 0, 1, 2 and so on stand for')
    .addOption(choice('--y-axis <direction>', 'of UNIPEN files (up)', ['up', 'down']))
    .option(
      '--license <text>',
      'the license of the data, named in the card of every model that learns from it',
    )
    .option('--json', 'print what is stored as one JSON object')
    .action(async (path: string, options: Options) => {
      const { labels, classes, transposed, json = false, ...rest } = options;
      const { imported, failed } = await interruptible(
        (signal) =>
          importAll(
            path,
            {
              ...rest,
              table: labels,
              characters: classes,
              transposed: transposed === undefined ? undefined : transposed === 'yes',
              signal,
              onProgress: sampleLines(),
            },
            store(),
          ),
        'Stopped: what was not imported to its end is not stored.',
      );
      for (const { manifest, problems } of imported) printStored(manifest, problems, json);
      for (const sentence of failed) say(`left out ${sentence}`);
    });
}
