import { Command } from '../../names';
import { compareModels, evaluateModel } from './evaluateModel';
import { exportCurrentEmbeddings } from './exportEmbeddings';
import { exportReport } from './exportReport';
import { openProjector, type ProjectParts } from './openProjector';

export interface EvaluationParts {
  evaluation: ProjectParts & { openTab: () => void };
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
  };
}
