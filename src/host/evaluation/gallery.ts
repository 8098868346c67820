import type { ChosenSamples } from '../../protocol/evaluationView';
import type { EvaluationSpec } from './evaluationSpec';

/** Where the samples of evaluations are looked at. */
export interface Gallery {
  show(spec: EvaluationSpec, samples: ChosenSamples): void;
}
