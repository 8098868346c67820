import * as tf from '@tensorflow/tfjs-core';
import type { Loss } from '../../runs/runSettings';

/** Keeps the logarithm finite. */
const EPSILON = 1e-7;

/**
 * The loss of each sample. Targets may leave the class open: the probability of a sample is then that of all classes
 * that its row allows. A row that allows none is of no class: only the smoothing counts, which wants all alike.
 *
 * @param allowed [batch, classes], 1 where the sample may be of the class, 0 elsewhere
 * @param probabilities [batch, classes], rows that sum to 1
 * @param labelSmoothing share of the target that is spread over all classes, 0 to 1 (Szegedy et al. 2016)
 * @returns [batch]
 */
export function sampleLosses(
  loss: Loss,
  allowed: tf.Tensor2D,
  probabilities: tf.Tensor2D,
  labelSmoothing = 0,
): tf.Tensor1D {
  return tf.tidy(() => {
    if (loss === 'mean-squared-error') return squaredErrors(allowed, probabilities, labelSmoothing);
    const truth = tf.sum(tf.mul(allowed, probabilities), 1);
    const entropy = tf.neg(tf.log(tf.add(truth, EPSILON)));
    // Lin et al. 2017 found the square to be the best power
    const certain = loss === 'focal' ? tf.mul(entropy, tf.square(tf.sub(1, truth))) : entropy;
    const plain = tf.mul(certain, tf.max(allowed, 1));
    if (labelSmoothing === 0) return plain as tf.Tensor1D;
    const uniform = tf.neg(tf.mean(tf.log(tf.add(probabilities, EPSILON)), 1));
    return tf.add<tf.Tensor1D>(tf.mul(plain, 1 - labelSmoothing), tf.mul(uniform, labelSmoothing));
  });
}

/** The squared distance of the probabilities from the target, summed over the classes (Brier 1950). */
function squaredErrors(
  allowed: tf.Tensor2D,
  probabilities: tf.Tensor2D,
  labelSmoothing: number,
): tf.Tensor1D {
  const target = tf.div(allowed, tf.sum(allowed, 1, true));
  const smooth = tf.add(tf.mul(target, 1 - labelSmoothing), labelSmoothing / allowed.shape[1]);
  return tf.sum(tf.square(tf.sub(smooth, probabilities)), 1);
}
