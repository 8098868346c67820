import { OUTLIVING } from '../../runs/outliving';
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
    outlives: () => settings.runsOutliveWindow,
  });
  const view = shell.own(new TrainingView(shell, runs));
  const table = shell.own(runsTab(shell, runs));
  const forms = shell.own(trainingForms(shell, { workEngine, library, runs }));
  const notices = shell.own(new TrainingNotices(runs, memory));
  shell.own(new TrainingStatus(runs));
  const look = () => {
    runs.refresh();
    void runs.attach();
  };
  // what a run writes while it trains is told by its engine, or looked at by those that follow it
  const globs = ['*/run.json', '*/run.lock', `*/${OUTLIVING}`];
  shell.own(watchFolder(runs.store.folder, globs, look, { changes: false }));
  // each change of the queue replaces its file; from then on this window, too, looks for a place to train in
  const queued = () => {
    runs.refresh();
    void runs.goOn();
  };
  shell.own(watchFolder(runs.store.folder, ['queue.json'], queued));
  shell.own(runs);
  shell.commands(trainingCommands({ library, runs, forms, memory, models, view, table, log }));
  void runs.attach().then(() => runs.goOn());
  notices.offerInterrupted().catch((error: unknown) => report(error, log));
  registerSweeps(shell, { library, importer, models });
}
