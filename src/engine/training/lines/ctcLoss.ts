import * as tf from '@tensorflow/tfjs-core';
import { greedyClasses } from '../../recognition/greedy';
import { ctc, type CtcTarget } from './ctc';

/** What a batch's logits are worth. */
export interface Judged {
  /** Mean of a character over all lines whose label fits. */
  readonly loss: number;
  /** Of each line, Infinity where its label does not fit. */
  readonly losses: Float64Array;
  /** Lines that are read without an error, taking the best class of each frame. */
  readonly right: number;
  /** [lines, frames, classes]; the loss's gradient is `share` of it. */
  readonly gradient: Float32Array;
  readonly share: number;
}

/**
 * CTC's loss of a batch.
 *
 * @param logits [lines, frames, classes]; the last class is the blank
 */
export function judgeLogits(
  logits: Float32Array,
  targets: readonly CtcTarget[],
  frames: number,
  classes: number,
): Judged {
  const { losses, gradient } = ctc(logits, targets, frames, classes);
  const right = countRight(logits, targets, frames, classes);
  const share = 1 / Math.max(1, charactersOf(targets, losses));
  const sum = losses.reduce((total, each) => (each === Infinity ? total : total + each), 0);
  return { loss: sum * share, losses, right, gradient, share };
}

/** The loss of a batch with the lines' own losses beside it. */
export interface CtcLoss extends Pick<Judged, 'losses' | 'right'> {
  /** Mean of a character over all lines whose label fits. */
  readonly loss: tf.Scalar;
}

/**
 * CTC's loss as TensorFlow.js differentiates it: the gradient is computed with the loss, so that nothing has to be
 * differentiated through. It reads the logits where they are, which WebGPU cannot.
 *
 * @param logits [lines, frames, classes]; the last class is the blank
 */
export function ctcLoss(logits: tf.Tensor3D, targets: readonly CtcTarget[]): CtcLoss {
  let judged: Judged | undefined;
  const compute = tf.customGrad((x, save) => {
    const [, frames, classes] = logits.shape;
    const values = (x as tf.Tensor).dataSync<'float32'>();
    const { loss, gradient, share } = (judged = judgeLogits(values, targets, frames, classes));
    (save as tf.GradSaveFunc)([tf.tensor3d(gradient, logits.shape)]);
    return {
      value: tf.scalar(loss),
      gradFunc: (dy, saved) => tf.mul(saved[0] as tf.Tensor, tf.mul(dy, share)),
    };
  });
  const loss = compute(logits) as tf.Scalar;
  return { loss, losses: judged?.losses ?? new Float64Array(), right: judged?.right ?? 0 };
}

function countRight(
  logits: Float32Array,
  targets: readonly CtcTarget[],
  frames: number,
  classes: number,
): number {
  return targets.filter(({ frames: own, label }, line) => {
    const from = line * frames * classes;
    const logProbabilities = logits.subarray(from, from + own * classes);
    const read = greedyClasses({ frames: own, classes, logProbabilities });
    return read.length === label.length && read.every((each, place) => each === label[place]);
  }).length;
}

function charactersOf(targets: readonly CtcTarget[], losses: Float64Array): number {
  return targets.reduce(
    (sum, { label }, index) => (losses[index] === Infinity ? sum : sum + label.length),
    0,
  );
}
