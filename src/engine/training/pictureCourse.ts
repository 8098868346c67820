import type { RunSettings } from '../../runs/runSettings';
import type { BatchSource } from './batches/batchMaker';
import { batchesOf, type MadeBatch, type Waiting } from './batches/batchStream';
import { BatchThreads, type BatchThreadsOptions } from './batches/batchThreads';
import { classWeights, epochOrder } from './batches/epochOrder';
import type { RunCheckpoint } from './checkpoint';
import type { Course, Lesson, Lessons, Validation } from './course';
import type { Batch, PictureTrainer } from './pictureTrainer';
import type { TrainingData } from './trainingData';

/** Samples that are judged at once when the weights are validated. */
const VALIDATION_BATCH = 256;
/** Points of a run's curves between its epochs: enough for a picture, few enough for a file. */
const POINTS_PER_EPOCH = 100;
const POINTS_PER_RUN = 5000;

/** A network that learns characters from pictures, which threads make. */
export class PictureCourse implements Course {
  private readonly threads: BatchThreads;
  private readonly weights: Float32Array | undefined;
  private readonly waiting: Waiting = { milliseconds: 0 };

  constructor(
    private readonly trainer: PictureTrainer,
    private readonly data: TrainingData,
    private readonly classes: readonly string[],
    private readonly settings: RunSettings,
    source: BatchSource,
    threads?: BatchThreadsOptions,
  ) {
    this.threads = new BatchThreads(source, threads);
    if (settings.classBalancing === 'weights')
      this.weights = classWeights(data.chosen, data.labels, classes.length);
  }

  get learnedFrom(): RunCheckpoint['data'] {
    return { checksum: this.data.checksum, classes: [...this.classes] };
  }

  /** Milliseconds in which the backend waited for batches. */
  get waited(): number {
    return this.waiting.milliseconds;
  }

  lessons(epoch: number): Lessons {
    const { chosen, labels } = this.data;
    const { classBalancing, seed, batchSize, epochs } = this.settings;
    const order = epochOrder(chosen, labels, classBalancing, seed, epoch);
    const batches = Math.ceil(order.length / batchSize);
    const points = Math.max(1, Math.min(POINTS_PER_EPOCH, Math.round(POINTS_PER_RUN / epochs)));
    return {
      samples: order.length,
      batches,
      pointEvery: Math.ceil(batches / points),
      from: (batch) => this.drawn(order, epoch, batch),
    };
  }

  private async *drawn(order: Uint32Array, epoch: number, from: number): AsyncGenerator<Lesson> {
    const options = { from, epoch, waiting: this.waiting };
    for await (const made of batchesOf(this.threads, order, this.settings.batchSize, options)) {
      yield {
        samples: made.indices.length,
        step: (learningRate) => this.trainer.step(this.batchOf(made, true), learningRate),
      };
    }
  }

  validate(): AsyncGenerator<void, Validation> | undefined {
    return this.data.held.length > 0 ? this.judged() : undefined;
  }

  private async *judged(): AsyncGenerator<void, Validation> {
    const { held } = this.data;
    let [loss, correct] = [0, 0];
    for await (const made of batchesOf(this.threads, held, VALIDATION_BATCH)) {
      const result = await this.trainer.judge(this.batchOf(made, false));
      loss += result.loss;
      correct += result.correct;
      yield;
    }
    return { validationLoss: loss / held.length, validationAccuracy: correct / held.length };
  }

  private batchOf({ indices, x }: MadeBatch, weighted: boolean): Batch {
    const { labels } = this.data;
    const classes = this.classes.length;
    const y = new Float32Array(indices.length * classes);
    indices.forEach((index, i) => (y[i * classes + (labels[index] ?? 0)] = 1));
    const { weights } = this;
    if (!weights || !weighted) return { x, y, size: indices.length };
    return {
      x,
      y,
      size: indices.length,
      weights: Float32Array.from(indices, (index) => weights[labels[index] ?? 0] ?? 0),
    };
  }

  saveWeights(): Promise<Float32Array[]> {
    return this.trainer.saveWeights();
  }

  restoreWeights(weights: readonly Float32Array[]): void {
    this.trainer.restoreWeights(weights);
  }

  save(): Promise<RunCheckpoint['trainer']> {
    return this.trainer.save();
  }

  restore(state: RunCheckpoint['trainer']): Promise<void> {
    return this.trainer.restore(state);
  }

  dispose(): Promise<void> {
    return this.threads.dispose();
  }
}
