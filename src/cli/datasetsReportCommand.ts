import type { Command } from 'commander';
import { idOf } from '../datasets/report/datasetReport';
import { findingWords } from '../datasets/report/findingWords';
import { storedReport } from '../datasets/report/storedReport';
import type { DatasetStore } from '../datasets/store/datasetStore';
import { countOf, storedSplits } from '../datasets/store/cache';
import { interruptible } from './interruptible';
import { print } from './output';
import { sampleLines } from './progressLines';

/** `datasets report`. */
export function addReportCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('report')
    .description('doubles within splits and leaks between them, blank and odd samples, samples by class')
    .argument('<id>', 'as "datasets list" names it')
    .option('--json', 'print the report as one JSON object, with split and number of the samples')
    .action(async (id: string, { json = false }: { json?: boolean }) => {
      const own = store();
      await interruptible(async (signal) => {
        const report = await storedReport(id, own, { signal, onProgress: sampleLines() });
        const manifest = (await own.find(id))?.manifest;
        if (!manifest) return;
        const { name, kind, classes, counts } = manifest;
        const { checksum, created, findings } = report;
        const found = findings.map((finding) => ({
          id: idOf(finding),
          ...findingWords(finding, kind),
          ...finding,
        }));
        if (json) {
          print(JSON.stringify({ id, name, checksum, created, classes, counts, findings: found }));
          return;
        }
        const samples = storedSplits(manifest).map((split) => `${String(countOf(manifest, split))} ${split}`);
        print(`${name}: ${String(classes.length)} classes, ${samples.join(' + ')}`);
        for (const { title, total } of found) print(`${String(total).padStart(8)}  ${title}`);
        if (found.length === 0) print('no doubles, leaks, blank or odd samples');
      }, 'Stopped: nothing is written.');
    });
}
