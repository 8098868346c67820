import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '../../base/random';
import type { Dataset } from '../../datasets/dataset';
import { answersOf, type LabeledClasses } from '../../metrics/answers';
import { figuresOf, type Figures } from '../../metrics/figures';
import { judge } from '../../metrics/judgment';
import type { Card } from '../../models/card';
import { ModelError } from '../../models/errors';
import type { Personalization, PersonalizePhase } from '../../protocol/engine/personal';
import { inBatches } from '../evaluation/predict';
import { NetworkModel } from '../models/layersModel';
import { continueFrom } from '../training/fineTune';
import { personalCard } from './card';
import { DenseEnd, type Rows } from './denseEnd';
import { type FirstModel, firstModelOf } from './firstModel';
import { learnHand, type Lesson } from './learnHand';
import { imprint } from './newClasses';
import { loadPersonSamples, pictureOfSample, variedPicture, type PersonSample } from './personSamples';
import type { ReplaySet } from './replaySet';
import { mixed, MIXES } from './weightMix';

/** Most that the share of right answers on the original samples may fall. */
export const MOST_LOST = 0.005;
/** Pictures that a sample of the user is learned as, and that all of them are together. */
const VARIANTS = 20;
const MOST_VARIED = 4000;
/** Embeddings that the middle of what is known is taken from. */
const CENTER_ROWS = 1000;
const BATCH = 128;
/** Samples of the user and of the replay set in each step. */
const SHARES = { hand: 32, others: 96 };

export interface PersonalizeJob {
  /** Its layers go over into the result; whoever has it disposes of the result instead. */
  readonly base: NetworkModel;
  readonly person: Dataset;
  readonly replay: ReplaySet;
  readonly seed?: number;
}

export interface PersonalizeEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((phase: PersonalizePhase, done: number) => void) | undefined;
}

export interface Personalized {
  readonly model: NetworkModel;
  readonly report: Personalization;
}

/**
 * Lets a model learn a user's hand without forgetting the others. The layers before the dense end stay as they are, so
 * that what they give is computed once. The dense end learns the user's samples, varied, and for the replay samples
 * what it said of them before (Li and Hoiem 2016). Then its weights are mixed with the old ones, as strongly as the
 * original samples allow (Wortsman et al. 2022).
 *
 * @throws ModelError where there is too little to learn from, or every mix forgets more than MOST_LOST or reads the
 * user's held-out samples worse; the signal's reason when it is aborted
 */
export async function personalize(
  job: PersonalizeJob,
  events: PersonalizeEvents = {},
): Promise<Personalized> {
  const started = performance.now();
  const { base, person, replay, seed = 1 } = job;
  const known = base.card.classes;
  const earlier = firstModelOf(base.card);
  const { train, held } = await loadPersonSamples(person, new Set(known.slice(0, earlier?.classes)));
  const classes = [...known, ...newLabels(train, known)];
  const seen = await lookAt(job, { train, held }, new Random(seed), events);
  const old = new DenseEnd(base.layers);
  const before = await old.probabilities(seen.replayTrain);
  const original = await figures(old, seen.replayTest, replay.test.labels, replay, known);
  const first = firstOf(base.card, earlier, original, replay);
  const hand = labeled(held, classes);
  const handBefore = await figures(old, seen.held, hand.labels, hand, known);
  const layers = await continueFrom(base, classes, [], seed);
  const end = new DenseEnd(layers);
  await startNew(end, layers, seen, train, classes, known.length);
  const start = await end.read();
  const lessons = lessonsOf(seen, before, train, classes);
  await learnHand(end, lessons, new Random(seed + 1), {
    signal: events.signal,
    onProgress: (done, total) => events.onProgress?.('learning', 0.6 + (0.35 * done) / total),
  });
  const learned = await end.read();
  for (const mix of MIXES) {
    events.onProgress?.('measuring', 0.95);
    events.signal?.throwIfAborted();
    end.write(mixed(start, learned, mix));
    const now = await figures(end, seen.replayTest, replay.test.labels, replay, classes);
    if (first.accuracy - now.accuracy > MOST_LOST) continue;
    const handNow = await figures(end, seen.held, hand.labels, hand, classes);
    if (shareRight(handNow) < shareRight(handBefore)) continue;
    const report = {
      learned: train.length,
      newClasses: classes.slice(known.length),
      person: { samples: held.length, before: shareRight(handBefore), after: shareRight(handNow) },
      original: {
        dataset: replay.name,
        samples: now.samples,
        perhapsLearned: replay.perhapsLearned,
        before: original.accuracy,
        after: now.accuracy,
        ...(earlier ? { first: first.accuracy } : {}),
      },
      mix,
      seconds: (performance.now() - started) / 1000,
    };
    const card = personalCard(base.card, { classes, layers, person, replay, now, handNow, first, report });
    return { model: new NetworkModel(card, layers), report };
  }
  const instead = earlier ? `personalize ${first.name}, which it comes from` : 'keep more';
  throw new ModelError(
    `The model would read no better with these samples: look through them for wrong labels, or ${instead}.`,
  );
}

