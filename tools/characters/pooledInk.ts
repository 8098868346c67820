import type { Ink } from '../../src/ink/ink';

/** Ink of one character. */
export interface PooledInk {
  readonly ink: Ink;
  readonly penWidth: number | undefined;
  readonly classes: readonly number[];
  /** Where that is known. */
  readonly writer?: string | undefined;
}
