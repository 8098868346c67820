import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { computedFolder, readHeaderOf } from './computedFile';
import { readEvaluationHeader, type EvaluationHeader } from './evaluationFile';
import { EVALUATION_EXTENSION } from './evaluationStore';
import { readLineEvaluationHeader, type LineEvaluationHeader } from './lineEvaluationFile';
import { LINE_EVALUATION_EXTENSION } from './lineEvaluationStore';

/** An evaluation that is kept, without what it is of each sample. */
export type KeptEvaluation =
  | { readonly reads: 'characters'; readonly file: string; readonly header: EvaluationHeader }
  | { readonly reads: 'lines'; readonly file: string; readonly header: LineEvaluationHeader };

/**
 * Every evaluation of a model that is kept; what is damaged is passed over.
 *
 * @param model its checksum
 */
export async function keptEvaluations(home: string, model: string): Promise<KeptEvaluation[]> {
  const folder = computedFolder(home, model);
  const names = await readdir(folder).catch(() => []);
  const kept = await Promise.all(
    names.map((name) => readKept(path.join(folder, name)).catch(() => undefined)),
  );
  return kept.filter((each) => each?.header.key.model === model) as KeptEvaluation[];
}

async function readKept(file: string): Promise<KeptEvaluation | undefined> {
  if (file.endsWith(EVALUATION_EXTENSION)) {
    return { reads: 'characters', file, header: await readHeaderOf(file, readEvaluationHeader) };
  }
  if (file.endsWith(LINE_EVALUATION_EXTENSION)) {
    return { reads: 'lines', file, header: await readHeaderOf(file, readLineEvaluationHeader) };
  }
  return undefined;
}
