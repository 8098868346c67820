import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { nameProblem } from '../../models/modelName';
import { RUN_SETTING_FIELDS, type SettingName, withSetting } from '../../runs/runSettingFields';
import { memberName, type Membership, membershipSchema, type RunFile, runFileSchema } from '../../runs/run';
import { runSettingsSchema } from '../../runs/runSettings';
import type { AnyNetwork } from '../../networks/parseAnyNetwork';
import type { Draft, FormProblem } from '../../protocol/pages/trainingForm';
import { COMBINE, MEMBERS, NO_ENSEMBLE } from './ensembleFields';

/** A draft that can be started, or what is wrong with it. */
export type Plan =
  | { readonly run: RunFile; readonly problems?: undefined }
  | { readonly run?: undefined; readonly problems: readonly FormProblem[] };

/**
 * Makes of a draft what a run is started with.
 *
 * @param network that learns
 * @param now when it starts
 * @param logDir where the curves also go
 */
export function planOf(draft: Draft, network: AnyNetwork, now: Date, logDir?: string): Plan {
  const name = draft.name.trim();
  const problems: FormProblem[] = [];
  const wrong = nameProblem(name);
  if (wrong !== undefined) problems.push({ field: 'name', message: wrong });
  if (draft.dataset === '') problems.push({ field: 'dataset', message: 'Choose a dataset.' });
  const settings = runSettingsSchema.safeParse(nestedSettings(draft.settings));
  if (!settings.success) return { problems: [...problems, ...settingProblems(settings.error)] };
  const ensemble = membershipOf(draft.settings, name);
  if (ensemble && !ensemble.success)
    problems.push({ field: MEMBERS, message: 'Enter another number of members.' });
  if (problems.length > 0) return { problems };
  return {
    run: runFileSchema.parse({
      name: ensemble ? memberName(name, 1) : name,
      dataset: draft.dataset,
      network,
      settings: settings.data,
      created: now.toISOString(),
      ...(logDir !== undefined && { logDir }),
      ...(draft.from && { from: draft.from }),
      ...(ensemble && { ensemble: ensemble.data }),
    }),
  };
}

/** The ensemble that a draft is the first member of, not yet certain to be right; undefined where it is a model alone. */
function membershipOf(values: Draft['settings'], name: string): z.ZodSafeParseResult<Membership> | undefined {
  const { [MEMBERS]: members, [COMBINE]: combine } = { ...NO_ENSEMBLE, ...values };
  if (members === 1) return undefined;
  return membershipSchema.safeParse({ id: randomUUID(), name, combine, members, member: 1 });
}

/** Settings by the fields' names as a run has them. */
export function nestedSettings(values: Draft['settings']): object {
  const known = new Set<string>(RUN_SETTING_FIELDS.map(({ name }) => name));
  let settings: object = {};
  for (const [name, value] of Object.entries(values)) {
    if (known.has(name)) settings = withSetting(settings, name as SettingName, value);
  }
  return settings;
}

function settingProblems({ issues }: z.ZodError): FormProblem[] {
  return issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message: `${message}.` }));
}

/** A name that no run has yet: a number tells it from those of before. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(free)) return free;
  }
}
