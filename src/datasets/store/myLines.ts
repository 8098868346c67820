import { KeptDataset } from './keptDataset';

/** The id of the dataset of the user's own words and lines. */
export const MY_LINES = 'my-lines';

/** The words and lines that the pad keeps, with their texts. */
export class MyLines extends KeptDataset {
  /** @param home the folder that datasets lie in */
  constructor(home: string, now?: () => Date) {
    const none = 'There is no line of your handwriting yet: write words on the pad and keep some first.';
    super(home, { id: MY_LINES, name: 'My Lines', none }, now);
  }
}