/** The model that the base comes from, measured on the same samples where they are still the same; else the base. */
function firstOf(
  card: Card,
  earlier: FirstModel | undefined,
  { accuracy }: Figures,
  { test, heldOut }: ReplaySet,
): FirstModel {
  const measuredOn = createHash('sha256').update(test.pixels).update(test.labels).digest('hex');
  if (earlier?.measuredOn === measuredOn) return earlier;
  const { name, classes } = earlier ?? { name: card.name, classes: card.classes.length };
  return { name, classes, accuracy, measuredOn, heldOut: earlier ? earlier.heldOut : heldOut };
}

function newLabels(samples: readonly PersonSample[], known: readonly string[]): string[] {
  return [...new Set(samples.map(({ label }) => label))].filter((label) => !known.includes(label)).sort();
}

/** What the layers before the dense end make of all pictures. */
interface Seen {
  readonly replayTrain: Rows;
  readonly replayTest: Rows;
  /** `variants` of each sample behind each other, the first as it was drawn. */
  readonly varied: Rows;
  readonly variants: number;
  readonly held: Rows;
}

async function lookAt(
  { base, replay }: PersonalizeJob,
  { train, held }: { train: readonly PersonSample[]; held: readonly PersonSample[] },
  random: Random,
  { signal, onProgress }: PersonalizeEvents,
): Promise<Seen> {
  const side = base.card.preprocessing.height;
  const beginning = new DenseEnd(base.layers).beginning();
  const variants = Math.max(1, Math.min(VARIANTS, Math.floor(MOST_VARIED / train.length)));
  const counts = [
    replay.train.labels.length,
    replay.test.labels.length,
    train.length * variants,
    held.length,
  ];
  const total = counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  const look = async (count: number, picture: (at: number) => Uint8Array): Promise<Rows> => {
    const rows = await rowsOf(base, beginning, count, picture, {
      signal,
      onProgress: (now) => onProgress?.('looking', (0.6 * (done + now)) / total),
    });
    done += count;
    return rows;
  };
  const size = side * base.card.preprocessing.width;
  const at = (pixels: Uint8Array) => (place: number) => pixels.subarray(place * size, (place + 1) * size);
  return {
    replayTrain: await look(counts[0] ?? 0, at(replay.train.pixels)),
    replayTest: await look(counts[1] ?? 0, at(replay.test.pixels)),
    varied: await look(counts[2] ?? 0, (place) => {
      const sample = train[Math.floor(place / variants)] as PersonSample;
      return place % variants === 0 ? pictureOfSample(sample, side) : variedPicture(sample, side, random);
    }),
    variants,
    held: await look(held.length, (place) => pictureOfSample(held[place] as PersonSample, side)),
  };
}

