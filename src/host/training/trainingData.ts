import type { DatasetLibrary } from '../datasets/library';
import { counted, samplesOf } from '../datasets/words';

/** A dataset that a run can learn from. */
export interface DataChoice {
  /** As on the command line: a dataset's id, or a path. */
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/** What there is to learn from on this machine: datasets that are whole, the pad's samples among them. */
export async function dataChoices(library: DatasetLibrary): Promise<DataChoice[]> {
  const entries = await library.list();
  return entries.flatMap(({ id, name, state, manifest }): DataChoice[] =>
    state === 'ready' && manifest
      ? [{ value: id, label: name, detail: counted(samplesOf(manifest), 'sample') }]
      : [],
  );
}
