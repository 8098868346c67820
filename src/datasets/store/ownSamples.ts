import { MY_HANDWRITING } from './myHandwriting';
import { MY_LINES } from './myLines';

/** Whether a dataset is of what the user kept from the pad: it exists nowhere else. */
export function isOwnSamples(id: string): boolean {
  return id === MY_HANDWRITING || id === MY_LINES;
}