async function rowsOf(
  base: NetworkModel,
  beginning: LayersModel,
  count: number,
  picture: (at: number) => Uint8Array,
  events: { signal?: AbortSignal | undefined; onProgress: (done: number) => void },
): Promise<Rows> {
  const { height, width } = base.card.preprocessing;
  const columns = beginning.outputShape[1] as number;
  const values = new Float32Array(count * columns);
  await inBatches(count, BATCH, events, async (batch, from) => {
    const pixels = new Uint8Array(batch.length * height * width);
    batch.forEach((place, i) => pixels.set(picture(place), i * height * width));
    const { values: given } = await base.outputs(beginning, { pixels, count: batch.length, height, width });
    values.set(given, from * columns);
  });
  return { count, width: columns, values };
}

/** Gives the new classes a start, where there are any. */
async function startNew(
  end: DenseEnd,
  layers: LayersModel,
  seen: Seen,
  train: readonly PersonSample[],
  classes: readonly string[],
  known: number,
): Promise<void> {
  if (classes.length === known) return;
  const last = layers.layers.at(-1);
  const [kernel, bias] = await Promise.all(
    (last?.getWeights() ?? []).map(async (weight) => Float32Array.from(await weight.data())),
  );
  if (!last || !kernel || !bias) return;
  const replay = await end.embeddings(slice(seen.replayTrain, 0, CENTER_ROWS));
  const fresh: Rows[] = [];
  for (const label of classes.slice(known)) {
    const places = train.flatMap((sample, at) => (sample.label === label ? [at] : []));
    const rows = places.map((at) => slice(seen.varied, at * seen.variants, seen.variants));
    fresh.push(await end.embeddings(stacked(rows)));
  }
  imprint({ kernel, bias }, known, replay, fresh);
  const tensors = last.getWeights().map((weight, at) => tf.tensor([kernel, bias][at] ?? [], weight.shape));
  last.setWeights(tensors);
  tf.dispose(tensors);
}

function slice({ values, width, count }: Rows, from: number, most: number): Rows {
  const size = Math.min(most, count - from);
  return { values: values.subarray(from * width, (from + size) * width), width, count: size };
}

function stacked(rows: readonly Rows[]): Rows {
  const width = rows[0]?.width ?? 0;
  const count = rows.reduce((sum, each) => sum + each.count, 0);
  const values = new Float32Array(count * width);
  rows.reduce((at, each) => (values.set(each.values, at), at + each.values.length), 0);
  return { values, width, count };
}

/** The user's samples are to be what they were called, the replay samples what they were taken for before. */
function lessonsOf(
  seen: Seen,
  before: Rows,
  train: readonly PersonSample[],
  classes: readonly string[],
): Lesson[] {
  const width = classes.length;
  const hand = new Float32Array(seen.varied.count * width);
  for (let row = 0; row < seen.varied.count; row++) {
    const sample = train[Math.floor(row / seen.variants)];
    hand[row * width + classes.indexOf(sample?.label ?? '')] = 1;
  }
  const others = new Float32Array(before.count * width);
  for (let row = 0; row < before.count; row++) {
    others.set(before.values.subarray(row * before.width, (row + 1) * before.width), row * width);
  }
  return [
    { rows: seen.varied, targets: hand, share: SHARES.hand },
    { rows: seen.replayTrain, targets: others, share: SHARES.others },
  ];
}

function labeled(samples: readonly PersonSample[], classes: readonly string[]) {
  return {
    classes,
    covers: classes,
    labels: Uint16Array.from(samples, ({ label }) => classes.indexOf(label)),
  };
}

/** The figures of a dense end on samples that were looked at. */
async function figures(
  end: DenseEnd,
  rows: Rows,
  labels: Uint16Array,
  dataset: LabeledClasses,
  classes: readonly string[],
): Promise<Figures> {
  const { values, width, count } = await end.probabilities(rows);
  const read = (row: number, into: Float32Array) => into.set(values.subarray(row * width, (row + 1) * width));
  const answers = answersOf(
    classes,
    classes.map(() => true),
    dataset,
  );
  return figuresOf(judge({ count, width, read }, labels, answers));
}

/** Samples of characters that the model does not know count as wrong. */
function shareRight({ accuracy, samples, leftOut }: Figures): number {
  return (accuracy * samples) / Math.max(1, samples + leftOut);
}
