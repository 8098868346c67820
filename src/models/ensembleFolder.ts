import { copyFile, link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Card } from './card';
import { ENSEMBLE_FILE, type Combine, type EnsembleFile, MOST_MEMBERS } from './ensembleFile';
import { ModelError } from './errors';
import { writeCard } from './modelFolder';
import { writeJson } from '../storage/writeJson';

/** A model that becomes part of an ensemble. */
export interface Member {
  readonly folder: string;
  readonly card: Card;
}

/**
 * Writes an ensemble into a folder that is there. The members' files are taken into it, as hard links where the disk
 * has them, so that the ensemble outlives the models that it was made of: no file of a model is ever changed in place.
 *
 * @throws ModelError where there are too few or too many members, or one has other classes than the first
 */
export async function writeEnsemble(
  folder: string,
  name: string,
  members: readonly Member[],
  combine: Combine,
): Promise<void> {
  const card = ensembleCard(name, members, combine);
  const file: EnsembleFile = { combine, members: members.map((_, index) => `members/${String(index + 1)}`) };
  for (const [index, member] of members.entries()) {
    const target = path.join(folder, file.members[index] ?? '');
    await mkdir(target, { recursive: true });
    for (const part of ['model.json', 'weights.bin', 'card.json']) {
      await linkOrCopy(path.join(member.folder, part), path.join(target, part));
    }
  }
  await writeJson(path.join(folder, ENSEMBLE_FILE), file);
  await writeCard(folder, card);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to).catch(() => copyFile(from, to));
  } catch (cause) {
    throw new ModelError(
      `${from} cannot be copied into the ensemble: free some space, or import the model again.`,
      {
        cause,
      },
    );
  }
}

/** @throws ModelError where the members cannot be one model */
function ensembleCard(name: string, members: readonly Member[], combine: Combine): Card {
  const [first] = members;
  if (!first || members.length < 2)
    throw new ModelError('An ensemble has two members or more: name another model.');
  if (members.length > MOST_MEMBERS) {
    throw new ModelError(`An ensemble has at most ${String(MOST_MEMBERS)} members: name fewer models.`);
  }
  for (const { card } of members) checkClasses(first.card, card);
  const cards = members.map(({ card }) => card);
  const sources = new Map(cards.flatMap(({ data }) => data).map((source) => [source.name, source]));
  const how = combine === 'average' ? 'the mean of the probabilities' : 'the vote';
  return {
    name,
    description: `Gives ${how} of ${String(cards.length)} models: ${cards.map((card) => card.name).join(', ')}.`,
    classes: first.card.classes,
    preprocessing: largest(cards.map(({ preprocessing }) => preprocessing)),
    parameters: cards.reduce((sum, { parameters }) => sum + parameters, 0),
    data: [...sources.values()],
    training: { settings: {}, history: [] },
    metrics: [],
    backend: first.card.backend,
  };
}

/** The pictures that each member scales to its own size: no member gets less than it can take. */
function largest(sizes: readonly Card['preprocessing'][]): Card['preprocessing'] {
  return sizes.reduce((a, b) => (b.height > a.height ? b : a));
}

/** Members are matched by the names of their classes, in whatever order each has them. */
function checkClasses(first: Card, other: Card): void {
  const [missing] = first.classes.filter((name) => !other.classes.includes(name));
  const [extra] = other.classes.filter((name) => !first.classes.includes(name));
  if (missing === undefined && extra === undefined) return;
  const [knows, lacks, character] =
    missing === undefined ? [other.name, first.name, extra] : [first.name, other.name, missing];
  throw new ModelError(
    `"${knows}" knows "${character ?? ''}" and "${lacks}" does not: choose models of the same classes.`,
  );
}
