import { softmax } from '../../base/vectors';
import { rasterize } from '../../ink/rasterize';
import { turnInk } from '../../ink/turnInk';
import { turnPicture } from '../../pictures/turnPicture';
import type { Card } from '../../models/card';
import type { DrawnInk, Embeddings, LoadedModel, PictureBatch } from './loadedModel';

/** No view is surer than this that something is not of a class. */
const LEAST = 1e-7;

/**
 * A model that reads everything as it is and turned to both sides (test-time augmentation). Its answer is the geometric
 * mean of the three.
 */
export class TurnedModel implements LoadedModel {
  /** There where the model reads ink. */
  readonly inkProbabilities?: NonNullable<LoadedModel['inkProbabilities']>;
  private readonly turns: readonly number[];

  /** @param degrees by which is turned */
  constructor(
    readonly once: LoadedModel,
    degrees: number,
  ) {
    this.turns = [-degrees, degrees];
    if (once.inkProbabilities) this.inkProbabilities = (inks, pictures) => this.readInk(inks, pictures);
  }

  get card(): Card {
    return this.once.card;
  }

  async probabilities(batch: PictureBatch): Promise<Float32Array> {
    return this.meanOf(
      await this.once.probabilities(
        stacked(
          batch,
          this.turns.map((degrees) => turnedPictures(batch, degrees)),
        ),
      ),
    );
  }

  embeddings(batch: PictureBatch): Promise<Embeddings> {
    return this.once.embeddings(batch);
  }

  dispose(): void {
    this.once.dispose();
  }

  private async readInk(inks: readonly DrawnInk[], pictures: PictureBatch): Promise<Float32Array> {
    const turned = this.turns.map((degrees) =>
      inks.map(({ ink, penWidth }) => ({ ink: turnInk(ink, degrees), penWidth })),
    );
    const drawn = turned.map((each) => drawnPictures(each, pictures));
    const answers = await this.once.inkProbabilities?.([inks, ...turned].flat(), stacked(pictures, drawn));
    return this.meanOf(answers ?? new Float32Array());
  }

  /** @param answers [views x samples, classes] */
  private meanOf(answers: Float32Array): Float32Array {
    const { length: classes } = this.card.classes;
    const views = 1 + this.turns.length;
    const mean = new Float32Array(answers.length / views);
    answers.forEach((probability, at) => {
      const place = at % mean.length;
      mean[place] = (mean[place] ?? 0) + Math.log(Math.max(LEAST, probability)) / views;
    });
    for (let from = 0; from < mean.length; from += classes)
      mean.set(softmax(mean.subarray(from, from + classes)), from);
    return mean;
  }
}

function stacked(batch: PictureBatch, others: readonly Uint8Array[]): PictureBatch {
  const pixels = new Uint8Array(batch.pixels.length * (1 + others.length));
  [batch.pixels, ...others].forEach((each, view) => pixels.set(each, view * each.length));
  return { ...batch, pixels, count: batch.count * (1 + others.length) };
}

function turnedPictures({ pixels, count, height, width }: PictureBatch, degrees: number): Uint8Array {
  const turned = new Uint8Array(pixels.length);
  for (let picture = 0; picture < count; picture++) {
    const from = picture * height * width;
    turnPicture(pixels, from, turned, from, { height, width }, degrees);
  }
  return turned;
}

function drawnPictures(inks: readonly DrawnInk[], { pixels, height: side }: PictureBatch): Uint8Array {
  const drawn = new Uint8Array(pixels.length);
  inks.forEach(({ ink, penWidth }, index) => {
    drawn.set(rasterize(ink, { penWidth, side }), index * side * side);
  });
  return drawn;
}
