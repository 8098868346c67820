import type { Card } from '../../models/card';
import type { InkNetwork } from './inkNetwork';
import type { DrawnInk, Embeddings, LoadedModel, PictureBatch } from './loadedModel';
import { mixInk } from './mixInk';

/**
 * A model of pictures with a network beside it that reads the points of ink. Where both read several views, the picture
 * of ink is read once: its points, turned, say as much in a fraction of the time.
 */
export class InkAidedModel implements LoadedModel {
  /** For each class of the model its place among the classes of the network of points. */
  private readonly places: readonly number[];

  constructor(
    private readonly pictures: LoadedModel,
    private readonly points: InkNetwork,
  ) {
    this.places = pictures.card.classes.map((name) => points.card.classes.indexOf(name));
  }

  get card(): Card {
    return this.pictures.card;
  }

  get once(): LoadedModel {
    return this.pictures.once ?? this.pictures;
  }

  probabilities(batch: PictureBatch): Promise<Float32Array> {
    return this.pictures.probabilities(batch);
  }

  async inkProbabilities(inks: readonly DrawnInk[], batch: PictureBatch): Promise<Float32Array> {
    const seen = await this.once.probabilities(batch);
    const read = await this.points.probabilities(inks);
    const classes = this.places.length;
    const outputs = this.points.card.classes.length + 1;
    const answers = new Float32Array(seen.length);
    for (let row = 0; row < inks.length; row++) {
      const picture = seen.subarray(row * classes, (row + 1) * classes);
      const points = read.subarray(row * outputs, (row + 1) * outputs);
      answers.set(mixInk(picture, points, this.places, this.points.card.mixing), row * classes);
    }
    return answers;
  }

  embeddings(batch: PictureBatch): Promise<Embeddings> {
    return this.pictures.embeddings(batch);
  }

  dispose(): void {
    this.pictures.dispose();
    this.points.dispose();
  }
}
