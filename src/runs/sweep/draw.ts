import { Random } from '../../base/random';
import { UserError } from '../../base/userError';
import { MOST_TRIALS, type SweepParameter, type SweepValue } from './sweepFile';

/** What a trial is made with, by the parameters' names. */
export type TrialValues = Record<string, SweepValue>;

/**
 * Every combination of the parameters' values, the last parameter's changing fastest.
 *
 * @throws UserError where a parameter is a range, or the combinations are too many
 */
export function gridOf(parameters: readonly SweepParameter[]): TrialValues[] {
  let trials: TrialValues[] = [{}];
  for (const parameter of parameters) {
    const { name } = parameter;
    if (parameter.kind === 'range')
      throw new UserError(`A grid needs the values of ${name} one by one: give ${name}=A,B,C.`);
    const { values } = parameter;
    if (trials.length * values.length > MOST_TRIALS)
      throw new UserError(`The grid has more than ${MOST_TRIALS} trials: give fewer values, or draw them.`);
    trials = trials.flatMap((trial) => values.map((value) => ({ ...trial, [name]: value })));
  }
  return trials;
}

/** So many random trials, each of which depends on the seed and its place alone. */
export function drawn(parameters: readonly SweepParameter[], count: number, seed: number): TrialValues[] {
  return Array.from({ length: count }, (_, place) => {
    const random = Random.of(seed, place, 0);
    return Object.fromEntries(parameters.map((parameter) => [parameter.name, drawOne(parameter, random)]));
  });
}

function drawOne(parameter: SweepParameter, random: Random): SweepValue {
  if (parameter.kind === 'values')
    return parameter.values[random.integer(parameter.values.length)] as SweepValue;
  const { least, most, whole, logarithmic } = parameter;
  // a whole number stands for the unit around it, so that both ends are as likely as the others
  const [from, to] = whole ? [least - 0.5, most + 0.5] : [least, most];
  const at = random.next();
  const value = logarithmic ? least * (most / least) ** at : from + at * (to - from);
  return whole ? Math.min(most, Math.max(least, Math.round(value))) : Number(value.toPrecision(3));
}
