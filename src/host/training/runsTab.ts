import { type HostToRuns, type RunsToHost, runsToHostSchema } from '../../protocol/pages/runs';
import type { Shell } from '../shell/shell';
import { Tabs } from '../shell/tabs';
import { RunsPage } from './runsPage';
import type { TrainingRuns } from './trainingRuns';

/** The editor tab with the table of all runs, of which there is one. */
export type RunsTab = Tabs<RunsToHost, HostToRuns, object>;

export function runsTab(shell: Shell, runs: TrainingRuns): RunsTab {
  return new Tabs<RunsToHost, HostToRuns, object>(shell, {
    name: 'runs',
    messages: runsToHostSchema,
    title: () => 'Runs',
    nameOf: () => 'runs',
    restore: () => ({}),
    open: (page) => new RunsPage(page, runs, shell.log),
  });
}
