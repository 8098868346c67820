import { UserError } from '../../base/userError';
import { settingsFor } from '../presetSettings';
import type { RunFile } from '../run';
import { drawn, gridOf } from './draw';
import { checkParameters, trialRun, type SweepBase } from './parameters';
import type { SweepFile } from './sweepFile';

/** What a sweep is asked for with. */
export interface SweepPlan extends Pick<
  SweepFile,
  'name' | 'dataset' | 'parameters' | 'method' | 'firstEpochs' | 'reduction' | 'created'
> {
  readonly base: SweepBase;
  /** How many are drawn; a grid has as many as its combinations. */
  readonly count: number;
}

/**
 * A sweep before its first trial, and the run of each trial. All have the same number of epochs and hold the same share
 * out, that of the first network, so that they can be compared.
 *
 * @throws UserError where trials could not be compared, or one of them cannot be made
 */
export function makeSweep({ base, count, ...plan }: SweepPlan): { sweep: SweepFile; runs: RunFile[] } {
  const { name, dataset, parameters, method, created } = plan;
  checkParameters(parameters, method);
  const { epochs, validationSplit, seed } = settingsFor(base.network.name, base.chosen);
  if (validationSplit === 0)
    throw new UserError('Trials are compared by their validation: choose a validation share above 0.');
  const values = method === 'grid' ? gridOf(parameters) : drawn(parameters, count, seed);
  const alike = { ...base, chosen: { ...base.chosen, epochs, validationSplit } };
  const runs = values.map((each, place) => ({
    // a model's name has its limit
    name: `${name.slice(0, 90)} ${place + 1}`,
    dataset,
    created,
    ...trialRun(alike, each),
  }));
  const trials = values.map((each) => ({ values: each, state: 'waiting' as const, scores: [] }));
  return { sweep: { ...plan, epochs, trials }, runs };
}
