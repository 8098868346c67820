import type { Dataset } from '../../datasets/dataset';
import type { CardSource } from '../../models/card';
import type { LearnedHand } from '../../protocol/engine/personal';
import { nameOf } from '../training/cardParts';
import { PERSONS_OWN } from './personSamples';

/** What a model learned a hand from. */
export interface HandSources {
  readonly person: Dataset;
  /** Samples of other hands, and how many of them were learned. */
  readonly replay: { readonly name: string; readonly samples: number };
}

/** The data of a model that learned a user's hand: those of its base, the user's samples, and those of others. */
export function handData(
  base: readonly CardSource[],
  { person, replay }: HandSources,
  { learned }: Pick<LearnedHand, 'learned'>,
): CardSource[] {
  return [
    ...base,
    { name: nameOf(person), license: PERSONS_OWN, source: nameOf(person), samples: learned },
    {
      name: `${replay.name}, to keep other hands in mind`,
      license: 'as the dataset says',
      source: replay.name,
      samples: replay.samples,
    },
  ];
}

/** What the training of such a model came to, as its card names it. */
export function handSettings({ mix, person, original }: Pick<LearnedHand, 'mix' | 'person' | 'original'>) {
  return {
    mix,
    personBefore: person.before,
    personAfter: person.after,
    originalBefore: original.before,
    originalAfter: original.after,
  };
}
