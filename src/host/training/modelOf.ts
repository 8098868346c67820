import { UserError } from '../../base/userError';
import type { TrainingRuns } from './trainingRuns';

/**
 * The folder of the model that came of a run.
 *
 * @throws UserError where there is none
 */
export async function modelOf(runs: TrainingRuns, id: string): Promise<string> {
  const { state } = await runs.store.find(id);
  if (state.model === undefined) throw new UserError('That run has no model yet: stop it, or let it finish.');
  return state.model;
}
