import type { ZodDefault, ZodEnum, ZodNumber } from 'zod';
import {
  augmentationSchema,
  runSettingsSchema,
  type AugmentationSettings,
  type RunSettings,
} from './runSettings';

/** What a form shows together, in this order. */
export const SETTING_GROUPS = ['Length', 'Learning', 'Data', 'Variation', 'Ending', 'Machine'] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** A setting's place in the run's settings; what lies in the augmentation has a dot. */
export type SettingName =
  Exclude<keyof RunSettings, 'augmentation'> | `augmentation.${keyof AugmentationSettings}`;

interface Described {
  readonly name: SettingName;
  /** A word or two, as in a form. */
  readonly label: string;
  /** One sentence that says what the setting does. */
  readonly description: string;
  readonly group: SettingGroup;
}

export interface NumberField extends Described {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
  /** What a step of a spin button or slider changes. */
  readonly step: number;
}

export interface ChoiceField extends Described {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** One sentence. */
  readonly description: string;
}

/** How a setting of a run is asked for: in the form, in VS Code's settings and on the command line alike. */
export type SettingField = NumberField | ChoiceField;

type Ungrouped = Omit<NumberField, 'group'> | Omit<ChoiceField, 'group'>;

type NumberName = {
  [N in SettingName]: N extends keyof RunSettings ? (RunSettings[N] extends number ? N : never) : N;
}[SettingName];
type ChoiceName = Exclude<SettingName, NumberName>;

/** A number as the schema limits it. */
function number(name: NumberName, label: string, description: string, step: number): Ungrouped {
  const { format, minValue, maxValue } = schemaOf(name) as ZodNumber;
  const kind = format === 'safeint' ? 'integer' : 'number';
  return { name, label, description, kind, min: minValue ?? -Infinity, max: maxValue ?? Infinity, step };
}

/** The choices of the schema, each in words. */
function choice<N extends ChoiceName>(
  name: N,
  label: string,
  description: string,
  words: Readonly<Record<RunSettings[N], readonly [label: string, description: string]>>,
): Ungrouped {
  const { options } = schemaOf(name) as ZodEnum<Record<RunSettings[N], RunSettings[N]>>;
  const choices = options.map((value) => ({ value, label: words[value][0], description: words[value][1] }));
  return { name, label, description, kind: 'choice', choices };
}

/** What a setting takes, but for its default. */
function schemaOf(name: SettingName) {
  const [outer = '', part] = name.split('.');
  const shape = part === undefined ? runSettingsSchema.shape : augmentationSchema.shape;
  return (shape as Record<string, ZodDefault>)[part ?? outer]?.unwrap();
}

