import path from 'node:path';
import { openDataset } from '../../../datasets/open';
import type { Dataset } from '../../../datasets/dataset';
import { Random } from '../../../base/random';
import { type Split, trainSplitOf } from '../../../base/split';
import { rowTexts, type RowText } from '../../../ink/lines/rowTexts';
import type { LineCard } from '../../../models/lineCard';
import { nameOf } from '../../training/cardParts';
import { consistsOf } from '../../training/lines/lineData';
import { ownDataset } from '../replaySet';

/** Lines of what a model was trained for: to keep it in mind, and to measure what is forgotten of it. */
export interface LineReplay {
  /** Where they come from. */
  readonly name: string;
  readonly train: readonly RowText[];
  readonly test: readonly RowText[];
  /** Whether the model may have been trained on lines of the test part. */
  readonly perhapsLearned: boolean;
}

/** Most lines of each part. */
const MOST = { train: 400, test: 200 };
/** A dataset of fewer lines says too little of what a model was trained for. */
const LEAST = 40;

/**
 * The replay lines of a model: those of the dataset that it was trained on where that is still here, else those that ship
 * with Scrawl; of both only such that the model has the characters of.
 *
 * @param shipped folder of the lines that ship with Scrawl
 */
export async function loadLineReplay(
  card: LineCard,
  home: string,
  shipped: string,
  seed: number,
): Promise<LineReplay> {
  const own = await ownDataset(card, home);
  const lines = own && (await fromDataset(own.dataset, card, seed));
  if (lines && lines.train.length + lines.test.length >= LEAST) return lines;
  const part = async (name: string) =>
    linesOf(await openDataset(path.join(shipped, `${name}.jsonl.gz`)), 'all', card);
  const [train, test] = await Promise.all([part('train'), part('test')]);
  return { name: 'lines of UNIPEN', train, test, perhapsLearned: false };
}

async function fromDataset(dataset: Dataset, card: LineCard, seed: number): Promise<LineReplay | undefined> {
  const { officialSplits } = dataset;
  const learned = trainSplitOf(officialSplits);
  const lines = new Random(seed).shuffled(await linesOf(dataset, learned, card));
  const name = nameOf(dataset);
  if (officialSplits.includes('test') && learned !== 'all') {
    const test = new Random(seed).shuffled(await linesOf(dataset, 'test', card)).slice(0, MOST.test);
    return { name, train: lines.slice(0, MOST.train), test, perhapsLearned: false };
  }
  const held = Math.min(MOST.test, Math.floor(lines.length / 3));
  const train = lines.slice(held, held + MOST.train);
  return { name, train, test: lines.slice(0, held), perhapsLearned: true };
}

/** The lines of a split that a model has the characters of; none of pictures. */
async function linesOf(dataset: Dataset, split: Split, { classes }: LineCard): Promise<RowText[]> {
  const samples = await dataset.load(split);
  if (samples.kind !== 'ink') return [];
  const known = new Set(classes);
  return samples.inks
    .flatMap((ink, index) =>
      rowTexts(dataset.classes[samples.labels[index] ?? 0] ?? '', ink, samples.guides?.[index]),
    )
    .filter(({ label }) => consistsOf(label, known));
}
