import * as vscode from 'vscode';
import type { Importer } from '../datasets/importer';
import { report } from '../report';
import { TrainingForms, type TrainingFormParts } from '../views/trainingFormPanel';
import { TrainingView } from '../views/trainingView';
import { EnsembleTraining } from './ensembleTraining';
import { TrainingNotices } from './trainingNotices';
import { TrainingRuns } from './trainingRuns';
import { TrainingStatus } from './trainingStatus';
import { watchRuns } from './watchRuns';

/** The runs, and all that shows them: the view, the form, the status bar and notifications. */
export function openTraining(
  parts: Omit<TrainingFormParts, 'runs'> & { importer: Importer },
  memory: vscode.Memento,
) {
  const { extensionUri, script, library, importer, log } = parts;
  const { home } = library.store;
  const openData = (dataset: string) => importer.open({ dataset, home });
  const runs = new TrainingRuns({ home, script, log, openData });
  const trainingView = new TrainingView(extensionUri, runs, log);
  const forms = new TrainingForms({ ...parts, runs });
  const ensembles = new EnsembleTraining(runs, log);
  const notices = new TrainingNotices(runs, memory);
  const shown = vscode.Disposable.from(
    trainingView,
    forms,
    notices,
    ensembles,
    new TrainingStatus(runs),
    watchRuns(runs),
    runs,
  );
  notices.offerInterrupted().catch((error: unknown) => report(error, log));
  return { runs, trainingView, forms, memory, dispose: () => void shown.dispose() };
}
