import { largestOf } from '../../base/vectors';
import type { Card } from '../../models/card';
import type { Combine } from '../../models/ensembleFile';
import { ModelError } from '../../models/errors';
import type { Embeddings, LoadedModel, PictureBatch } from './loadedModel';

/** Several models in one ensemble. */
export class EnsembleModel implements LoadedModel {
  /** For each member the place of each of the card's classes among its own. */
  private readonly places: readonly (readonly number[])[];

  /** @throws ModelError where a member has other classes than the card; their order does not matter */
  constructor(
    readonly card: Card,
    private readonly members: readonly LoadedModel[],
    private readonly combine: Combine,
  ) {
    this.places = members.map((member) => placesOf(card, member.card));
  }

  async probabilities(batch: PictureBatch): Promise<Float32Array> {
    const answers: Float32Array[] = [];
    for (const [index, member] of this.members.entries()) {
      answers.push(inOrder(await member.probabilities(batch), this.places[index] ?? []));
    }
    const mean = meanOf(answers);
    return this.combine === 'average' ? mean : voted(answers, mean, this.card.classes.length);
  }

  async embeddings(batch: PictureBatch): Promise<Embeddings> {
    const parts: Embeddings[] = [];
    for (const member of this.members) parts.push(await member.embeddings(batch));
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    const values = new Float32Array(batch.count * width);
    let column = 0;
    for (const part of parts) {
      for (let row = 0; row < batch.count; row++) {
        const own = part.values.subarray(row * part.width, (row + 1) * part.width);
        values.set(own, row * width + column);
      }
      column += part.width;
    }
    return { width, values };
  }

  dispose(): void {
    for (const member of this.members) member.dispose();
  }
}

function placesOf(card: Card, member: Card): number[] {
  const places = card.classes.map((name) => member.classes.indexOf(name));
  if (member.classes.length !== card.classes.length || places.includes(-1)) {
    throw new ModelError(
      `"${member.name}" has other classes than the ensemble "${card.name}": make the ensemble again.`,
    );
  }
  return places;
}

function inOrder(probabilities: Float32Array, places: readonly number[]): Float32Array {
  const classes = places.length;
  return probabilities.map((_, at) => {
    const column = at % classes;
    return probabilities[at - column + (places[column] ?? 0)] ?? 0;
  });
}

function meanOf(answers: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(answers[0]?.length ?? 0);
  for (const answer of answers) {
    answer.forEach((probability, at) => (mean[at] = (mean[at] ?? 0) + probability / answers.length));
  }
  return mean;
}

/**
 * The share of the members that hold each class for the likeliest. The mean decides between classes with equally many
 * votes: it counts too little to overturn one.
 */
function voted(answers: readonly Float32Array[], mean: Float32Array, classes: number): Float32Array {
  const weightOfMean = 1 / (2 * (answers.length + 1));
  const weightOfVote = (1 - weightOfMean) / answers.length;
  const shares = mean.map((probability) => weightOfMean * probability);
  for (const answer of answers) {
    for (let row = 0; row < answer.length; row += classes) {
      const best = row + likeliest(answer.subarray(row, row + classes));
      shares[best] = (shares[best] ?? 0) + weightOfVote;
    }
  }
  return shares;
}

function likeliest(probabilities: Float32Array): number {
  return probabilities.indexOf(largestOf(probabilities));
}
