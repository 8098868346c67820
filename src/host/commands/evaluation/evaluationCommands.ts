import { Command } from '../../names';
import { compareModels, evaluateModel } from './evaluateModel';
import { UserError } from '../../errors';
import type { Gallery } from '../../evaluation/gallery';
import { exportCurrentEmbeddings } from './exportEmbeddings';
import { exportReport } from './exportReport';
import { openProjector, type ProjectParts } from './openProjector';
import { reviewLabels, type ReviewLabelsParts } from './reviewLabels';

export interface EvaluationParts {
  evaluation: ProjectParts & ReviewLabelsParts & { openTab: () => void; gallery: Gallery };
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
    [Command.openGallery]: () => showMistakes(evaluation),
  };
}

/** Shows what the window's evaluated model got wrong. */
function showMistakes({ current, gallery }: EvaluationParts['evaluation']): void {
  const { spec } = current;
  if (!spec) throw new UserError('Nothing was evaluated yet: run "Scrawl: Evaluate Model…" first.');
  gallery.show(spec, { kind: 'wrong' });
}
