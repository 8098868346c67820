import { InvalidArgumentError, Option, type Command } from 'commander';
import { RUN_SETTING_FIELDS, withSetting, type SettingField } from '../runs/runSettingFields';
import { AUGMENTATIONS, type AugmentationName, type AugmentationSettings } from '../runs/runSettings';
import type { ChosenSettings } from '../runs/presetSettings';
import { numberBetween } from './numbers';

type Field = Exclude<SettingField, { name: `augmentation.${string}` }>;
const isPart = ({ name }: SettingField) => name.startsWith('augmentation.');

/** The settings of a run that have a flag of their own. */
const FIELDS = RUN_SETTING_FIELDS.filter((field) => !isPart(field)) as readonly Field[];
const PARTS = RUN_SETTING_FIELDS.filter(isPart);

/** Adds a flag for every setting of a run. None has a default: what is not said depends on the network. */
export function addSettingOptions(command: Command): Command {
  for (const field of FIELDS) command.addOption(optionOf(field));
  const names = Object.keys(AUGMENTATIONS).join(', ');
  const parts = PARTS.map(({ name }) => name.replace('augmentation.', '')).join(', ');
  return command.addOption(
    new Option(
      '--augment [strength]',
      `vary the samples: ${names} (gentle where nothing is said), or parts such as shift=1,rotation=10 (${parts})`,
    ).argParser(readAugmentation),
  );
}

function optionOf(field: Field): Option {
  const flag = `--${field.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const description = field.description.charAt(0).toLowerCase() + field.description.slice(1, -1);
  if (field.kind === 'choice') {
    return new Option(`${flag} <name>`, description).choices(field.choices.map(({ value }) => value));
  }
  const reader = numberBetween(field.min, field.max, field.kind === 'integer');
  return new Option(`${flag} <number>`, description).argParser(reader);
}

/** The settings that flags say. */
export function chosenSettings(options: Readonly<Record<string, unknown>>): ChosenSettings {
  const said = FIELDS.filter(({ name }) => options[name] !== undefined);
  const chosen = said.reduce<object>((all, { name }) => withSetting(all, name, options[name] as string), {});
  const { augment } = options as { augment?: AugmentationSettings | true };
  if (augment === undefined) return chosen;
  return { ...chosen, augmentation: augment === true ? AUGMENTATIONS.gentle : augment };
}

function readAugmentation(text: string): AugmentationSettings {
  if (Object.hasOwn(AUGMENTATIONS, text)) return AUGMENTATIONS[text as AugmentationName];
  const parts = text.split(',').map((part) => readPart(part));
  return { ...AUGMENTATIONS.none, ...(Object.fromEntries(parts) as Partial<AugmentationSettings>) };
}

function readPart(text: string): [string, number] {
  const [name = '', value = ''] = text.split('=').map((each) => each.trim());
  const field = PARTS.find((each) => each.name === `augmentation.${name}`);
  if (field?.kind !== 'number') {
    throw new InvalidArgumentError(
      `Give ${Object.keys(AUGMENTATIONS).join(', ')}, or parts such as shift=1,rotation=10.`,
    );
  }
  return [name, numberBetween(field.min, field.max)(value)];
}
