import { watchFolder } from '../shell/watchFolder';
import type { Importer } from '../datasets/importer';
import type { DatasetLibrary } from '../datasets/library';
import type { Engine } from '../engine/engine';
import type { ModelLibrary } from '../models/library';
import { settings } from '../shell/settings';
import { report } from '../shell/report';
import type { Shell } from '../shell/shell';
import { runsTab } from './runsTab';
import { registerSweeps } from './sweeps/register';
import { trainingCommands } from './trainingCommands';
import { trainingForms } from './trainingFormPanel';
import { TrainingNotices } from './trainingNotices';
import { TrainingRuns } from './trainingRuns';
import { TrainingStatus } from './trainingStatus';
import { TrainingView } from './trainingView';

export interface TrainingNeeds {
  readonly library: DatasetLibrary;
  readonly importer: Importer;
  readonly models: ModelLibrary;
  readonly workEngine: Engine;
}

/** The runs and sweeps, and all that shows them: the view, the form, tabs, the status bar and notifications. */
export function registerTraining(
  shell: Shell,
  { library, importer, models, workEngine }: TrainingNeeds,
): void {
  const { home, log, memory } = shell;
  const openData = (dataset: string) => importer.open({ dataset, home });
  const runs = new TrainingRuns({
    home,
    script: shell.engineScript,
    log,
    openData,
    atOnce: () => settings.runsAtOnce,
  });
  const view = shell.own(new TrainingView(shell, runs));
  const table = shell.own(runsTab(shell, runs));
  const forms = shell.own(trainingForms(shell, { workEngine, library, runs }));
  const notices = shell.own(new TrainingNotices(runs, memory));
  shell.own(new TrainingStatus(runs));
  // what a run writes while it trains is told by its engine
  const globs = ['*/run.json', '*/run.lock'];
  shell.own(watchFolder(runs.store.folder, globs, () => runs.refresh(), { changes: false }));
  // each change of the queue replaces its file; from then on this window, too, looks for a place to train in
  const queued = () => {
    runs.refresh();
    void runs.goOn();
  };
  shell.own(watchFolder(runs.store.folder, ['queue.json'], queued));
  shell.own(runs);
  shell.commands(trainingCommands({ library, runs, forms, memory, models, view, table, log }));
  void runs.goOn();
  notices.offerInterrupted().catch((error: unknown) => report(error, log));
  registerSweeps(shell, { library, importer, models });
}