const BY_GROUP: Readonly<Record<SettingGroup, readonly Ungrouped[]>> = {
  Length: [
    number('epochs', 'Epochs', 'Number of passes over the training samples.', 1),
    number(
      'batchSize',
      'Batch size',
      'Samples per step. Larger batches are faster and steadier; smaller ones often generalize better.',
      32,
    ),
    number('limit', 'Limit', 'Maximum number of training samples; 0 uses all.', 1000),
  ],
  Learning: [
    choice('optimizer', 'Optimizer', 'How gradients update the weights.', {
      sgd: ['SGD', 'Straight down the gradient.'],
      momentum: ['Momentum', 'Down the gradient with a memory of 0.9 of the step before.'],
      rmsprop: ['RMSprop', "Each weight's step divided by the size of its recent gradients."],
      adam: ['Adam', "Momentum, and each weight's step divided by the size of its recent gradients."],
      adamw: ['AdamW', 'Adam with a weight decay that does not pass through the gradient.'],
    }),
    number('learningRate', 'Learning rate', 'Peak step size.', 0.0001),
    choice('schedule', 'Schedule', 'How the learning rate changes during the run.', {
      constant: ['Constant', 'The same from start to end.'],
      step: ['Step', 'A tenth of it after each third of the run.'],
      cosine: ['Cosine', 'Falls smoothly to nothing.'],
      'one-cycle': ['One cycle', 'Rises first, then falls smoothly to nothing.'],
    }),
    choice('loss', 'Loss', 'The loss that training minimizes.', {
      'cross-entropy': ['Cross-entropy', 'The usual one: how little probability the right class gets.'],
      focal: ['Focal', 'Cross-entropy that counts what is sure already less.'],
      'mean-squared-error': ['Mean squared error', 'The squared distance of the probabilities from 0 and 1.'],
    }),
    number(
      'labelSmoothing',
      'Label smoothing',
      'Share of the target spread over all classes, which keeps probabilities from becoming overconfident.',
      0.01,
    ),
    number('weightDecay', 'Weight decay', 'How strongly weights are pulled toward 0.', 0.0001),
  ],
  Data: [
    number(
      'validationSplit',
      'Validation share',
      'Share of the train split held out to choose the best weights.',
      0.05,
    ),
    choice('classBalancing', 'Class balancing', 'How rare classes are balanced.', {
      none: ['None', 'Classes count as often as they are there.'],
      weights: ['Weights', 'Samples of rare classes count more in the loss.'],
      sampling: ['Sampling', 'Samples of rare classes are drawn more often.'],
    }),
    number(
      'seed',
      'Seed',
      'Seed for the initial weights, the order of samples, the variations and the validation share.',
      1,
    ),
  ],
  Variation: [
    number(
      'augmentation.shift',
      'Shift',
      'Shifts samples by about this many pixels, for a picture 28 pixels wide.',
      0.1,
    ),
    number('augmentation.rotation', 'Rotation', 'Rotates samples by about this many degrees.', 1),
    number('augmentation.scale', 'Scale', 'Makes samples larger or smaller by about this fraction.', 0.01),
    number('augmentation.shear', 'Shear', 'Slants samples by about this fraction of their height.', 0.01),
    number(
      'augmentation.elastic',
      'Elastic',
      'Bends samples smoothly by about this many pixels, for a picture 28 pixels wide.',
      0.1,
    ),
    number('augmentation.erase', 'Erase', 'Share of samples in which a rectangle is erased.', 0.05),
    number(
      'augmentation.strokeWidth',
      'Stroke width',
      'Makes the pen wider or narrower by about this fraction; for ink only.',
      0.05,
    ),
  ],
  Ending: [
    number(
      'patience',
      'Patience',
      'Ends the run after this many epochs without a better validation loss; 0 turns this off.',
      1,
    ),
    number(
      'stopAtAccuracy',
      'Stop at accuracy',
      'Ends the run at this validation accuracy (training accuracy without validation); 0 turns this off.',
      0.01,
    ),
    number(
      'stopAfterMinutes',
      'Stop after minutes',
      'Ends the run after this many minutes; 0 turns this off.',
      1,
    ),
  ],
  Machine: [
    choice('backend', 'Backend', 'What computes.', {
      auto: ['Auto', 'The fastest that works here.'],
      'tensorflow-cuda': ['TensorFlow, CUDA', "TensorFlow's native library on an NVIDIA GPU."],
      'tensorflow-cpu': ['TensorFlow, CPU', "TensorFlow's native library on the processor."],
      webgpu: ['WebGPU', 'A GPU of any maker.'],
      wasm: ['WebAssembly', 'The processor, with nothing to install.'],
      kernels: ['Kernels', "The processor, with Scrawl's own kernels for the layers that they have."],
    }),
  ],
};

/** Every setting of a run, in the order of a form. */
export const RUN_SETTING_FIELDS: readonly SettingField[] = SETTING_GROUPS.flatMap((group) =>
  BY_GROUP[group].map((field) => ({ ...field, group })),
);

/** What the settings hold under a field's name. */
export function settingValue(settings: RunSettings, name: SettingName): string | number {
  const [group, part] = name.split('.');
  if (part !== undefined) return settings.augmentation[part as keyof AugmentationSettings];
  return settings[group as Exclude<keyof RunSettings, 'augmentation'>];
}

/** Settings with another value under a field's name; the value is not checked. */
export function withSetting(settings: object, name: SettingName, value: string | number): object {
  const [group = '', part] = name.split('.');
  if (part === undefined) return { ...settings, [group]: value };
  const inner = (settings as Record<string, object | undefined>)[group];
  return { ...settings, [group]: { ...inner, [part]: value } };
}
