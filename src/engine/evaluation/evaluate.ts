import type { Dataset } from '../../datasets/dataset';
import type { Samples } from '../../datasets/samples';
import { answersOf } from '../../metrics/answers';
import { figuresOf, type Figures } from '../../metrics/figures';
import { judge } from '../../metrics/judgment';
import { membership } from '../../base/alphabet';
import { ModelError } from '../../models/errors';
import type { LoadedModel } from '../models/loadedModel';
import { predict, type WorkEvents } from './predict';

/** The figures of a model on samples, and the time that they took. */
export interface Evaluation extends Figures {
  readonly milliseconds: number;
}

/**
 * Measures a model on labeled samples in memory. Classes outside the alphabet are never given, and samples of such
 * classes are left out.
 *
 * @throws ModelError where no sample is of a class that the model can give; the signal's reason when it is aborted
 */
export async function evaluate(
  model: LoadedModel,
  dataset: Dataset,
  samples: Samples,
  alphabet: string,
  events: WorkEvents = {},
): Promise<Evaluation> {
  const started = performance.now();
  const { classes } = model.card;
  const answers = answersOf(classes, membership(alphabet, classes), dataset);
  const can = new Set(answers.flatMap(({ labels }) => labels));
  if (!samples.labels.some((label) => can.has(label))) throw nothingToJudge(dataset.id);
  const judgment = judge(await predict(model, samples, events), samples.labels, answers);
  return { ...figuresOf(judgment), milliseconds: performance.now() - started };
}

export function nothingToJudge(dataset: string): ModelError {
  return new ModelError(
    `No sample of ${dataset} is of a class that the model can give: choose another alphabet.`,
  );
}
