import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { ctc, leastFrames, logSoftmax, type CtcTarget } from '../../../../src/engine/training/lines/ctc';
import { ctcLoss } from '../../../../src/engine/training/lines/ctcLoss';

/** A batch with TensorFlow's losses and gradient: what test/reference/ctc.py made. */
interface Case {
  readonly name: string;
  readonly classes: number;
  readonly frames: number;
  readonly lines: CtcTarget[];
  readonly logits: number[];
  /** null where the label does not fit. */
  readonly losses: (number | null)[];
  readonly gradient: number[];
}

const cases = JSON.parse(readFileSync(path.join('test', 'fixtures', 'ctc.json'), 'utf8')) as Case[];

describe('CTC', () => {
  for (const { name, classes, frames, lines, logits, losses, gradient } of cases) {
    it(`gives TensorFlow's losses and gradient: ${name}`, () => {
      const result = ctc(Float32Array.from(logits), lines, frames, classes);
      result.losses.forEach((loss, line) => {
        const expected = losses[line] ?? Infinity;
        if (expected === Infinity) assert.equal(loss, Infinity);
        else
          assert.ok(
            Math.abs(loss - expected) < 1e-4 * Math.max(1, expected),
            `line ${line}: ${loss}, not ${expected}`,
          );
      });
      result.gradient.forEach((value, place) => {
        const expected = gradient[place] ?? NaN;
        assert.ok(Math.abs(value - expected) < 2e-5, `place ${place}: ${value}, not ${expected}`);
      });
    });
  }

  it('has no gradient where a label does not fit and behind the end of a line', () => {
    const logits = Float32Array.from({ length: 2 * 4 * 3 }, (_, index) => Math.sin(index));
    const targets = [
      { frames: 1, label: [0, 1] },
      { frames: 2, label: [0] },
    ];
    const { gradient, losses } = ctc(logits, targets, 4, 3);
    assert.equal(losses[0], Infinity);
    assert.ok(gradient.subarray(0, 12).every((value) => value === 0));
    assert.ok(gradient.subarray(18).every((value) => value === 0));
    assert.ok(gradient.subarray(12, 18).some((value) => value !== 0));
  });

  it('has a gradient that sums to nothing in each frame', () => {
    const logits = Float32Array.from({ length: 20 * 5 }, (_, index) => 3 * Math.sin(7 * index));
    const { gradient } = ctc(logits, [{ frames: 20, label: [0, 0, 3, 2] }], 20, 5);
    for (let frame = 0; frame < 20; frame++) {
      const sum = gradient.subarray(frame * 5, frame * 5 + 5).reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum) < 1e-6);
    }
  });

  it('stays finite on a line of a thousand frames', () => {
    const frames = 1000;
    const logits = Float32Array.from({ length: frames * 95 }, (_, index) => 30 * Math.sin(index * index));
    const label = Array.from({ length: 200 }, (_, index) => (index * 31) % 94);
    const { losses, gradient } = ctc(logits, [{ frames, label }], frames, 95);
    assert.ok(Number.isFinite(losses[0]));
    assert.ok(gradient.every((value) => Math.abs(value) <= 1.000001));
  });

  it('counts a frame between two of the same', () => {
    assert.equal(leastFrames([]), 0);
    assert.equal(leastFrames([1, 2, 1]), 3);
    assert.equal(leastFrames([1, 1, 1, 2, 2]), 8);
  });

  it('gives logarithms of probabilities', () => {
    const logs = logSoftmax(Float32Array.of(1000, 1000, -1000, 0, 0, 0), 2, 3);
    assert.ok(Math.abs((logs[0] ?? NaN) + Math.LN2) < 1e-6);
    assert.ok(Math.abs((logs[3] ?? NaN) + Math.log(3)) < 1e-6);
  });

  it('is differentiated by TensorFlow.js as a mean over the characters of labels that fit', async () => {
    await startWasm();
    await tf.setBackend('wasm');
    const { classes, frames, lines, logits, losses, gradient } = named('labels that do not fit');
    const x = tf.tensor3d(logits, [lines.length, frames, classes]);
    // a weight on the logits shows that the gradient goes on through what is before
    const weight = tf.scalar(1);
    const compute = (scale: tf.Tensor) => ctcLoss(tf.mul<tf.Tensor3D>(x, scale), lines).loss;
    const { value, grad } = tf.valueAndGrad(compute)(weight);
    const fitting = lines.filter((_, line) => losses[line] !== null);
    const characters = fitting.reduce((sum, { label }) => sum + label.length, 0);
    const sum = losses.reduce((total: number, loss) => total + (loss ?? 0), 0);
    const slope = gradient.reduce((total, each, place) => total + each * (logits[place] ?? 0), 0);
    assert.ok(Math.abs(((await value.data())[0] ?? NaN) - sum / characters) < 1e-4);
    assert.ok(Math.abs(((await grad.data())[0] ?? NaN) - slope / characters) < 1e-3);
    tf.dispose([x, weight, value, grad]);
  });
});

function named(name: string): Case {
  const found = cases.find((each) => each.name === name);
  assert.ok(found);
  return found;
}
