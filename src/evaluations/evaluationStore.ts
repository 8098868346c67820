import { computedFolder } from './computedFile';
import { ComputedStore, readComputed, type ComputedKind } from './computedStore';
import {
  MOST_EVALUATION_BYTES,
  readEvaluation,
  type EvaluationKey,
  type StoredEvaluation,
} from './evaluationFile';

/** Ends the name of an evaluation's file; what else is computed of the same samples has more behind it. */
export const EVALUATION_EXTENSION = '.scrawleval';

const KIND: ComputedKind<EvaluationKey, StoredEvaluation> = {
  extension: EVALUATION_EXTENSION,
  mostBytes: MOST_EVALUATION_BYTES,
  parse: readEvaluation,
};

/** The evaluations of models of characters in a home folder. */
export class EvaluationStore extends ComputedStore<EvaluationKey, StoredEvaluation> {
  constructor(home: string) {
    super(home, KIND);
  }

  /** Where what is computed of a model lies, its evaluations and embeddings. */
  folder(model: string): string {
    return computedFolder(this.home, model);
  }
}

/** As `readComputed`, of a model of characters. */
export function readEvaluationFile(file: string): Promise<StoredEvaluation> {
  return readComputed(file, KIND);
}
