import type { RunSettings } from '../../../runs/runSettings';
import { epochOrder } from '../batches/epochOrder';
import type { RunCheckpoint } from '../checkpoint';
import type { Course, Lesson, Lessons, Validation } from '../course';
import type { StepResult } from '../pictureTrainer';
import { lineBatches, type MadeLines } from './lineBatches';
import { variationOf, type LineData } from './lineData';
import type { LineLearner } from './lineLearner';
import { fromSlots, toSlots } from './slots';

/** Batches between two points of the curves. */
const POINT_EVERY = 20;

/** A network that learns to read lines of ink. What counts as right is a line that is read without an error. */
export class LineCourse implements Course {
  constructor(
    private readonly trainer: LineLearner,
    private readonly data: LineData,
    private readonly settings: RunSettings,
  ) {}

  get learnedFrom(): RunCheckpoint['data'] {
    return { checksum: this.data.checksum, classes: [...this.data.characters] };
  }

  lessons(epoch: number): Lessons {
    const { chosen, labels } = this.data;
    const order = epochOrder(chosen, labels, 'none', this.settings.seed, epoch);
    return {
      samples: order.length,
      pointEvery: POINT_EVERY,
      from: (batch) => this.drawn(order, epoch, batch),
    };
  }

  private *drawn(order: Uint32Array, epoch: number, from: number): Generator<Lesson> {
    const { seed, batchSize, augmentation } = this.settings;
    const options = { seed, epoch, strengths: variationOf(augmentation) };
    let at = 0;
    for (const lines of lineBatches(this.data, order, batchSize, options)) {
      if (at++ >= from) yield { samples: lines.drawn, step: (rate) => this.step(lines, rate) };
    }
  }

  private step(lines: MadeLines, learningRate: number): Promise<StepResult | undefined> {
    if (lines.lines === 0) return Promise.resolve(undefined);
    const { loss, right } = this.trainer.step(lines, learningRate);
    return Promise.resolve({ loss, correct: right });
  }

  validate(): AsyncGenerator<void, Validation> | undefined {
    return this.data.held.length > 0 ? this.judged() : undefined;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as the judging of pictures, which waits for threads
  private async *judged(): AsyncGenerator<void, Validation> {
    const { data, settings } = this;
    let [loss, characters, right] = [0, 0, 0];
    for (const lines of lineBatches(data, data.held, settings.batchSize, { seed: settings.seed, epoch: 0 })) {
      if (lines.lines > 0) {
        const judged = this.trainer.judge(lines);
        loss += judged.losses.reduce((sum, each) => sum + each, 0);
        right += judged.right;
      }
      characters += lines.labels.reduce((sum, label) => sum + label.length, 0);
      yield;
    }
    return { validationLoss: loss / Math.max(1, characters), validationAccuracy: right / data.held.length };
  }

  saveWeights(): Promise<Float32Array[]> {
    return this.trainer.saveWeights();
  }

  restoreWeights(weights: readonly Float32Array[]): void {
    this.trainer.restoreWeights(weights);
  }

  async save(): Promise<RunCheckpoint['trainer']> {
    const { optimizer, ...state } = await this.trainer.save();
    return { ...state, optimizer: toSlots(optimizer) };
  }

  restore({ optimizer, ...state }: RunCheckpoint['trainer']): Promise<void> {
    this.trainer.restore({ ...state, optimizer: fromSlots(optimizer) });
    return Promise.resolve();
  }
}
