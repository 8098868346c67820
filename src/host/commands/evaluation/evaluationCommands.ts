import { Command } from '../../names';
import { compareModels, type EvaluateParts, evaluateModel } from './evaluateModel';
import { exportReport } from './exportReport';

export interface EvaluationParts {
  evaluation: EvaluateParts & { openTab: () => void };
}

/** The commands on evaluations. */
export function evaluationCommands({ evaluation }: EvaluationParts) {
  return {
    [Command.evaluateModel]: (argument?: unknown) => evaluateModel(evaluation, argument),
    [Command.compareModels]: () => compareModels(evaluation),
    [Command.exportEvaluationReport]: () => exportReport(evaluation),
    [Command.openEvaluation]: () => evaluation.openTab(),
  };
}
