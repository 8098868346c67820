import { Command } from '../../names';
import { compareModels, evaluateModel } from './evaluateModel';
import { exportCurrentEmbeddings } from './exportEmbeddings';
import { exportReport } from './exportReport';
import { openProjector, type ProjectParts } from './openProjector';
import { reviewLabels, type ReviewLabelsParts } from './reviewLabels';

export interface EvaluationParts {
  evaluation: ProjectParts & ReviewLabelsParts & { openTab: () => void };
}

/** The commands on evaluations. */
export function evaluationCommands({ evaluation }: EvaluationParts) {
  return {
    [Command.evaluateModel]: (argument?: unknown) => evaluateModel(evaluation, argument),
    [Command.compareModels]: () => compareModels(evaluation),
    [Command.exportEvaluationReport]: () => exportReport(evaluation),
    [Command.openEvaluation]: () => evaluation.openTab(),
    [Command.openProjector]: () => openProjector(evaluation),
    [Command.exportEmbeddings]: () => exportCurrentEmbeddings(evaluation),
    [Command.reviewLabels]: (argument?: unknown) => reviewLabels(evaluation, argument),
  };
}
