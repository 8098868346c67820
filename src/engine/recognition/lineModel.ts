import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Ink } from '../../ink/ink';
import { FEATURES, lineFeatures, type LineFeatures } from '../../ink/lines/features';
import type { Guide } from '../../ink/lines/guide';
import { pathsOf } from '../../ink/lines/path';
import { extendSpans, type InkSpan } from '../../ink/lines/spans';
import { ModelError } from '../../models/errors';
import { readLineCard, type LineCard } from '../../models/lineCard';
import { loadLayers } from '../models/layersModel';
import { FoldedNetwork } from './foldedNetwork';

/** What the network says of a line, frame by frame. */
export interface LineReading {
  readonly frames: number;
  /** Characters and, behind them, CTC's blank. */
  readonly classes: number;
  /** [frames, classes] natural logarithms; the exponentials of each row sum to 1. */
  readonly logProbabilities: Float32Array;
  /** For each frame the points of the ink that it was read from, a span for each stroke that it touches. */
  readonly framePoints: readonly (readonly InkSpan[])[];
  /** Height that the line was scaled by, in the ink's unit. */
  readonly height: number;
}

/** In training a line has zeros behind it, as long as it or shorter; without any it would end as none did there. */
const POINTS_BEHIND = 8;
/** Lengths are rounded up to a multiple of this, so that the backend meets few shapes. */
const LENGTHS = 32;

/** A model that reads lines, ready to compute. */
export class LineModel {
  /** For reading, once the weights do not change any more. */
  private folded: FoldedNetwork | undefined;

  constructor(
    readonly card: LineCard,
    readonly layers: LayersModel,
  ) {}

  /** Makes reading faster, from when on changes of the layers' weights are not seen. */
  fold(): void {
    this.folded ??= FoldedNetwork.of(this.card.network, this.layers);
  }

  /** What each class but the last stands for. */
  get characters(): readonly string[] {
    return this.card.classes;
  }

  /**
   * What each frame of a line may be of.
   *
   * @param guide the lines that the ink was written on, where they are known
   */
  async logProbabilities(ink: Ink, guide?: Guide): Promise<LineReading> {
    return this.read(lineFeatures(pathsOf(ink), { guide }));
  }

  /** What each frame of a line may be of, whose features are made already. */
  async read(line: LineFeatures): Promise<LineReading> {
    const classes = this.card.classes.length + 1;
    const { stride } = this.card.preprocessing;
    const frames = Math.ceil(line.points / stride);
    const framePoints = spansOf(line, frames, stride);
    if (frames === 0)
      return { frames, classes, logProbabilities: new Float32Array(), framePoints, height: line.height };
    const output = tf.tidy(() => {
      const length = Math.ceil((line.points + POINTS_BEHIND) / LENGTHS) * LENGTHS;
      const x = new Float32Array(length * FEATURES);
      x.set(line.values);
      const network = this.folded ?? this.layers;
      const logits = network.apply(tf.tensor3d(x, [1, length, FEATURES])) as tf.Tensor3D;
      return tf.logSoftmax(tf.slice(logits, [0, 0, 0], [1, frames, classes]));
    });
    try {
      const logProbabilities = Float32Array.from(await output.data());
      return { frames, classes, logProbabilities, framePoints, height: line.height };
    } finally {
      output.dispose();
    }
  }

  dispose(): void {
    this.folded?.dispose();
    this.layers.dispose();
  }
}

function spansOf({ points, stroke, source }: LineFeatures, frames: number, stride: number): InkSpan[][] {
  return Array.from({ length: frames }, (_, frame) => {
    const spans: InkSpan[] = [];
    for (let point = frame * stride; point < Math.min(points, (frame + 1) * stride); point++) {
      extendSpans(spans, stroke[point] ?? 0, source[point] ?? 0);
    }
    return spans;
  });
}

/**
 * Loads the folder of a model that reads lines.
 *
 * @throws ModelError where it is not whole, or its network gives another number of classes than its card
 */
export async function loadLineModel(folder: string): Promise<LineModel> {
  const card = await readLineCard(folder);
  const layers = await loadLayers(folder);
  if (layers.outputShape.at(-1) !== card.classes.length + 1 || card.preprocessing.features !== FEATURES) {
    layers.dispose();
    throw new ModelError(`The model in ${folder} is of another network than its card: import it again.`);
  }
  const model = new LineModel(card, layers);
  model.fold();
  return model;
}
