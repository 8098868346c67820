import { isLineNetwork } from '../../../networks/lineNetwork';
import { LINE_PRESETS } from '../../../networks/scrawlLine';
import type { AnyNetwork } from '../../../networks/parseAnyNetwork';
import { PRESETS } from '../../../networks/presets';
import { OPTIMIZERS, type RunSettings, SCHEDULES } from '../../../runs/runSettings';
import { type SettingName, settingValue } from '../../../runs/runSettingFields';
import { NETWORK, typedName } from '../../../runs/sweep/parameters';
import type { SweepMethod } from '../../../runs/sweep/sweepFile';
import { parameterLabel } from './shownSweep';

/** A parameter that can be varied, with values that are worth a try. */
export interface Proposal {
  readonly label: string;
  /** As it is typed, such as `batch-size=32,64`. */
  readonly typed: string;
  /** Whether it is chosen unless the user says otherwise. */
  readonly usual: boolean;
}

/** Least and most of settings whose ranges do not depend on where one starts. */
const RANGES: readonly (readonly [name: SettingName, least: number, most: number])[] = [
  ['augmentation.shift', 0, 2],
  ['augmentation.rotation', 0, 15],
  ['augmentation.scale', 0, 0.2],
  ['augmentation.shear', 0, 0.2],
  ['augmentation.elastic', 0, 2],
  ['augmentation.erase', 0, 0.5],
  ['labelSmoothing', 0, 0.2],
];
/** Parameters of layers, each of which may be half as much or twice. */
const SIZES = ['units', 'filters'];
/** Networks that are tried beside the chosen one. */
const OTHERS = 2;
/** What a name cannot have where it is typed: commas end it, and what is before a = is a parameter. */
const SEPARATOR = /[,=]/;

/**
 * What a sweep may vary, around what a run would start with. A grid has values one by one, the others ranges where
 * there are some.
 */
export function proposedParameters(
  method: SweepMethod,
  network: AnyNetwork,
  settings: RunSettings,
): Proposal[] {
  const inRange = (name: string, least: number, most: number, between: number) =>
    typed(
      name,
      method === 'grid' ? [short(least), between, short(most)].join(',') : `${short(least)}..${short(most)}`,
    );
  const { learningRate, batchSize } = settings;
  const spread = method === 'grid' ? 3 : 10;
  return [
    {
      ...inRange('learningRate', learningRate / spread, Math.min(1, learningRate * spread), learningRate),
      usual: true,
    },
    {
      ...typed('batchSize', [Math.max(1, Math.round(batchSize / 2)), batchSize, batchSize * 2].join(',')),
      usual: true,
    },
    ...RANGES.map(([name, least, most]) => ({
      ...inRange(name, least, most, most / 2),
      usual: name === 'augmentation.shift',
    })),
    ...(['optimizer', 'schedule'] as const).map((name) => {
      const choices: readonly string[] = name === 'optimizer' ? OPTIMIZERS : SCHEDULES;
      return { ...typed(name, startingWith(String(settingValue(settings, name)), choices)), usual: false };
    }),
    { ...typed(NETWORK, networksBeside(network)), usual: false },
    ...network.layers.flatMap((layer, place) =>
      SIZES.flatMap((size) => {
        const value = (layer as Readonly<Record<string, unknown>>)[size];
        if (typeof value !== 'number' || value < 2) return [];
        const name = `layers.${place + 1}.${size}`;
        return [{ ...inRange(name, Math.round(value / 2), value * 2, value), usual: false }];
      }),
    ),
  ];
}

function typed(name: string, values: string): Omit<Proposal, 'usual'> {
  return { label: parameterLabel(name), typed: `${typedName(name)}=${values}` };
}

/** The first three of the choices that can be typed, the one that would be taken before the others. */
function startingWith(first: string, choices: readonly string[]): string {
  const typeable = [...new Set([first, ...choices])].filter((each) => !SEPARATOR.test(each));
  return typeable.slice(0, 1 + OTHERS).join(',');
}

function networksBeside(network: AnyNetwork): string {
  const presets = isLineNetwork(network) ? LINE_PRESETS : PRESETS;
  return startingWith(network.name, Object.keys(presets));
}

/** An end of a range, with as many digits as it needs: sizes are exact. */
const short = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(2)));
