import type { InkNetwork } from './inkNetwork';
import type { NetworkModel } from './layersModel';
import type { DrawnInk, Embeddings, LoadedModel, PictureBatch } from './loadedModel';
import { mixInk } from './mixInk';

/** A model of pictures with a network beside it that reads the points of ink. */
export class InkAidedModel implements LoadedModel {
  /** For each class of the model its place among the classes of the network of points. */
  private readonly places: readonly number[];

  constructor(
    private readonly pictures: NetworkModel,
    private readonly points: InkNetwork,
  ) {
    this.places = pictures.card.classes.map((name) => points.card.classes.indexOf(name));
  }

  get card(): NetworkModel['card'] {
    return this.pictures.card;
  }

  probabilities(batch: PictureBatch): Promise<Float32Array> {
    return this.pictures.probabilities(batch);
  }

  async inkProbabilities(inks: readonly DrawnInk[], batch: PictureBatch): Promise<Float32Array> {
    const seen = await this.pictures.probabilities(batch);
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
