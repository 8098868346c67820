import type { RunRow, SettingColumn } from '../../protocol/pages/runs';
import { RUN_SETTING_FIELDS } from '../../runs/runSettingFields';
import type { RunOverview } from '../../runs/runStore';
import type { LiveRun } from './liveRun';
import { summaryOf } from './runSummary';
import { toValues } from './trainingDefaults';

/** Every setting of a run, each with a column. */
export const SETTING_COLUMNS: readonly SettingColumn[] = RUN_SETTING_FIELDS.map(({ name, label }) => ({
  name,
  label,
}));

/** A run as the table of runs shows it; `queue` has the ids of those that wait. */
export async function rowOf(
  overview: RunOverview,
  live: LiveRun | undefined,
  queue: readonly string[] = [],
): Promise<RunRow> {
  const { run, state } = overview;
  const epochs = live?.curve.epochs ?? overview.epochs;
  const last = epochs.at(-1);
  const backend = live?.progress?.backend ?? state.backend;
  return {
    ...(await summaryOf(overview, live, queue)),
    created: run?.created ?? '',
    epochsDone: epochs.length,
    ...(last && {
      lastAccuracy: last.validationAccuracy ?? last.accuracy,
      lastLoss: last.validationLoss ?? last.loss,
    }),
    ...(backend !== undefined && { backend }),
    ...(run?.from && { from: run.from.model }),
    settings: run ? toValues(run.settings) : {},
  };
}
