import { toKeep } from './keepBest';
import { nextTrial } from './nextTrial';
import type { SweepFile } from './sweepFile';

/** Whether nothing is left of a sweep: no trial to train, and no model to keep. */
export function isDone(sweep: SweepFile): boolean {
  return nextTrial(sweep) === undefined && toKeep(sweep) === undefined;
}
