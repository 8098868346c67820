import { SPLITS } from '../../../base/split';
import type { DatasetEntry } from '../../../datasets/store/datasetEntry';
import type { Manifest } from '../../../datasets/store/manifest';
import type { KeptEvaluation } from '../../../evaluations/keptEvaluations';
import { isWhole, isWholeLines, type ModelRecord } from '../../../models/modelStore';
import { keyOf } from '../../../protocol/pages/boardPlace';
import type { BoardColumn, BoardModel } from '../../../protocol/pages/leaderboard';

/** A model that can be evaluated, with what is kept of it. */
export interface RatedModel {
  readonly model: ModelRecord;
  readonly kept: readonly KeptEvaluation[];
}

/** Models by datasets, and for each cell the newest evaluation that is kept. */
export interface Board {
  readonly models: readonly BoardModel[];
  readonly columns: readonly BoardColumn[];
  readonly kept: ReadonlyMap<string, KeptEvaluation>;
}

/**
 * The leaderboard: a row for each model that can be used, a column for the test split of each dataset (all samples where
 * it has none) and for every other split of which an evaluation is kept.
 */
export function boardOf(rated: readonly RatedModel[], entries: readonly DatasetEntry[]): Board {
  const usable = rated.filter(({ model }) => isWhole(model) || isWholeLines(model));
  const manifests = entries.flatMap(({ state, manifest }) =>
    state === 'ready' && manifest ? [manifest] : [],
  );
  const all = usable.flatMap(({ kept }) => kept);
  const columns = manifests.flatMap((manifest) => columnsOf(manifest, all));
  const kept = new Map<string, KeptEvaluation>();
  for (const { model, kept: ofModel } of usable) {
    for (const each of [...ofModel].sort((a, b) => a.header.created.localeCompare(b.header.created))) {
      const column = manifests.find((manifest) => manifest.checksum === each.header.key.dataset);
      if (column) kept.set(keyOf({ model: model.folder, column: idOf(column, each.header.key.split) }), each);
    }
  }
  const models = usable.map(({ model }): BoardModel => ({
    id: model.folder,
    name: model.name,
    reads: model.lines ? 'lines' : 'characters',
  }));
  return { models, columns, kept };
}

function columnsOf(manifest: Manifest, kept: readonly KeptEvaluation[]): BoardColumn[] {
  const usual = manifest.counts['test'] ? 'test' : 'all';
  const keys = kept.map(({ header }) => header.key).filter(({ dataset }) => dataset === manifest.checksum);
  const others = SPLITS.filter((split) => split !== usual && keys.some((key) => key.split === split));
  return [usual, ...others].map((split) => ({
    id: idOf(manifest, split),
    dataset: manifest.id,
    name: manifest.name,
    split: split as BoardColumn['split'],
    ink: manifest.kind === 'ink',
  }));
}

const idOf = ({ id }: Manifest, split: string): string => `${id} ${split}`;
