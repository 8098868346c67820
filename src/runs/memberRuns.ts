import { memberName, type Membership, type RunFile } from './run';
import { canResume, type RunOverview, type RunStore } from './runStore';

/** What is to be done once a member is trained. */
export type AfterMember =
  /** Train the run of this id. */
  | { readonly next: string }
  /** Make the ensemble of the models in these folders, in the order of the members. */
  | { readonly models: readonly string[] }
  /** Nothing: another member is not trained yet. */
  | undefined;

/**
 * Makes the run of the member after one, unless it is there. All that it goes by lies with the runs, so that a member
 * which is resumed another day, by whatever process, goes on with the others too.
 *
 * @param model folder of the model that the run, which is an ensemble's, has just got
 */
export async function afterMember(
  runs: RunStore,
  { id, run }: { readonly id: string; readonly run: RunFile & { readonly ensemble: Membership } },
  model: string,
  now: Date,
): Promise<AfterMember> {
  const all = (await runs.list()).filter((each) => each.run?.ensemble?.id === run.ensemble.id);
  const others = all.filter((each) => each.id !== id);
  if (!others.some((each) => placeOf(each) > run.ensemble.member)) {
    const next = nextMember(run, now);
    if (next) return { next: (await runs.create(next)).id };
  }
  const waiting = others.filter(({ state }) => state.model === undefined).sort(byPlace);
  const next = waiting.find((each) => placeOf(each) > run.ensemble.member && canResume(each));
  if (next) return { next: next.id };
  if (waiting.length > 0) return undefined;
  return { models: all.sort(byPlace).flatMap((each) => (each.id === id ? model : (each.state.model ?? []))) };
}

/** The run of the member after one; undefined after the last. */
export function nextMember(run: RunFile, now: Date): RunFile | undefined {
  const { ensemble, settings } = run;
  if (!ensemble || ensemble.member >= ensemble.members) return undefined;
  const member = ensemble.member + 1;
  const [given, ...others] = ensemble.others ?? [];
  return {
    ...run,
    settings: { ...settings, seed: settings.seed + 1 },
    ...given,
    name: memberName(ensemble.name, member),
    created: now.toISOString(),
    ensemble: { ...ensemble, member, others },
  };
}

const placeOf = ({ run }: RunOverview) => run?.ensemble?.member ?? 0;
const byPlace = (a: RunOverview, b: RunOverview) => placeOf(a) - placeOf(b);
