import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { DatasetError } from '../errors';
import type { DatasetStore } from '../store/datasetStore';
import { type DatasetReport, datasetReportSchema } from './datasetReport';
import { makeReport, type ReportOptions } from './makeReport';

const fileIn = (folder: string) => path.join(folder, 'report.json');

/**
 * The report that is kept beside a dataset.
 *
 * @param folder of the dataset
 * @param checksum of its samples; a report of others is none
 */
export async function readReport(folder: string, checksum: string): Promise<DatasetReport | undefined> {
  try {
    const report = datasetReportSchema.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')));
    return report.checksum === checksum ? report : undefined;
  } catch {
    // it can be made again
    return undefined;
  }
}

/**
 * The report of a stored dataset: the one that is kept, or a new one, which is kept.
 *
 * @throws as `makeReport`
 */
export async function storedReport(
  id: string,
  store: DatasetStore,
  options: ReportOptions = {},
): Promise<DatasetReport> {
  const { checksum } = (await store.open(id)).stored;
  const folder = store.folder(id);
  const kept = await readReport(folder, checksum);
  if (kept) return kept;
  const report = await makeReport(id, store, options);
  // a folder that was removed meanwhile must not come back
  if (!(await store.find(id))) throw new DatasetError(`${id} no longer exists: download or import it again.`);
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(fileIn(folder), `${JSON.stringify(report)}\n`);
  return report;
}
