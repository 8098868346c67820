import type { Arena } from './arena';

/** The fields of the classes in `assembly`, in their order; each takes four bytes. */
export const LAYOUTS = {
  Control: [
    'go',
    'stop',
    'waiting',
    'meetings',
    'threads',
    'programs',
    'size',
    'seed',
    'optimizer',
    'rate',
    'firstCorrection',
    'secondCorrection',
    'keep',
    'training',
  ],
  View: ['base', 'sample', 'row', 'whole'],
  Parameter: ['values', 'first', 'second', 'count', 'decay', 'shrinks', 'gradients', 'apart'],
  Product: [
    'x',
    'y',
    'places',
    'outputs',
    'slopes',
    'pixels',
    'runs',
    'length',
    'step',
    'outs',
    'weights',
    'stride',
    'packed',
    'bias',
    'floor',
    'edge',
    'dy',
    'dx',
    'gradient',
    'biasGradient',
    'byPlace',
    'placeEnds',
    'byOutput',
    'outputCounts',
    'capacity',
    'taps',
    'atOnce',
    'parameter',
    'adds',
    'channels',
  ],
  Elements: ['x', 'y', 'dy', 'rows', 'width', 'kind', 'amount', 'salt'],
  Pooling: [
    'x',
    'y',
    'dx',
    'dy',
    'chosen',
    'height',
    'width',
    'channels',
    'outHeight',
    'outWidth',
    'windowHeight',
    'windowWidth',
    'strideDown',
    'strideAcross',
    'top',
    'left',
    'mean',
    'rectified',
  ],
  Normalization: [
    'x',
    'y',
    'dy',
    'dx',
    'rows',
    'columns',
    'channels',
    'epsilon',
    'momentum',
    'gamma',
    'beta',
    'movingMean',
    'movingVariance',
    'sums',
    'apart',
    'mean',
    'inverse',
    'gammaGradient',
    'betaGradient',
  ],
  Depthwise: [
    'x',
    'y',
    'dx',
    'dy',
    'channels',
    'outHeight',
    'outWidth',
    'windowHeight',
    'windowWidth',
    'strideDown',
    'strideAcross',
    'kernel',
    'bias',
    'kernelGradient',
    'biasGradient',
  ],
  Prelu: ['x', 'y', 'dx', 'dy', 'rows', 'width', 'slopes', 'slopesGradient'],
  Addition: ['x', 'other', 'y', 'dy', 'dOther', 'whole', 'rows', 'width', 'bytes'],
  Frame: ['x', 'whole', 'inside', 'dx', 'dy', 'rows', 'width', 'bytes'],
  LayerNormalization: [
    'x',
    'y',
    'dx',
    'dy',
    'rows',
    'columns',
    'channels',
    'lanes',
    'epsilon',
    'gamma',
    'beta',
    'gammaGradient',
    'betaGradient',
  ],
  Loss: ['z', 'dz', 'allowed', 'weights', 'classes', 'kind', 'smoothing', 'result', 'slopes'],
} as const;

type Layouts = typeof LAYOUTS;

/** Those that are no whole numbers. */
const FRACTIONS = new Set<string>([
  'rate',
  'firstCorrection',
  'secondCorrection',
  'keep',
  'decay',
  'floor',
  'amount',
  'epsilon',
  'momentum',
  'smoothing',
]);

/** What a class of `assembly` holds. */
export type Fields<N extends keyof Layouts> = Readonly<Record<Layouts[N][number], number>>;

/** Places an instance of a class in the memory. */
export function placed<N extends keyof Layouts>(arena: Arena, name: N, fields: Fields<N>): number {
  const names: readonly string[] = LAYOUTS[name];
  const words = new Int32Array(names.length);
  names.forEach((field, index) => {
    const value = (fields as Readonly<Record<string, number>>)[field] ?? 0;
    if (FRACTIONS.has(field)) new Float32Array(words.buffer)[index] = value;
    else words[index] = value;
  });
  return arena.place(words);
}

/** Writes some fields of an instance. */
export function write<N extends keyof Layouts>(
  memory: Int32Array,
  at: number,
  name: N,
  fields: Partial<Fields<N>>,
): void {
  const fractions = new Float32Array(memory.buffer);
  const names: readonly string[] = LAYOUTS[name];
  for (const [field, value] of Object.entries(fields)) {
    const place = at / 4 + names.indexOf(field);
    if (FRACTIONS.has(field)) fractions[place] = value as number;
    else memory[place] = value as number;
  }
}

/** The words of a program. */
export const END = 0;
export const BARRIER = 1;
export const GROUP = 2;
export const ALONE = 3;

/** What is done with a chunk of samples. */
export const PERFORM = {
  forward: 0,
  backward: 1,
  activate: 2,
  activateBack: 3,
  drop: 4,
  dropBack: 5,
  pool: 6,
  poolBack: 7,
  judge: 8,
  sumInputs: 9,
  sumSquares: 10,
  normalize: 11,
  sumGradients: 12,
  normalizeBack: 13,
  depthwise: 14,
  depthwiseBack: 15,
  prelu: 16,
  preluBack: 17,
  frame: 18,
  frameBack: 19,
  normalizeLayer: 20,
  normalizeLayerBack: 21,
  add: 22,
  addBack: 23,
  forwardByLists: 24,
  backwardByLists: 25,
} as const;
export type Performed = keyof typeof PERFORM;

/** What each thread does once. */
export const ONCE = {
  shrink: 0,
  pack: 1,
  learn: 2,
  reduce: 3,
  clearSums: 4,
  findMean: 5,
  findVariance: 6,
  takeMoving: 7,
  giveParameters: 8,
  clear: 9,
  addUp: 10,
} as const;
export type DoneOnce = keyof typeof ONCE;

/** The functions that a layer may end with, as the kernels number them. */
export const FUNCTIONS = {
  relu: 0,
  relu6: 1,
  elu: 2,
  selu: 3,
  sigmoid: 4,
  tanh: 5,
  softplus: 6,
  leakyRelu: 7,
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

export const LOSS_KINDS = { 'cross-entropy': 0, focal: 1, 'mean-squared-error': 2 } as const;
export const OPTIMIZER_KINDS = { sgd: 0, momentum: 1, rmsprop: 2, adam: 3, adamw: 3 } as const;
