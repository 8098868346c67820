/** What a preset is and where it comes from, in a sentence each. */
export interface PresetSource {
  readonly description: string;
  readonly source: string;
}

/** By the name of the preset. */
export const PRESET_SOURCES: Readonly<Record<string, PresetSource>> = {
  'cntk-strided': {
    description: 'Two convolutions of 5x5 that move two pixels at a time: small and quick.',
    source: 'CNTK tutorial 103 D, convolutional network with strides',
  },
  'cntk-maxpool': {
    description: 'Two convolutions of 5x5, each with a max pooling behind it.',
    source: 'CNTK tutorial 103 D, convolutional network with max pooling',
  },
  'dense-50-50': {
    description: 'Two dense layers of 50 units and no convolution: the simplest one, to compare with.',
    source: 'Keras on MNIST, feed-forward network with two hidden layers of 50 units',
  },
  'emnist-cnn': {
    description: 'Two convolutions, a max pooling and a dense layer, for letters and digits.',
    source: 'A convolutional network for EMNIST ByClass',
  },
  'chars-48': {
    description: 'Pictures of 48x48, two convolutions with pooling, a dense layer and dropout.',
    source: 'A convolutional network for Chars74K in 48x48 pixels',
  },
  'tf-tutorial': {
    description: 'Two convolutions with pooling and a dense layer of 1024 units: many weights.',
    source: "TensorFlow's tutorial on MNIST with layers and estimators",
  },
  'keras-mnist': {
    description: 'Two convolutions of 3x3, one pooling, and dropout: reads MNIST well after a few epochs.',
    source: "Keras' example mnist_cnn",
  },
  'lenet-5': {
    description: 'The classic: two convolutions with average pooling, then dense layers of 120 and 84.',
    source: 'LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition',
  },
  'scrawl-small': {
    description: 'The least that reads well: for machines without much power.',
    source: "Scrawl's own",
  },
  'scrawl-best': {
    description: 'Five convolutions and a dense layer, as the bundled model has them: the most accurate one.',
    source: "Scrawl's own",
  },
};
