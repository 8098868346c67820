import { Option, type Command } from 'commander';
import { countOf, storedSplits } from '../datasets/cache';
import { NAME_FORMS, type NameForm } from '../datasets/import/className';
import { importDataset, type ImportProgress } from '../datasets/import/importDataset';
import { NAME_PATTERNS } from '../datasets/import/namePattern';
import type { DatasetStore } from '../datasets/store';
import { interruptible } from './interruptible';
import { print, say } from './output';

/** Lines about what is left out, before the rest is only counted. */
const MOST_PROBLEMS = 20;
/** Samples between two lines of progress. */
const LINE_AGAIN = 20_000;

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
  licence?: string;
  json?: boolean;
}

/** `datasets import`. */
export function addImportCommand(datasets: Command, store: () => DatasetStore): void {
  const choice = (flags: string, about: string, choices: readonly string[]) =>
    new Option(flags, about).choices([...choices]);
  datasets
    .command('import')
    .description('make a dataset of pictures, IDX or CSV files, or ink')
    .argument('<path>', 'a folder, a zip archive or a file; a part of it behind #, as in gzip.zip#byclass')
    .requiredOption('--name <name>', 'what to call it')
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
      '--licence <text>',
      'the licence of the data, named in the card of every model that learns from it',
    )
    .option('--json', 'print what is stored as one JSON object')
    .action(async (path: string, options: Options) => {
      const { labels, classes, transposed, json, ...rest } = options;
      const { manifest, problems } = await interruptible(
        (signal) =>
          importDataset(
            path,
            {
              ...rest,
              table: labels,
              characters: classes,
              transposed: transposed === undefined ? undefined : transposed === 'yes',
              signal,
              onProgress: progressLines(),
            },
            store(),
          ),
        'Stopped: nothing is stored.',
      );
      for (const problem of problems.slice(0, MOST_PROBLEMS)) say(`left out ${problem}`);
      const more = problems.length - MOST_PROBLEMS;
      if (more > 0) say(`and ${String(more)} more`);
      const samples = Object.fromEntries(
        storedSplits(manifest).map((split) => [split, countOf(manifest, split)]),
      );
      if (json) print(JSON.stringify({ ...manifest, samples, problems }));
      else {
        const counts = Object.entries(samples).map(([split, count]) => `${String(count)} ${split}`);
        print(`${manifest.id}: ${String(manifest.classes.length)} classes, ${counts.join(' + ')}`);
      }
    });
}

function progressLines(): (progress: ImportProgress) => void {
  let next = LINE_AGAIN;
  return ({ done, total }) => {
    if (done < next) return;
    next = done + LINE_AGAIN;
    say(`${String(done)} of ${String(total)}`);
  };
}
