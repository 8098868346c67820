import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { confidentLearning } from '../../../src/metrics/confidentLearning';
import { figuresOf, type Figures } from '../../../src/metrics/figures';
import { judgeSplit } from '../../../src/metrics/judgeSplit';
import { mcNemar } from '../../../src/metrics/mcNemar';
import { membership } from '../../../src/base/alphabet';
import { readEvaluation } from '../../../src/evaluations/evaluationFile';

// Made by test/reference/metrics.py: its first lines say how.
const FOLDER = path.join('test', 'fixtures', 'evaluation');

interface ReferenceFigures extends Pick<
  Figures,
  'accuracy' | 'interval' | 'top3' | 'loss' | 'macro' | 'weighted' | 'confusion'
> {
  calibrationError: number;
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  classes?: string[];
}

interface Reference {
  all: ReferenceFigures;
  alphanumeric: ReferenceFigures;
  merged: ReferenceFigures;
  confidentLearning: { thresholds: number[]; joint: number[][]; issues: number[]; margins: number[] };
  mcNemar: { onlyFirst: number; onlySecond: number; p: number }[];
}

const near = (actual: number | undefined, expected: number, what: string, tolerance = 1e-6) =>
  assert.ok(
    Math.abs((actual ?? NaN) - expected) <= tolerance,
    `${what}: ${String(actual)}, not ${String(expected)}`,
  );

describe("2,000 predictions of the bundled model, by scikit-learn's figures", () => {
  const reference = JSON.parse(readFileSync(path.join(FOLDER, 'reference.json'), 'utf8')) as Reference;
  const evaluation = readEvaluation(gunzipSync(readFileSync(path.join(FOLDER, 'predictions.gz'))));
  const judged = (alphabet: string, merged: boolean) =>
    judgeSplit(evaluation, new Map(), { allowed: membership(alphabet, evaluation.header.outputs), merged });

  for (const [name, alphabet, merged] of [
    ['all', 'all', false],
    ['alphanumeric', 'alphanumeric', false],
    ['merged', 'alphanumeric', true],
  ] as const) {
    const expected = reference[name];

    it(`agrees on accuracy and its interval, top-3, loss and calibration: ${name}`, () => {
      const figures = figuresOf(judged(alphabet, merged));
      near(figures.accuracy, expected.accuracy, 'accuracy', 1e-12);
      near(figures.interval.low, expected.interval.low, 'low', 1e-9);
      near(figures.interval.high, expected.interval.high, 'high', 1e-9);
      near(figures.top3, expected.top3, 'top-3', 1e-12);
      near(figures.loss, expected.loss, 'loss');
      near(figures.calibration.error, expected.calibrationError, 'calibration error');
      assert.equal(figures.leftOut, 0);
    });

    it(`agrees on precision, recall and F1, averaged and of each class: ${name}`, () => {
      const { macro, weighted, perClass } = figuresOf(judged(alphabet, merged));
      for (const score of ['precision', 'recall', 'f1'] as const) {
        near(macro[score], expected.macro[score], `macro ${score}`, 1e-12);
        near(weighted[score], expected.weighted[score], `weighted ${score}`, 1e-12);
        perClass.forEach((each, index) => {
          near(each[score], expected[score][index] ?? NaN, `${score} of ${String(index)}`, 1e-12);
        });
      }
      assert.deepEqual(
        perClass.map(({ support }) => support),
        expected.support,
      );
    });

    it(`agrees on the confusion matrix: ${name}`, () => {
      const { confusion, classes } = figuresOf(judged(alphabet, merged));
      assert.deepEqual(confusion, expected.confusion);
      if (expected.classes) assert.deepEqual(classes, expected.classes);
    });
  }

  it('agrees with cleanlab on thresholds, confident joint and the rank of suspicious labels', () => {
    const judgment = judged('alphanumeric', true);
    const { thresholds, joint, issues } = confidentLearning(judgment);
    const expected = reference.confidentLearning;
    expected.thresholds.forEach((each, index) => {
      near(thresholds[index], each, `threshold ${String(index)}`, 1e-5);
    });
    assert.deepEqual(joint, expected.joint);
    assert.deepEqual(
      issues.map(({ row }) => row),
      expected.issues,
    );
    issues.forEach(({ margin }, index) => {
      near(margin, expected.margins[index] ?? NaN, 'margin', 1e-5);
    });
  });

  it("agrees with statsmodels on McNemar's test, exact and by chi-square", () => {
    for (const { onlyFirst, onlySecond, p } of reference.mcNemar) {
      const test = mcNemar(onlyFirst, onlySecond);
      assert.ok(
        Math.abs(test.p - p) <= 1e-6 * p + 1e-15,
        `${String(onlyFirst)}, ${String(onlySecond)}: ${String(test.p)}, not ${String(p)}`,
      );
      assert.equal(test.method, onlyFirst + onlySecond < 25 ? 'exact binomial' : 'chi-square');
    }
  });
});
