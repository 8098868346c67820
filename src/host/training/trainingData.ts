import type { DatasetLibrary } from '../datasets/library';
import { counted } from '../../base/words';
import { type Manifest, samplesOf } from '../../datasets/store/manifest';

/** A dataset that a run can learn from. */
export interface DataChoice {
  /** As on the command line: a dataset's id, or a path. */
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/**
 * What there is to learn from on this machine: datasets that are whole, the pad's samples among them.
 *
 * @param only those of this kind
 */
export async function dataChoices(library: DatasetLibrary, only?: Manifest['kind']): Promise<DataChoice[]> {
  const entries = await library.list();
  return entries.flatMap(({ id, name, state, manifest }): DataChoice[] =>
    state === 'ready' && manifest && (only === undefined || manifest.kind === only)
      ? [{ value: id, label: name, detail: counted(samplesOf(manifest), 'sample') }]
      : [],
  );
}
