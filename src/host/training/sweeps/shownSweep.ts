import path from 'node:path';
import type { ShownSweep, ShownTrial, SweepAxis } from '../../../protocol/pages/sweep';
import { RUN_SETTING_FIELDS } from '../../../runs/runSettingFields';
import { toKeep } from '../../../runs/sweep/keepBest';
import { ranked } from '../../../runs/sweep/nextTrial';
import type { SweepFile, SweepParameter, SweepTrial } from '../../../runs/sweep/sweepFile';
import type { FoundSweep } from './sweeps';

/** A sweep as its page shows it. */
export function shownSweep({ id, sweep, standing, trial }: FoundSweep): ShownSweep {
  const { name, dataset, method, epochs, parameters, trials, model } = sweep;
  const [best] = ranked(trials);
  return {
    ...{ id, name, method, standing, epochs },
    dataset: path.basename(dataset.split('#')[0] ?? dataset),
    axes: parameters.map(axisOf),
    trials: trials.map((each, place) => shownTrial(each, place, trial?.place === place)),
    ...(best !== undefined && { best: best + 1 }),
    canKeep: standing === 'resting' && toKeep(sweep) !== undefined,
    hasModel: model !== undefined,
  };
}

/** What a parameter is called in words. */
export function parameterLabel(name: string): string {
  const field = RUN_SETTING_FIELDS.find((each) => each.name === name);
  if (field) return field.label;
  const [, layer, parameter] = /^layers\.(\d+)\.(\w+)$/.exec(name) ?? [];
  return layer === undefined ? 'Network' : `Layer ${layer} ${parameter}`;
}

function axisOf(parameter: SweepParameter): SweepAxis {
  const { name } = parameter;
  const label = parameterLabel(name);
  if (parameter.kind === 'values') {
    const values = [...new Set(parameter.values)];
    const areNumbers = values.every((value) => typeof value === 'number');
    return { name, label, kind: 'values', values: areNumbers ? values.sort((a, b) => a - b) : values };
  }
  const { least, most, logarithmic } = parameter;
  return { name, label, kind: 'range', least, most, logarithmic };
}

function shownTrial(
  { values, state, scores, message }: SweepTrial,
  place: number,
  trains: boolean,
): ShownTrial {
  const last = scores.at(-1);
  return {
    number: place + 1,
    values,
    state: trains ? 'training' : state,
    epochs: last?.epochs ?? 0,
    ...(last && { accuracy: last.accuracy }),
    ...(message !== undefined && { message }),
  };
}

/** How far a sweep is: trials that were compared to their last, and all of them. */
export function compared({ trials }: Pick<SweepFile, 'trials'>): number {
  return trials.filter(({ state }) => state !== 'waiting').length;
}
