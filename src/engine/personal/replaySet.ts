import path from 'node:path';
import { openDataset } from '../../datasets/open';
import { PictureReader } from '../../datasets/store/pictureReader';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import { Random } from '../../base/random';
import { openReplay } from '../../datasets/replay';
import type { Dataset } from '../../datasets/dataset';
import { type Split, trainSplitOf } from '../../base/split';
import { samplesChecksum } from '../../datasets/samplesChecksum';
import type { HeldOut } from '../../datasets/splitSource';
import { scalePictures } from '../../ink/scalePicture';
import { answersOf, type LabeledClasses } from '../../metrics/answers';
import type { Card, CardSource } from '../../models/card';
import { heldOutBy } from '../../models/heldOut';
import { RunStore } from '../../runs/runStore';
import { DatasetStore } from '../../datasets/store/datasetStore';
import { nameOf } from '../training/cardParts';
import { loadTrainingData } from '../training/trainingData';
import { firstModelOf } from './firstModel';
import { PERSONS_OWN } from './personSamples';

/** Pictures of a model's own size with their classes. */
export interface ReplayPart {
  /** [count, height, width] gray values 0 to 255. */
  readonly pixels: Uint8Array;
  readonly labels: Uint16Array;
}

/** Samples of what a model was trained for: to keep it in mind, and to measure what is forgotten of it. */
export interface ReplaySet extends LabeledClasses {
  /** The datasets that it comes from. */
  readonly name: string;
  readonly train: ReplayPart;
  readonly test: ReplayPart;
  /** Whether the model may have been trained on samples of the test part. */
  readonly perhapsLearned: boolean;
  /** How the training held the test part out, where it is no official one. */
  readonly heldOut?: HeldOut | undefined;
}

/** Most pictures of each part. */
const MOST = { train: 5000, test: 2000 };
/** What to measure on where nothing says what the training held out. */
const ELSE_HELD_OUT: HeldOut = { fraction: 0.2, seed: 1 };

/**
 * The replay set of a model: samples of the dataset that it was trained on where that is still here, and of the set that
 * ships with Scrawl for the classes that this does not have.
 *
 * @param shipped folder of the set that ships with Scrawl
 */
export async function loadReplay(
  card: Card,
  home: string,
  shipped: string,
  seed: number,
): Promise<ReplaySet> {
  const own = await ownDataset(card, home);
  const sets = own ? [await fromDataset(own.dataset, card, seed, { source: own.source })] : [];
  const known = new Set(sets.flatMap(({ covers }) => covers.flatMap((each) => [...each, each])));
  if (card.classes.some((name) => !known.has(name))) {
    sets.push(await fromDataset(await openReplay(shipped), card, seed, { without: known }));
  }
  return sets.reduce(joined);
}

interface Own {
  readonly dataset: Dataset;
  /** What the card says of it. */
  readonly source: CardSource;
}

/** The dataset that the model was trained on last, where it is still here; never a user's samples. */
export async function ownDataset({ data }: Pick<Card, 'data'>, home: string): Promise<Own | undefined> {
  const trained = data.filter(({ source, license }) => license !== PERSONS_OWN && !/^https?:/.test(source));
  if (trained.length === 0) return undefined;
  const runs = await new RunStore(home).list();
  for (const each of trained.reverse()) {
    const { source } = each;
    // a card names data by its last part; where it lies, only the runs know
    const places = runs.flatMap(({ run }) =>
      run && path.basename(run.dataset) === source ? [run.dataset] : [],
    );
    const stored = (await new DatasetStore(home).find(source)) ? [source] : [];
    for (const place of [...places, ...stored]) {
      const dataset = await openDataset(place, home).catch(() => undefined);
      if (dataset) return { dataset, source: each };
    }
  }
  return undefined;
}

interface From {
  /** Classes that another set has already. */
  readonly without?: ReadonlySet<string>;
  /** What the card says of the dataset, where the model was trained on it. */
  readonly source?: CardSource;
}

async function fromDataset(
  dataset: Dataset,
  card: Card,
  seed: number,
  { without, source }: From,
): Promise<ReplaySet> {
  const wanted = card.classes.map((name) => without?.has(name) !== true);
  const can = new Set(answersOf(card.classes, wanted, dataset).flatMap(({ labels }) => labels));
  const { train, test, ...trained } = await partsOf(dataset, card, source);
  const pick = (part: Part, most: number) => pickPart(part, { can, most, seed, ...card.preprocessing });
  return {
    name: nameOf(dataset),
    classes: dataset.classes,
    covers: dataset.covers,
    train: await pick(train, MOST.train),
    test: await pick(test, MOST.test),
    ...trained,
  };
}

