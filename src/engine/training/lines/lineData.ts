import { DatasetError } from '../../../datasets/errors';
import { Random } from '../../../base/random';
import type { Dataset } from '../../../datasets/dataset';
import { lineFeatures, type LineFeatures } from '../../../ink/lines/features';
import { lineHeight } from '../../../ink/lines/lineHeight';
import { pathsOf } from '../../../ink/lines/path';
import { varyLine, type LineVariation } from '../../../ink/lines/vary';
import type { AugmentationSettings, RunSettings } from '../../../runs/runSettings';
import { sharedGuide, sharedInk } from '../batches/sharedSamples';
import { loadTrainingData, type TrainingData } from '../trainingData';

/** Lines to learn from. */
export interface LineData extends TrainingData {
  /** What the network learns to name. */
  readonly characters: readonly string[];
  /** For each class of the dataset, which is a text, the classes of its characters. */
  readonly texts: readonly (readonly number[])[];
}

/**
 * Opens what a network of lines learns from: a dataset of ink whose labels are texts, or single characters.
 *
 * @param known characters that the network tells apart already: they stay, in their order, before those that are new
 * @throws DatasetError where it cannot be read, holds pictures, or nothing is left to learn from
 */
export async function loadLineData(
  dataset: Dataset,
  settings: Pick<RunSettings, 'validationSplit' | 'limit' | 'seed'>,
  known: readonly string[] = [],
): Promise<LineData> {
  const data = heldOut(await loadTrainingData(dataset, settings), settings);
  if (data.samples.kind !== 'ink') {
    throw new DatasetError(
      `${dataset.id} holds pictures, but a network of lines reads ink: choose a dataset of ink.`,
    );
  }
  const own = charactersOf(dataset.classes).filter((character) => !known.includes(character));
  const characters = [...known, ...own];
  const texts = labelsOf(dataset.classes, characters);
  return withoutRows({ ...data, characters, texts }, dataset.classes);
}

/** Texts as places among the characters that a network tells apart, blanks left out. */
export function labelsOf(texts: readonly string[], characters: readonly string[]): number[][] {
  const places = new Map(characters.map((character, place) => [character, place]));
  return texts.map((text) => [...withoutBlanks(text)].map((character) => places.get(character) ?? 0));
}

/** Leaves texts of several rows out: the network reads one. */
function withoutRows(data: LineData, classes: readonly string[]): LineData {
  const isOneRow = (index: number) => !/\n./su.test((classes[data.labels[index] ?? 0] ?? '').trim());
  return { ...data, chosen: data.chosen.filter(isOneRow), held: data.held.filter(isOneRow) };
}

/** Holds lines out at random where none are: texts that come once each are classes too small to hold a share of. */
function heldOut(
  data: TrainingData,
  { validationSplit, seed }: Pick<RunSettings, 'validationSplit' | 'seed'>,
): TrainingData {
  if (data.held.length > 0 || validationSplit === 0) return data;
  const { chosen } = data;
  const order = new Random(seed + 2).permutation(chosen.length).map((place) => chosen[place] ?? 0);
  const held = order.subarray(0, Math.min(chosen.length - 1, Math.round(validationSplit * chosen.length)));
  return { ...data, chosen: order.subarray(held.length).toSorted(), held: held.toSorted() };
}

/** The characters of texts, blanks left out: those are told by the gaps. */
export function charactersOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...withoutBlanks(text)]))].sort();
}

/** A text as the network reads it. */
export const withoutBlanks = (text: string): string => text.replace(/\s/gu, '');

/** Whether a text has no other characters, blanks aside. */
export function consistsOf(text: string, characters: ReadonlySet<string>): boolean {
  return [...withoutBlanks(text)].every((each) => characters.has(each));
}

/** How lines are varied, by the settings that pictures are varied by. */
export function variationOf({ shear, rotation, scale, shift, elastic }: AugmentationSettings): LineVariation {
  return {
    slant: 2 * shear,
    turn: (0.35 * rotation * Math.PI) / 180,
    width: 2 * scale,
    strokeShift: 0.02 * shift,
    wave: 0.06 * elastic,
  };
}

/** What the network takes of a line, varied where random numbers are given. */
export function featuresOf(
  { samples }: TrainingData,
  index: number,
  variation?: { readonly strengths: LineVariation; readonly random: () => number },
): LineFeatures {
  if (samples.kind !== 'ink') throw new TypeError('lines are ink');
  const paths = pathsOf(sharedInk(samples, index)).filter(({ x }) => x.length > 0);
  const guide = sharedGuide(samples, index);
  if (!variation) return lineFeatures(paths, { guide });
  const { strengths, random } = variation;
  const varied = varyLine(paths, strengths, lineHeight(paths, guide), random, guide);
  return lineFeatures(varied.paths, { guide: varied.guide });
}
