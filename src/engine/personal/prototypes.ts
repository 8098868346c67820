import { largestOf, lengthOf } from '../../base/vectors';
import type { PictureSize } from '../../ink/scalePicture';
import { inBatches } from '../evaluation/predict';
import type { LoadedModel } from '../models/loadedModel';
import type { Rows } from './denseEnd';
import { meanOf } from './newClasses';

/** A character that a model does not know, as the mean of its samples in the model's embedding (Snell et al. 2017). */
export interface Prototype {
  readonly label: string;
  /** Of length 1. */
  readonly mean: Float64Array;
  /** Distance within which it is likelier than every character that the model knows. */
  readonly reach: number;
}

/** Share of known characters that all prototypes together may take away. */
const MOST_TAKEN = 0.002;
/** A sample of known characters makes the nearest of all seem further than it is. */
const CAUTION = 0.95;
/** How far beyond its own samples a prototype reaches at most, as a multiple of their mean distance. */
const BEYOND = 1.7;
/** How gently a prototype's score falls around its reach, as a share of it. */
const SOFTNESS = 0.06;
const BATCH = 128;

/**
 * Makes prototypes. Each reaches as far as known characters are spared and its own samples make likely.
 *
 * @param samples embeddings of the samples of each new character, of length 1
 * @param known embeddings of characters that the model knows, of length 1
 */
export function prototypesOf(samples: ReadonlyMap<string, Rows>, known: Rows): Prototype[] {
  const spared = Math.floor((known.count * MOST_TAKEN) / Math.max(1, samples.size));
  return [...samples].map(([label, rows]) => {
    const mean = unit(meanOf(rows));
    const distances = Float64Array.from({ length: known.count }, (_, at) =>
      distance(mean, row(known, at)),
    ).sort();
    const reach = Math.min(CAUTION * (distances[spared] ?? 0), BEYOND * spreadOf(rows));
    return { label, mean, reach };
  });
}

/**
 * How likely each prototype is what was drawn, against all that the model knows: one half at its reach.
 *
 * @param embedding of length 1
 */
export function scoresOf(prototypes: readonly Prototype[], embedding: Float32Array): number[] {
  return prototypes.map(({ mean, reach }) => {
    if (reach === 0) return 0;
    return 1 / (1 + Math.exp((distance(mean, embedding) - reach) / (SOFTNESS * reach)));
  });
}

/** The scores of the prototypes for each of some pictures; without prototypes there are none, and nothing is computed. */
export async function prototypeScores(
  model: LoadedModel,
  pixels: Uint8Array,
  size: PictureSize,
  count: number,
  prototypes: readonly Prototype[],
): Promise<number[][]> {
  if (prototypes.length === 0) return [];
  const embeddings = await unitEmbeddings(model, pixels, size, count);
  return Array.from({ length: count }, (_, at) => scoresOf(prototypes, row(embeddings, at)));
}

/** What a model knows, and behind it what the user alone drew. */
export function classesWith(model: LoadedModel, prototypes: readonly Prototype[]): string[] {
  return [...model.card.classes, ...prototypes.map(({ label }) => label)];
}

/** The probabilities of what the model knows, and behind them of the prototypes; they sum to 1 as before. */
export function withPrototypes(probabilities: Float32Array, scores: readonly number[]): number[] {
  const best = largestOf(scores, 0);
  const total = scores.reduce((sum, score) => sum + score, 0);
  return [
    ...Array.from(probabilities, (probability) => probability * (1 - best)),
    ...scores.map((score) => (total > 0 ? (score * best) / total : 0)),
  ];
}

/** Embeddings of pictures, each of length 1. */
export async function unitEmbeddings(
  model: LoadedModel,
  pixels: Uint8Array,
  { height, width }: PictureSize,
  count: number,
): Promise<Rows> {
  const parts: Float32Array[] = [];
  await inBatches(count, BATCH, {}, async (batch, from) => {
    const some = pixels.subarray(from * height * width, (from + batch.length) * height * width);
    const part = await model.embeddings({ pixels: some, count: batch.length, height, width });
    for (let at = 0; at < batch.length; at++) {
      parts.push(Float32Array.from(unit(part.values.subarray(at * part.width, (at + 1) * part.width))));
    }
  });
  const columns = parts[0]?.length ?? 0;
  const values = new Float32Array(count * columns);
  parts.forEach((part, at) => values.set(part, at * columns));
  return { count, width: columns, values };
}

/** Mean distance of samples from the mean of the others. */
function spreadOf(rows: Rows): number {
  const sum = meanOf(rows);
  let total = 0;
  for (let at = 0; at < rows.count; at++) {
    const own = row(rows, at);
    const others = unit(sum.map((value, i) => value * rows.count - (own[i] ?? 0)));
    total += distance(others, own);
  }
  return total / Math.max(1, rows.count);
}

function row({ values, width }: Rows, at: number): Float32Array {
  return values.subarray(at * width, (at + 1) * width);
}

function unit(values: ArrayLike<number>): Float64Array {
  const numbers = Float64Array.from(values);
  const length = lengthOf(numbers) || 1;
  return numbers.map((value) => value / length);
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(squares);
}
