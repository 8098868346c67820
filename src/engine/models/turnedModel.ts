import type { Card } from '../../models/card';
import { turnPicture } from '../../pictures/turnPicture';
import type { Embeddings, LoadedModel, PictureBatch } from './loadedModel';
import { meanOfViews } from './meanOfViews';

/**
 * A model of pictures that reads each as it is and turned to both sides (test-time augmentation). Its answer is the
 * geometric mean of the three.
 */
export class TurnedModel implements LoadedModel {
  private readonly turns: readonly number[];

  /** @param degrees by which is turned */
  constructor(
    readonly once: LoadedModel,
    degrees: number,
  ) {
    this.turns = [-degrees, degrees];
  }

  get card(): Card {
    return this.once.card;
  }

  async probabilities(batch: PictureBatch): Promise<Float32Array> {
    const views = [batch.pixels, ...this.turns.map((degrees) => turnedPictures(batch, degrees))];
    const answers = await this.once.probabilities(stacked(batch, views));
    return meanOfViews(answers, views.length, this.card.classes.length);
  }

  embeddings(batch: PictureBatch): Promise<Embeddings> {
    return this.once.embeddings(batch);
  }

  dispose(): void {
    this.once.dispose();
  }
}

function stacked(batch: PictureBatch, views: readonly Uint8Array[]): PictureBatch {
  const pixels = new Uint8Array(batch.pixels.length * views.length);
  views.forEach((each, view) => pixels.set(each, view * each.length));
  return { ...batch, pixels, count: batch.count * views.length };
}

function turnedPictures({ pixels, count, height, width }: PictureBatch, degrees: number): Uint8Array {
  const turned = new Uint8Array(pixels.length);
  for (let picture = 0; picture < count; picture++) {
    const from = picture * height * width;
    turnPicture(pixels, from, turned, from, { height, width }, degrees);
  }
  return turned;
}
