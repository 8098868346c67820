import { ModelError } from '../../errors';
import { MOST_NUMBERS } from '../bounds';

/** How many numbers a model may have in memory: a small file can ask for the same ones again and again. */
export class NumberBudget {
  private left = MOST_NUMBERS;

  /** @throws ModelError where these are more than there may be */
  take(count: number): void {
    this.left -= count;
    if (this.left >= 0) return;
    throw new ModelError(
      `The model has more than ${String(MOST_NUMBERS / 2 ** 20)} million weights: take a smaller one.`,
    );
  }
}
