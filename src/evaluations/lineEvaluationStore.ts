import { ComputedStore, readComputed, type ComputedKind } from './computedStore';
import {
  MOST_LINE_EVALUATION_BYTES,
  readLineEvaluation,
  type LineEvaluationKey,
  type StoredLineEvaluation,
} from './lineEvaluationFile';

/** Ends the name of the file. */
export const LINE_EVALUATION_EXTENSION = '.scrawllines';

const KIND: ComputedKind<LineEvaluationKey, StoredLineEvaluation> = {
  extension: LINE_EVALUATION_EXTENSION,
  mostBytes: MOST_LINE_EVALUATION_BYTES,
  parse: readLineEvaluation,
  more: ({ decoding, decoder, texts }) => [decoding, decoder, texts].filter((each) => each !== undefined),
};

/** The evaluations of models of lines in a home folder, beside those of models of characters. */
export class LineEvaluationStore extends ComputedStore<LineEvaluationKey, StoredLineEvaluation> {
  constructor(home: string) {
    super(home, KIND);
  }
}

/** As `readComputed`, of a model of lines. */
export function readLineEvaluationFile(file: string): Promise<StoredLineEvaluation> {
  return readComputed(file, KIND);
}
