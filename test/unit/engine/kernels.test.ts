import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { differenceToCpu, randomNumbers } from './tensors';

/** Single precision, sums in another order. */
const TOLERANCE = 2e-5;

const IMAGES: [number, number, number, number][] = [
  [2, 9, 9, 3],
  [3, 8, 7, 1],
  [2, 12, 10, 5],
];

describe('wasm kernels for training, against the cpu backend', () => {
  for (const shape of IMAGES) {
    for (const kernel of [1, 2, 3, 5]) {
      for (const stride of [1, 2, 3]) {
        for (const pad of ['same', 'valid'] as const) {
          it(`conv2d of ${shape.join('x')}, kernel ${String(kernel)}, stride ${String(stride)}, ${pad}`, async () => {
            const x = randomNumbers(tf.util.sizeFromShape(shape), 1);
            const filter = randomNumbers(kernel * kernel * shape[3] * 4, 2);
            const difference = await differenceToCpu(() => {
              const convolve = (a: tf.Tensor, b: tf.Tensor) =>
                tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
              const inputs = [tf.tensor(x, shape), tf.tensor(filter, [kernel, kernel, shape[3], 4])];
              const y = convolve(inputs[0] as tf.Tensor, inputs[1] as tf.Tensor);
              const dy = tf.tensor(randomNumbers(y.size, 3), y.shape);
              return [y, ...tf.grads(convolve)(inputs, dy)];
            });
            assert.ok(difference < TOLERANCE, `relative difference ${String(difference)}`);
          });
        }
      }
    }
  }

  for (const sign of ['of either sign', 'all negative', 'with ties at zero'] as const) {
    for (const [size, stride] of [
      [2, 2],
      [3, 2],
      [2, 1],
      [3, 3],
    ] as const) {
      for (const pad of ['same', 'valid'] as const) {
        it(`max pooling ${String(size)} by ${String(stride)}, ${pad}, values ${sign}`, async () => {
          const x = randomNumbers(2 * 9 * 7 * 5, 4).map((value) =>
            sign === 'all negative'
              ? -Math.abs(value) - 0.1
              : sign === 'with ties at zero'
                ? Math.max(0, value)
                : value,
          );
          const difference = await differenceToCpu(() => {
            const pool = (a: tf.Tensor) => tf.maxPool(a as tf.Tensor4D, size, stride, pad);
            const input = tf.tensor(x, [2, 9, 7, 5]);
            const y = pool(input);
            return [y, tf.grad(pool)(input, tf.tensor(randomNumbers(y.size, 5), y.shape))];
          });
          assert.ok(difference < TOLERANCE, `relative difference ${String(difference)}`);
        });
      }
    }
  }

  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      it(`matrix product, transposed ${String(transposeA)} and ${String(transposeB)}`, async () => {
        const difference = await differenceToCpu(() => {
          const a = tf.tensor(randomNumbers(3 * 7 * 11, 6), transposeA ? [3, 11, 7] : [3, 7, 11]);
          const b = tf.tensor(randomNumbers(3 * 11 * 13, 7), transposeB ? [3, 13, 11] : [3, 11, 13]);
          const multiply = (p: tf.Tensor, q: tf.Tensor) => tf.matMul(p, q, transposeA, transposeB);
          const dy = tf.tensor(randomNumbers(3 * 7 * 13, 8), [3, 7, 13]);
          return [multiply(a, b), ...tf.grads(multiply)([a, b], dy)];
        });
        assert.ok(difference < TOLERANCE, `relative difference ${String(difference)}`);
      });
    }
  }

  it('sums over leading axes, large enough for the fast way', async () => {
    const x = randomNumbers(64 * 10 * 12, 9);
    const difference = await differenceToCpu(() => {
      const input = tf.tensor(x, [64, 10, 12]);
      return [
        tf.sum(input, 0),
        tf.sum(input, [0, 1]),
        tf.sum(input, [0, 1], true),
        tf.sum(input, 2),
        tf.sum(input),
      ];
    });
    assert.ok(difference < TOLERANCE, `relative difference ${String(difference)}`);
  });

  it('the gradient of a gather that meets an index twice', async () => {
    const difference = await differenceToCpu(() => {
      const input = tf.tensor(randomNumbers(40, 10), [4, 10]);
      const gather = (a: tf.Tensor) => tf.gather(a, tf.tensor1d([0, 2, 2], 'int32'));
      return [tf.grad(gather)(input, tf.tensor(randomNumbers(30, 11), [3, 10]))];
    });
    assert.ok(difference < TOLERANCE, `relative difference ${String(difference)}`);
  });

  it('keeps no tensor and no memory of its own', async () => {
    await differenceToCpu(() => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const x = tf.tensor(randomNumbers(2 * 9 * 9 * 3, 1), [2, 9, 9, 3]);
        const filter = tf.tensor(randomNumbers(108, 2), [3, 3, 3, 4]);
        tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same'))([
          x,
          filter,
        ]);
      });
      assert.equal(tf.memory().numTensors, before);
      return [tf.scalar(0)];
    });
    const ids = () => (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
    const kept = ids();
    tf.tidy(() => {
      const x = tf.tensor(randomNumbers(2 * 9 * 9 * 3, 1), [2, 9, 9, 3]);
      const filter = tf.tensor(randomNumbers(108, 2), [3, 3, 3, 4]);
      tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same'))([
        x,
        filter,
      ]);
    });
    assert.equal(ids(), kept);
  });
});
