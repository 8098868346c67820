import { UserError } from '../../../base/userError';
import type { AnyNetwork } from '../../../networks/parseAnyNetwork';
import type { ChosenSettings } from '../../../runs/presetSettings';
import type { RunFile } from '../../../runs/run';
import { makeSweep } from '../../../runs/sweep/makeSweep';
import { NETWORK, parseParameter } from '../../../runs/sweep/parameters';
import {
  type SweepFile,
  type SweepMethod,
  type SweepParameter,
  USUAL_HALVING,
} from '../../../runs/sweep/sweepFile';

/** What a sweep is made of, as the user answered. */
export interface SweepAnswers {
  readonly name: string;
  readonly dataset: string;
  readonly network: AnyNetwork;
  /** By the names that `network=` can have. */
  readonly networks: Readonly<Record<string, AnyNetwork>>;
  readonly chosen: ChosenSettings;
  readonly method: SweepMethod;
  /** Parameters with spaces between, each as on the command line: `learning-rate=0.0001..0.01 batch-size=32,64`. */
  readonly parameters: string;
  readonly count: number;
}

/**
 * Makes of the answers what a sweep is started with.
 *
 * @throws UserError with what is wrong with them
 */
export function plannedSweep(answers: SweepAnswers, now: Date): { sweep: SweepFile; runs: RunFile[] } {
  const { name, dataset, network, networks, chosen, method, count } = answers;
  // a network's name may have spaces
  const texts = answers.parameters.split(/\s+(?=[\w.-]+=)/).filter((text) => text.trim() !== '');
  if (texts.length === 0) throw new UserError('Give what is to be tried, as in batch-size=32,64.');
  const parameters = texts.map(parseParameter);
  checkNetworks(parameters, networks);
  const base = { network, networks, chosen };
  const plan = { name, dataset, parameters, method, ...USUAL_HALVING, created: now.toISOString() };
  return makeSweep({ ...plan, base, count });
}

function checkNetworks(
  parameters: readonly SweepParameter[],
  networks: Readonly<Record<string, unknown>>,
): void {
  const named = parameters.flatMap((each) =>
    each.kind === 'values' && each.name === NETWORK ? each.values.map(String) : [],
  );
  const unknown = named.find((each) => !Object.hasOwn(networks, each));
  if (unknown === undefined) return;
  throw new UserError(`There is no network "${unknown}": give some of ${Object.keys(networks).join(', ')}.`);
}
