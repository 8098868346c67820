import path from 'node:path';
import { openDataset } from '../../datasets/open';
import { PictureReader } from '../../datasets/pictureReader';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import { Random } from '../../datasets/random';
import { openReplay } from '../../datasets/replay';
import type { Dataset, Split } from '../../datasets/samples';
import { scalePictures } from '../../ink/scalePicture';
import { answersOf, type LabelledClasses } from '../../metrics/answers';
import type { Card } from '../../models/card';
import { RunStore } from '../../models/runStore';
import { DatasetStore } from '../../datasets/store';
import { nameOf } from '../training/run';
import { PERSONS_OWN } from './card';

/** Pictures of a model's own size with their classes. */
export interface ReplayPart {
  /** [count, height, width] grey values 0 to 255. */
  readonly pixels: Uint8Array;
  readonly labels: Uint16Array;
}

/** Samples of what a model was trained for: to keep it in mind, and to measure what is forgotten of it. */
export interface ReplaySet extends LabelledClasses {
  /** The datasets that it comes from. */
  readonly name: string;
  readonly train: ReplayPart;
  readonly test: ReplayPart;
}

/** Most pictures of each part. */
const MOST = { train: 5000, test: 2000 };

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
  const sets = own ? [await fromDataset(own, card, seed)] : [];
  const known = new Set(sets.flatMap(({ covers }) => covers.flatMap((each) => [...each, each])));
  if (card.classes.some((name) => !known.has(name))) {
    sets.push(await fromDataset(await openReplay(shipped), card, seed, known));
  }
  return sets.reduce(joined);
}

/** The dataset that the model was trained on last, where it is still here; never a person's samples. */
async function ownDataset({ data }: Card, home: string): Promise<Dataset | undefined> {
  const trained = data.filter(({ source, licence }) => licence !== PERSONS_OWN && !/^https?:/.test(source));
  if (trained.length === 0) return undefined;
  const runs = await new RunStore(home).list();
  for (const { source } of trained.reverse()) {
    // a card names data by its last part; where it lies, only the runs know
    const places = runs.flatMap(({ run }) =>
      run && path.basename(run.dataset) === source ? [run.dataset] : [],
    );
    const stored = (await new DatasetStore(home).find(source)) ? [source] : [];
    for (const place of [...places, ...stored]) {
      const dataset = await openDataset(place, home).catch(() => undefined);
      if (dataset) return dataset;
    }
  }
  return undefined;
}

/** @param without classes that another set has already */
async function fromDataset(
  dataset: Dataset,
  card: Card,
  seed: number,
  without: ReadonlySet<string> = new Set(),
): Promise<ReplaySet> {
  const wanted = card.classes.map((name) => !without.has(name));
  const can = new Set(answersOf(card.classes, wanted, dataset).flatMap(({ labels }) => labels));
  const official = dataset.officialSplits.includes('train') && dataset.officialSplits.includes('test');
  const pick = (split: Split, from: number, most: number) =>
    pickPart(dataset, split, { can, from, most, seed, ...card.preprocessing });
  const train = await pick(official ? 'train' : 'all', official ? 0 : MOST.test, MOST.train);
  const test = await pick(official ? 'test' : 'all', 0, MOST.test);
  return { name: nameOf(dataset), classes: dataset.classes, covers: dataset.covers, train, test };
}

interface Pick {
  /** Classes to take. */
  readonly can: ReadonlySet<number>;
  /** Place of the first in the random order, and how many at most. */
  readonly from: number;
  readonly most: number;
  readonly seed: number;
  readonly height: number;
  readonly width: number;
}

async function pickPart(dataset: Dataset, split: Split, options: Pick): Promise<ReplayPart> {
  const { height, width } = options;
  const stored = await dataset.locate?.(split);
  if (stored?.kind === 'images') {
    const chosen = choose(stored.labels, options);
    const reader = new PictureReader(stored);
    try {
      const pixels = scalePictures(reader.read([...chosen]), chosen.length, stored, { height, width });
      return { pixels, labels: labelsAt(stored.labels, chosen) };
    } finally {
      reader.close();
    }
  }
  const samples = await dataset.load(split);
  const chosen = choose(samples.labels, options);
  const pictures = picturesOf(samples, chosen, height);
  const pixels = scalePictures(pictures, chosen.length, sizeOf(samples, height), { height, width });
  return { pixels, labels: labelsAt(samples.labels, chosen) };
}

function choose(labels: Uint16Array, { can, from, most, seed }: Pick): Uint32Array {
  const order = new Random(seed).permutation(labels.length);
  return order.filter((place) => can.has(labels[place] ?? -1)).slice(from, from + most);
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
  };
}
