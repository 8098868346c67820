import { confidentLearning } from '../../metrics/confidentLearning';
import { judgeSplit } from '../../metrics/judgeSplit';
import { learningOf } from '../../models/learning';
import { readCard } from '../../models/modelFolder';
import type { LabelIssues } from '../../protocol/engine/evaluation';
import { nothingToJudge } from './evaluate';
import { evaluateStored, type EvaluationTask, type Models } from './storedEvaluation';
import type { WorkEvents } from './predict';

/**
 * The labels of a split, as they are stored, that a model's probabilities speak against.
 *
 * @param most how many to give
 * @throws ModelError, DatasetError where there is no such model or split, or nothing in it that the model can give; the
 *   signal's reason when it is aborted
 */
export async function labelIssues(
  models: Models,
  task: Omit<EvaluationTask, 'alphabet'>,
  most: number,
  events?: WorkEvents,
): Promise<LabelIssues> {
  const { evaluation, source } = await evaluateStored(models, { ...task, alphabet: 'all' }, events);
  const { header, places, labels } = evaluation;
  const allowed = header.outputs.map(() => true);
  const judgment = judgeSplit(evaluation, new Map(), { allowed });
  if (judgment.truth.length === 0) throw nothingToJudge(source.dataset.id);
  const { issues } = confidentLearning(judgment);
  const indexOf = new Map(header.classes.map((name, index) => [name, index]));
  const { split, of, checksum } = source;
  return {
    issues: issues.slice(0, most).map(({ row, suggested, margin, probability, suggestedProbability }) => ({
      place: places[row] ?? 0,
      given: labels[row] ?? 0,
      // a class is never sure where no sample has it, so the dataset has it
      suggested: indexOf.get(judgment.classes[suggested] ?? '') ?? 0,
      ...{ margin, probability, suggestedProbability },
    })),
    total: issues.length,
    samples: judgment.truth.length,
    leftOut: judgment.leftOut,
    ...{ split, of, checksum, classes: header.classes, modelName: header.modelName },
    learning: learningOf(await readCard(task.model), source),
  };
}
