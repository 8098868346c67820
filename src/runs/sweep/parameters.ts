import { UserError } from '../../base/userError';
import { isLineNetwork, lineNetworkSchema } from '../../networks/lineNetwork';
import { networkSchema } from '../../networks/network';
import type { AnyNetwork } from '../../networks/parseAnyNetwork';
import type { RunFile } from '../run';
import { RUN_SETTING_FIELDS, withSetting, type SettingField } from '../runSettingFields';
import { settingsFor, type ChosenSettings } from '../presetSettings';
import type { TrialValues } from './draw';
import type { SweepMethod, SweepParameter, SweepValue } from './sweepFile';

/** What a parameter that stands for a whole network is called. */
export const NETWORK = 'network';
/** A parameter of a layer, counted from 1: `layers.3.units`. */
const LAYER = /^layers\.(\d+)\.(\w+)$/;
const RANGE = /^(-?[\d.]+(?:e-?\d+)?)\.\.(-?[\d.]+(?:e-?\d+)?)$/i;
/** A range that spans more than this factor is drawn by factors. */
const WIDE = 10;

/**
 * A parameter as it is typed: `learning-rate=0.0001..0.01`, `batch-size=32,64`, `network=lenet-5,keras-mnist` or
 * `layers.3.units=32..256`. A range above 0 that spans a factor of ten or more is drawn by factors.
 *
 * @throws UserError where there is no such parameter, or a value is out of its range
 */
export function parseParameter(text: string): SweepParameter {
  const [typed, given] = split(text);
  const name = nameOf(typed);
  const range = RANGE.exec(given);
  if (range) return rangeOf(name, Number(range[1]), Number(range[2]));
  const values = given.split(',').map((value) => valueOf(name, value.trim()));
  return { kind: 'values', name, values };
}

/** A parameter's name as it is typed: `learning-rate`, `augment.shift`. */
export function typedName(name: string): string {
  return name
    .replace(/^augmentation\./, 'augment.')
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function split(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new UserError(`"${text}" is no parameter: give a name and its values, as in batch-size=32,64.`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function nameOf(typed: string): string {
  if (typed === NETWORK || LAYER.test(typed)) return typed;
  const name = typed
    .replace(/^augment\./, 'augmentation.')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (fieldOf(name) && !FIXED.has(name)) return name;
  const known = RUN_SETTING_FIELDS.map((field) => field.name).filter((each) => !FIXED.has(each));
  throw new UserError(
    `A sweep has no parameter "${typed}": give one of ${[NETWORK, ...known].join(', ')}, or layers.N.NAME.`,
  );
}

/** What all trials must have alike to be compared. */
const FIXED: ReadonlySet<string> = new Set(['epochs', 'validationSplit']);

const fieldOf = (name: string): SettingField | undefined =>
  RUN_SETTING_FIELDS.find((field) => field.name === name);

function valueOf(name: string, text: string): SweepValue {
  const field = fieldOf(name);
  if (field?.kind === 'choice') {
    const choices = field.choices.map(({ value }) => value);
    if (choices.includes(text)) return text;
    throw new UserError(`${name} cannot be "${text}": give ${choices.join(', ')}.`);
  }
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) {
    if (field || text === '') throw new UserError(`${name} cannot be "${text}": give numbers.`);
    return text;
  }
  if (field) checkNumber(field, value);
  return value;
}

function rangeOf(name: string, least: number, most: number): SweepParameter {
  const field = fieldOf(name);
  if (name === NETWORK || field?.kind === 'choice')
    throw new UserError(`${name} has no range: give its values with commas between.`);
  if (!(least < most)) throw new UserError(`The range of ${name} is empty: give the smaller number first.`);
  for (const end of [least, most]) if (field) checkNumber(field, end, true);
  const whole = field ? field.kind === 'integer' : Number.isInteger(least) && Number.isInteger(most);
  return { kind: 'range', name, least, most, whole, logarithmic: least > 0 && most / least >= WIDE };
}

/** @param end whether the number is the end of a range, which may fall between whole numbers */
function checkNumber(field: Exclude<SettingField, { kind: 'choice' }>, value: number, end = false): void {
  const { name, min, max, kind } = field;
  if (value >= min && value <= max && (end || kind === 'number' || Number.isInteger(value))) return;
  const whole = kind === 'integer' ? 'whole numbers' : 'numbers';
  throw new UserError(`${name} cannot be ${value}: give ${whole} from ${min} to ${max}.`);
}

/**
 * What must hold between the parameters of a sweep.
 *
 * @throws UserError that says what does not go together
 */
export function checkParameters(parameters: readonly SweepParameter[], method: SweepMethod): void {
  const names = parameters.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) throw new UserError(`${twice} is varied twice: give all its values together.`);
  if (names.includes(NETWORK) && names.some((name) => LAYER.test(name)))
    throw new UserError('Layers can be varied of one network only: leave out network= or layers.N=.');
  if (method === 'halving' && names.includes('stopAfterMinutes'))
    throw new UserError('Halving compares after epochs: leave out stop-after-minutes=.');
}

/** What all trials of a sweep have before their parameters. */
export interface SweepBase {
  readonly network: AnyNetwork;
  /** By the names that a parameter `network` has as values. */
  readonly networks: Readonly<Record<string, AnyNetwork>>;
  /** What the user set; the rest is what suits the network. */
  readonly chosen: ChosenSettings;
}

/**
 * The network and the settings of a trial.
 *
 * @throws UserError where a layer cannot have its value
 */
export function trialRun(
  { network: usual, networks, chosen }: SweepBase,
  values: TrialValues,
): Pick<RunFile, 'network' | 'settings'> {
  const named = values[NETWORK];
  const start = named === undefined ? usual : (networks[String(named)] ?? usual);
  const network = Object.entries(values).reduce<AnyNetwork>(withLayerParameter, start);
  const settings = Object.entries(values).reduce<object>((all, [name, value]) => {
    const field = fieldOf(name);
    return field ? withSetting(all, field.name, value) : all;
  }, chosen);
  return { network, settings: settingsFor(network.name, settings) };
}

function withLayerParameter(network: AnyNetwork, [name, value]: [string, SweepValue]): AnyNetwork {
  const [, number, parameter = ''] = LAYER.exec(name) ?? [];
  if (number === undefined) return network;
  const place = Number(number) - 1;
  const layer = network.layers[place];
  if (!layer)
    throw new UserError(`${network.name} has ${network.layers.length} layers: there is no layer ${number}.`);
  const layers = network.layers.map((each, at) => (at === place ? { ...each, [parameter]: value } : each));
  const schema = isLineNetwork(network) ? lineNetworkSchema : networkSchema;
  const made = schema.safeParse({ ...network, layers });
  if (made.success) return made.data;
  throw new UserError(
    `Layer ${number} of ${network.name} (${layer.type}) cannot have ${parameter} ${value}: see its parameters in the network file.`,
  );
}
