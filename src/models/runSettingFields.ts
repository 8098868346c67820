import {
  BACKEND_CHOICES,
  CLASS_BALANCING,
  LOSSES,
  OPTIMIZERS,
  SCHEDULES,
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

/** One line a choice: its label and what it means. */
function choices<T extends string>(
  values: readonly T[],
  words: Readonly<Record<T, readonly [label: string, description: string]>>,
): Choice[] {
  return values.map((value) => ({ value, label: words[value][0], description: words[value][1] }));
}

/** Every setting of a run, in the order of a form. */
export const RUN_SETTING_FIELDS: readonly SettingField[] = [
  {
    name: 'epochs',
    label: 'Epochs',
    description: 'How often each sample is learnt from.',
    group: 'Length',
    kind: 'integer',
    min: 1,
    max: 10_000,
    step: 1,
  },
  {
    name: 'batchSize',
    label: 'Batch size',
    description: 'Samples in a step: more are steadier and faster, fewer often generalise better.',
    group: 'Length',
    kind: 'integer',
    min: 1,
    max: 4096,
    step: 32,
  },
  {
    name: 'limit',
    label: 'Limit',
    description: 'Most samples to learn from; 0 is all.',
    group: 'Length',
    kind: 'integer',
    min: 0,
    max: 1_000_000_000,
    step: 1000,
  },
  {
    name: 'optimizer',
    label: 'Optimiser',
    description: 'How the weights follow the gradient.',
    group: 'Learning',
    kind: 'choice',
    choices: choices(OPTIMIZERS, {
      sgd: ['SGD', 'Straight down the gradient.'],
      momentum: ['Momentum', 'Down the gradient with a memory of 0.9 of the step before.'],
      rmsprop: ['RMSprop', "Each weight's step divided by the size of its recent gradients."],
      adam: ['Adam', "Momentum, and each weight's step divided by the size of its recent gradients."],
      adamw: ['AdamW', 'Adam with a weight decay that does not pass through the gradient.'],
    }),
  },
  {
    name: 'learningRate',
    label: 'Learning rate',
    description: 'How far a step goes, at its highest.',
    group: 'Learning',
    kind: 'number',
    min: 0.000_001,
    max: 100,
    step: 0.0001,
  },
  {
    name: 'schedule',
    label: 'Schedule',
    description: 'How the learning rate changes during the run.',
    group: 'Learning',
    kind: 'choice',
    choices: choices(SCHEDULES, {
      constant: ['Constant', 'The same from start to end.'],
      step: ['Step', 'A tenth of it after each third of the run.'],
      cosine: ['Cosine', 'Falls smoothly to nothing.'],
      'one-cycle': ['One cycle', 'Rises first, then falls smoothly to nothing.'],
    }),
  },
  {
    name: 'loss',
    label: 'Loss',
    description: 'What is made as small as possible.',
    group: 'Learning',
    kind: 'choice',
    choices: choices(LOSSES, {
      'cross-entropy': ['Cross-entropy', 'The usual one: how little probability the right class gets.'],
      focal: ['Focal', 'Cross-entropy that counts what is sure already less.'],
      'mean-squared-error': ['Mean squared error', 'The squared distance of the probabilities from 0 and 1.'],
    }),
  },
  {
    name: 'labelSmoothing',
    label: 'Label smoothing',
    description:
      'Share of the target that is spread over all classes, against probabilities that are too sure.',
    group: 'Learning',
    kind: 'number',
    min: 0,
    max: 0.5,
    step: 0.01,
  },
  {
    name: 'weightDecay',
    label: 'Weight decay',
    description: 'How strongly weights are drawn towards 0.',
    group: 'Learning',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.0001,
  },
  {
    name: 'validationSplit',
    label: 'Validation share',
    description: 'Share of the train split that is held out to choose the best weights by.',
    group: 'Data',
    kind: 'number',
    min: 0,
    max: 0.9,
    step: 0.05,
  },
  {
    name: 'classBalancing',
    label: 'Class balancing',
    description: 'How rare classes are helped.',
    group: 'Data',
    kind: 'choice',
    choices: choices(CLASS_BALANCING, {
      none: ['None', 'Classes count as often as they are there.'],
      weights: ['Weights', 'Samples of rare classes count more in the loss.'],
      sampling: ['Sampling', 'Samples of rare classes are drawn more often.'],
    }),
  },
  {
    name: 'seed',
    label: 'Seed',
    description: 'Of the first weights, the order, the variations and the validation share.',
    group: 'Data',
    kind: 'integer',
    min: 0,
    max: 2 ** 31,
    step: 1,
  },
  {
    name: 'augmentation.shift',
    label: 'Shift',
    description: 'Moves samples by about as many pixels of a picture 28 wide.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 10,
    step: 0.1,
  },
  {
    name: 'augmentation.rotation',
    label: 'Rotation',
    description: 'Turns samples by about as many degrees.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 90,
    step: 1,
  },
  {
    name: 'augmentation.scale',
    label: 'Scale',
    description: 'Makes samples larger or smaller by about this fraction.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.01,
  },
  {
    name: 'augmentation.shear',
    label: 'Shear',
    description: 'Leans samples by about this fraction of their height.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.01,
  },
  {
    name: 'augmentation.elastic',
    label: 'Elastic',
    description: 'Bends samples smoothly by about as many pixels of a picture 28 wide.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 5,
    step: 0.1,
  },
  {
    name: 'augmentation.erase',
    label: 'Erase',
    description: 'Share of samples that lose a rectangle.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    name: 'augmentation.strokeWidth',
    label: 'Stroke width',
    description: 'Makes the pen wider or narrower by about this fraction; of ink alone.',
    group: 'Variation',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    name: 'patience',
    label: 'Patience',
    description: 'Epochs without a better validation loss after which the run ends; 0 never ends it.',
    group: 'Ending',
    kind: 'integer',
    min: 0,
    max: 10_000,
    step: 1,
  },
  {
    name: 'stopAtAccuracy',
    label: 'Stop at accuracy',
    description:
      'Validation accuracy at which the run ends, or training accuracy without validation; 0 never ends it.',
    group: 'Ending',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.01,
  },
  {
    name: 'stopAfterMinutes',
    label: 'Stop after minutes',
    description: 'Minutes of training after which the run ends; 0 never ends it.',
    group: 'Ending',
    kind: 'number',
    min: 0,
    max: 100_000,
    step: 1,
  },
  {
    name: 'backend',
    label: 'Backend',
    description: 'What computes.',
    group: 'Machine',
    kind: 'choice',
    choices: choices(BACKEND_CHOICES, {
      auto: ['Auto', 'The fastest that works here.'],
      'tensorflow-cuda': ['TensorFlow, CUDA', "TensorFlow's native library on an NVIDIA GPU."],
      'tensorflow-cpu': ['TensorFlow, CPU', "TensorFlow's native library on the processor."],
      webgpu: ['WebGPU', 'A GPU of any maker.'],
      wasm: ['WebAssembly', 'The processor, with nothing to install.'],
    }),
  },
];

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
