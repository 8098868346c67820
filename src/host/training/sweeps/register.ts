import type { DatasetLibrary } from '../../datasets/library';
import type { Importer } from '../../datasets/importer';
import type { ModelLibrary } from '../../models/library';
import { report } from '../../shell/report';
import { settings } from '../../shell/settings';
import type { Shell } from '../../shell/shell';
import { watchFolder } from '../../shell/watchFolder';
import { sweepCommands } from './sweepCommands';
import { SweepNotices } from './sweepNotices';
import { Sweeps } from './sweeps';
import { SweepStatus } from './sweepStatus';
import { sweepTabs } from './sweepTabs';

export interface SweepNeeds {
  readonly library: DatasetLibrary;
  readonly importer: Importer;
  readonly models: ModelLibrary;
}

/** The sweeps, and all that shows them: tabs, the status bar and notifications. */
export function registerSweeps(shell: Shell, { library, importer, models }: SweepNeeds): void {
  const { home, log, memory } = shell;
  const sweeps = new Sweeps({
    home,
    script: shell.engineScript,
    models: models.store,
    log,
    openData: (dataset) => importer.open({ dataset, home }),
    atOnce: () => settings.runsAtOnce,
  });
  const tabs = shell.own(sweepTabs(shell, sweeps));
  const notices = shell.own(new SweepNotices(sweeps, memory));
  shell.own(new SweepStatus(sweeps));
  const look = () => sweeps.refresh();
  shell.own(watchFolder(sweeps.store.folder, ['*/sweep.json'], look));
  // a lock is touched all the time; who has the sweep changes as it comes or goes
  shell.own(watchFolder(sweeps.store.folder, ['*/sweep.lock', '*/window.lock'], look, { changes: false }));
  shell.own(sweeps);
  shell.commands(sweepCommands({ library, sweeps, memory, tabs, log }));
  notices.offerInterrupted().catch((error: unknown) => report(error, log));
}
