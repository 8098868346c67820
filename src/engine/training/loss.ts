import * as tf from '@tensorflow/tfjs-core';

/** Keeps the logarithm finite. */
const EPSILON = 1e-7;

/**
 * Mean cross entropy of targets that may leave the class open: -log of the probability of all classes that a sample's
 * row allows. With one class allowed it is the usual categorical cross entropy.
 *
 * @param allowed [batch, classes], 1 where the sample may be of the class, 0 elsewhere
 * @param probabilities [batch, classes], rows that sum to 1
 * @param labelSmoothing share of the target that is spread over all classes, 0 to 1 (Szegedy et al. 2016)
 */
export function crossEntropy(
  allowed: tf.Tensor2D,
  probabilities: tf.Tensor2D,
  labelSmoothing = 0,
): tf.Scalar {
  return tf.tidy(() => {
    const truth = tf.sum(tf.mul(allowed, probabilities), 1);
    const loss = tf.neg(tf.mean(tf.log(tf.add(truth, EPSILON))));
    if (labelSmoothing === 0) return loss as tf.Scalar;
    const uniform = tf.neg(tf.mean(tf.log(tf.add(probabilities, EPSILON))));
    return tf.add(tf.mul(loss, 1 - labelSmoothing), tf.mul(uniform, labelSmoothing));
  });
}
