import type { Picture } from '../../src/protocol/ink';
import type { Chosen, ShownReading } from '../../src/protocol/pages/pad';

/** As many as the pad has keys for. */
export const PLACES = 5;

/** Whether the same is inserted for both. */
export function isSame(a: Chosen, b: Chosen): boolean {
  return a.text === b.text && a.symbol === b.symbol;
}

/** What the ink may say, and what the user chose of it until the ink changes. */
export class Readings {
  private given: readonly ShownReading[] = [];
  private chosen: ShownReading | undefined;
  /** What the network of characters saw. */
  picture: Picture | undefined;

  take(given: readonly ShownReading[], picture: Picture | undefined): void {
    this.given = given;
    this.picture = picture;
    this.chosen = undefined;
  }

  forget(): void {
    this.take([], undefined);
  }

  /** Makes a reading the first one. */
  choose(reading: ShownReading): void {
    this.chosen = reading;
  }

  /** The likeliest first, but for what the user chose. */
  get all(): readonly ShownReading[] {
    const { chosen } = this;
    if (!chosen) return this.given.slice(0, PLACES);
    return [chosen, ...this.given.filter((each) => !isSame(each, chosen))].slice(0, PLACES);
  }

  get first(): ShownReading | undefined {
    return this.all[0];
  }

  get isChosen(): boolean {
    return this.chosen !== undefined;
  }

  /** Whether the first one is likely enough, or was chosen. */
  isSure(notSureBelow: number): boolean {
    return this.first !== undefined && (this.isChosen || this.first.probability >= notSureBelow);
  }
}
