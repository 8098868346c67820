import type { Dataset, Samples } from '../../datasets/samples';
import { sampleCount } from '../../datasets/samples';
import { confusionMatrix, macroF1 } from '../../metrics/confusion';
import { membership } from '../../models/alphabet';
import { ModelError } from '../../models/errors';
import type { LoadedModel } from '../models/loadedModel';
import { picturesOf, sizeOf } from '../../datasets/pictures';

/** Pictures that are computed at once. */
const BATCH = 256;
/** Keeps the loss of a class that the model rules out finite. */
const LEAST_PROBABILITY = 1e-7;

/** Scores of a model on samples; accuracy, top3 and macroF1 are fractions, loss is in nats. */
export interface Evaluation {
  readonly accuracy: number;
  readonly top3: number;
  readonly loss: number;
  readonly macroF1: number;
  /** Samples that the scores are of. */
  readonly samples: number;
  /** Samples left out because the alphabet or the model has no character of their class. */
  readonly leftOut: number;
  /** What rows and columns of the confusion matrix stand for. */
  readonly classes: readonly string[];
  /** Rows are true classes, columns are predictions. */
  readonly confusion: readonly (readonly number[])[];
  readonly milliseconds: number;
}

/** Classes that are judged as one, and the model's outputs that stand for it. */
interface Answer {
  readonly name: string;
  readonly outputs: readonly number[];
}

/**
 * Measures a model on labelled samples. Classes outside the alphabet are never given, and samples of such classes are
 * left out. Where the dataset merges characters into one class, so does the judgement.
 *
 * @param signal ends the work with its reason when aborted
 * @throws ModelError where no sample is of a class that the model can give
 */
export async function evaluate(
  model: LoadedModel,
  dataset: Dataset,
  samples: Samples,
  alphabet: string,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Evaluation> {
  const started = performance.now();
  const answers = answersOf(model.card.classes, dataset, alphabet);
  const judged = Array.from(samples.labels.keys()).filter(
    (sample) => (answers[samples.labels[sample] ?? 0]?.outputs.length ?? 0) > 0,
  );
  if (judged.length === 0) {
    throw new ModelError(
      `No sample of ${dataset.id} is of a class that the model can give: choose another alphabet.`,
    );
  }
  const { height, width } = sizeOf(samples);
  const truth = new Uint16Array(judged.length);
  const predicted = new Uint16Array(judged.length);
  let loss = 0;
  let amongThree = 0;
  for (let from = 0; from < judged.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = judged.slice(from, from + BATCH);
    const probabilities = await model.probabilities({
      pixels: picturesOf(samples, batch),
      count: batch.length,
      height,
      width,
    });
    batch.forEach((sample, index) => {
      const label = samples.labels[sample] ?? 0;
      const row = index * model.card.classes.length;
      const shares = sharesOf(answers, probabilities, row);
      const right = shares[label] ?? 0;
      truth[from + index] = label;
      predicted[from + index] = shares.indexOf(Math.max(...shares));
      loss -= Math.log(Math.max(LEAST_PROBABILITY, right));
      if (shares.filter((share) => share > right).length < 3) amongThree++;
    });
    onProgress?.(from + batch.length, judged.length);
  }
  const confusion = confusionMatrix(truth, predicted, answers.length);
  const correct = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  return {
    accuracy: correct / judged.length,
    top3: amongThree / judged.length,
    loss: loss / judged.length,
    macroF1: macroF1(confusion),
    samples: judged.length,
    leftOut: sampleCount(samples) - judged.length,
    classes: answers.map(({ name }) => name),
    confusion,
    milliseconds: performance.now() - started,
  };
}

/** The texts that count as a class: one of several characters, such as `sin`, covers itself and not its letters. */
function textsOf(name: string, covers = name): readonly string[] {
  return covers === name ? [name] : [...covers, covers];
}

/** The dataset's classes first, in its order, then what else the model may give. */
function answersOf(outputs: readonly string[], dataset: Dataset, alphabet: string): Answer[] {
  const allowed = membership(alphabet, outputs);
  const covered = new Set(dataset.classes.flatMap((name, index) => textsOf(name, dataset.covers[index])));
  const own = dataset.classes.map((name, index) => {
    const characters = new Set(textsOf(name, dataset.covers[index]));
    return {
      name,
      outputs: [...outputs.keys()].filter(
        (output) => allowed[output] && characters.has(outputs[output] ?? ''),
      ),
    };
  });
  const others = [...outputs.keys()]
    .filter((output) => allowed[output] && !covered.has(outputs[output] ?? ''))
    .map((output) => ({ name: outputs[output] ?? '', outputs: [output] }));
  return [...own, ...others];
}

/** The probability of each answer, renormalised over all answers. */
function sharesOf(answers: readonly Answer[], probabilities: Float32Array, row: number): number[] {
  const sums = answers.map(({ outputs }) =>
    outputs.reduce((sum, output) => sum + (probabilities[row + output] ?? 0), 0),
  );
  const total = sums.reduce((sum, each) => sum + each, 0);
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}
