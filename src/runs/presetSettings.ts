import {
  AUGMENTATIONS,
  runSettingsSchema,
  USUAL_LEARNING_RATE,
  type AugmentationSettings,
  type RunSettings,
} from './runSettings';

/** Some of a run's settings; the others have their defaults. */
export type ChosenSettings = Partial<Omit<RunSettings, 'augmentation'>> & {
  readonly augmentation?: Partial<AugmentationSettings> | undefined;
};

/** What each preset learns best with: what its source used, or what was found to reach the source's accuracy. */
export const PRESET_SETTINGS: Readonly<Record<string, ChosenSettings>> = {
  // CNTK tutorial 103D
  'cntk-strided': { optimizer: 'sgd', learningRate: 0.2, batchSize: 64 },
  'cntk-maxpool': { optimizer: 'sgd', learningRate: 0.2, batchSize: 64 },
  'dense-50-50': { epochs: 20, learningRate: 0.003 },
  'emnist-cnn': { augmentation: AUGMENTATIONS.gentle },
  // Chars74K has few samples of each class
  'chars-48': { epochs: 60, augmentation: AUGMENTATIONS.gentle },
  // TensorFlow's MNIST tutorial of the estimators takes 20,000 steps of 100 samples; these are as many, of 32
  'tf-tutorial': { epochs: 11, optimizer: 'sgd', learningRate: 0.001, batchSize: 32, schedule: 'constant' },
  'keras-mnist': { epochs: 4, learningRate: 0.002 },
  'lenet-5': { epochs: 20, learningRate: 0.002, augmentation: AUGMENTATIONS.gentle },
  'scrawl-best': { augmentation: AUGMENTATIONS.gentle },
  'scrawl-line': {
    epochs: 30,
    batchSize: 32,
    optimizer: 'adamw',
    learningRate: 0.0015,
    weightDecay: 0.02,
    augmentation: AUGMENTATIONS.gentle,
  },
};

/**
 * All settings of a run on a network: those that were chosen, else what suits the network, else the defaults.
 *
 * @param network its name
 * @throws ZodError where a chosen one is out of its range
 */
export function settingsFor(network: string, chosen: ChosenSettings): RunSettings {
  const preset = (Object.hasOwn(PRESET_SETTINGS, network) ? PRESET_SETTINGS[network] : undefined) ?? {};
  const optimizer = chosen.optimizer ?? preset.optimizer ?? 'adam';
  // the rate that suits another optimizer says nothing about this one
  const learningRate =
    optimizer === (preset.optimizer ?? 'adam') ? preset.learningRate : USUAL_LEARNING_RATE[optimizer];
  return runSettingsSchema.parse({
    ...preset,
    learningRate: learningRate ?? USUAL_LEARNING_RATE[optimizer],
    ...chosen,
    augmentation: { ...preset.augmentation, ...chosen.augmentation },
  });
}
