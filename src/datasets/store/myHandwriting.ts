import { KeptDataset } from './keptDataset';

/** The id of the dataset of the user's own characters. */
export const MY_HANDWRITING = 'my-handwriting';

/** The characters that the pad keeps. */
export class MyHandwriting extends KeptDataset {
  /** @param home the folder that datasets lie in */
  constructor(home: string, now?: () => Date) {
    const none = 'There is no sample of your handwriting yet: keep some from the pad first.';
    super(home, { id: MY_HANDWRITING, name: 'My Handwriting', none }, now);
  }
}
