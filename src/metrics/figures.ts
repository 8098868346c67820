import { calibration, type Calibration } from './calibration';
import { confusionMatrix, type ConfusionMatrix } from './confusion';
import { wilsonInterval, type Interval } from './interval';
import { confidenceOf, predictedOf, TOP, type Judgment } from './judgment';
import { classScores, macroAverage, weightedAverage, type ClassScores, type Scores } from './scores';

/** Keeps the loss of a class that the model rules out finite. */
const LEAST_PROBABILITY = 1e-7;

/** How good a model is on labeled samples; shares are 0 to 1. */
export interface Figures {
  readonly samples: number;
  /** Samples of classes that the model or the alphabet does not have. */
  readonly leftOut: number;
  readonly accuracy: number;
  /** 95% interval of the accuracy. */
  readonly interval: Interval;
  /** Share of samples whose true class is among the three most likely. */
  readonly top3: number;
  /** Mean negative logarithm of the true class's probability, nats. */
  readonly loss: number;
  readonly macro: Scores;
  readonly weighted: Scores;
  readonly classes: readonly string[];
  readonly perClass: readonly ClassScores[];
  readonly confusion: ConfusionMatrix;
  readonly calibration: Calibration;
}

export function figuresOf(judgment: Judgment): Figures {
  const { classes, leftOut, truth, truthRank, truthProbability } = judgment;
  const samples = truth.length;
  const confusion = confusionMatrix(truth, predictedOf(judgment), classes.length);
  const correct = Uint8Array.from(truthRank, (rank) => (rank === 0 ? 1 : 0));
  const right = correct.reduce((sum, each) => sum + each, 0);
  const perClass = classScores(confusion);
  const loss = truthProbability.reduce((sum, p) => sum - Math.log(Math.max(LEAST_PROBABILITY, p)), 0);
  return {
    samples,
    leftOut,
    accuracy: right / Math.max(1, samples),
    interval: wilsonInterval(right, samples),
    top3: truthRank.reduce((sum, rank) => sum + (rank < TOP ? 1 : 0), 0) / Math.max(1, samples),
    loss: loss / Math.max(1, samples),
    macro: macroAverage(perClass),
    weighted: weightedAverage(perClass),
    classes,
    perClass,
    confusion,
    calibration: calibration(confidenceOf(judgment), correct),
  };
}
