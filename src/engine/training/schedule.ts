import type { Schedule } from '../../runs/runSettings';

/** Share of a one-cycle run that warms up (Smith 2018). */
const WARM_UP = 0.15;

/**
 * The factor on the learning rate at a point of a run.
 *
 * @param progress 0 at the start, 1 at the end
 * @returns 0 to 1
 */
export function learningRateFactor(schedule: Schedule, progress: number): number {
  switch (schedule) {
    case 'constant':
      return 1;
    case 'step':
      return 0.1 ** Math.floor(progress * 3);
    case 'cosine':
      return cosine(progress);
    case 'one-cycle':
      return progress < WARM_UP
        ? 0.04 + (0.96 * progress) / WARM_UP
        : cosine((progress - WARM_UP) / (1 - WARM_UP));
  }
}

/** Half a cosine from 1 to 0 (Loshchilov and Hutter 2017). */
function cosine(progress: number): number {
  return (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
}
