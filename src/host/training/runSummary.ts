import { largestOf } from '../../base/vectors';
import { isHeld } from '../../storage/lock';
import { lockFile } from '../../runs/runFolder';
import type { RunOverview } from '../../runs/runStore';
import type { RunSummary } from '../../protocol/pages/training';
import type { LiveRun } from './liveRun';

/**
 * A run as the view and the quick picks show it.
 *
 * @param queue ids of the runs that wait, the next one first
 */
export async function summaryOf(
  record: RunOverview,
  live: LiveRun | undefined,
  queue: readonly string[] = [],
): Promise<RunSummary> {
  const { id, folder, run, state } = record;
  const epochs = live?.curve.epochs ?? record.epochs;
  const best = largestOf(epochs.map((epoch) => epoch.validationAccuracy ?? epoch.accuracy));
  const where = live ? 'here' : (await isHeld(lockFile(folder))) ? 'elsewhere' : 'nowhere';
  const turn = queue.indexOf(id) + 1;
  return {
    id,
    name: run?.name ?? id,
    dataset: run?.dataset ?? '',
    network: run?.network.name ?? '',
    state: where === 'nowhere' ? (turn > 0 ? 'waiting' : state.state) : 'running',
    where,
    ...(live?.outlives && { outlives: true as const }),
    ...(where === 'nowhere' && turn > 0 && { turn }),
    done: live?.progress?.done ?? state.done,
    total: live?.progress?.total ?? state.total,
    epochs: run?.settings.epochs ?? 0,
    ...(epochs.length > 0 && { accuracy: best }),
    seconds: epochs.reduce((sum, epoch) => sum + epoch.seconds, 0),
    ...(state.message !== undefined && { message: state.message }),
    hasModel: state.model !== undefined,
  };
}