/** A split, or some places of it as it is stored, with the labels as they were corrected. */
interface Part {
  readonly dataset: Dataset;
  readonly split: Split;
  readonly some?: { readonly places: Uint32Array; readonly labels: Uint16Array };
}

interface Parts extends Pick<ReplaySet, 'perhapsLearned' | 'heldOut'> {
  readonly train: Part;
  readonly test: Part;
}

/** What to learn from and what to measure on: without an official test split, what the training held out. */
async function partsOf(dataset: Dataset, card: Card, source: CardSource | undefined): Promise<Parts> {
  const { officialSplits } = dataset;
  const split = trainSplitOf(officialSplits);
  if (officialSplits.includes('test')) {
    const [train, test] = [
      { dataset, split },
      { dataset, split: 'test' as const },
    ];
    return { train, test, perhapsLearned: split === 'all' };
  }
  const checksum = dataset.stored?.checksum ?? samplesChecksum(await dataset.load(split));
  const first = source?.checksum === checksum ? firstModelOf(card)?.heldOut : undefined;
  const heldOut = first ?? heldOutBy(card, { id: dataset.id, checksum });
  const { fraction, seed } = heldOut ?? ELSE_HELD_OUT;
  const { chosen, held, labels } = await loadTrainingData(dataset, {
    validationSplit: fraction,
    seed,
    limit: 0,
  });
  const part = (places: Uint32Array): Part => ({
    dataset: dataset.stored?.dataset ?? dataset,
    split,
    some: { places, labels },
  });
  const test = part(held.length > 0 ? held : chosen);
  return { train: part(chosen), test, perhapsLearned: !heldOut || held.length === 0, heldOut };
}

interface Choice {
  /** Classes to take. */
  readonly can: ReadonlySet<number>;
  readonly most: number;
  readonly seed: number;
  readonly height: number;
  readonly width: number;
}

async function pickPart({ dataset, split, some }: Part, options: Choice): Promise<ReplayPart> {
  const { height, width } = options;
  const stored = await dataset.locate?.(split);
  if (stored?.kind === 'images') {
    const labels = some?.labels ?? stored.labels;
    const chosen = choose(labels, some?.places, options);
    const reader = new PictureReader(stored);
    try {
      const pixels = scalePictures(reader.read([...chosen]), chosen.length, stored, { height, width });
      return { pixels, labels: labelsAt(labels, chosen) };
    } finally {
      reader.close();
    }
  }
  const samples = await dataset.load(split);
  const labels = some?.labels ?? samples.labels;
  const chosen = choose(labels, some?.places, options);
  const pictures = picturesOf(samples, chosen, height);
  const pixels = scalePictures(pictures, chosen.length, sizeOf(samples, height), { height, width });
  return { pixels, labels: labelsAt(labels, chosen) };
}

function choose(
  labels: Uint16Array,
  places: Uint32Array | undefined,
  { can, most, seed }: Choice,
): Uint32Array {
  const order = new Random(seed).permutation(places?.length ?? labels.length);
  return order
    .map((at) => places?.[at] ?? at)
    .filter((place) => can.has(labels[place] ?? -1))
    .slice(0, most);
}

function labelsAt(labels: Uint16Array, places: Uint32Array): Uint16Array {
  return Uint16Array.from(places, (place) => labels[place] ?? 0);
}

function joined(a: ReplaySet, b: ReplaySet): ReplaySet {
  const join = (one: ReplayPart, two: ReplayPart): ReplayPart => ({
    pixels: Buffer.concat([one.pixels, two.pixels]),
    labels: Uint16Array.from([...one.labels, ...two.labels.map((label) => label + a.classes.length)]),
  });
  return {
    name: `${a.name} and ${b.name}`,
    classes: [...a.classes, ...b.classes],
    covers: [...a.covers, ...b.covers],
    train: join(a.train, b.train),
    test: join(a.test, b.test),
    perhapsLearned: a.perhapsLearned || b.perhapsLearned,
  };
}
