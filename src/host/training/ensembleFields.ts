import { COMBINES, type Combine, MOST_MEMBERS } from '../../models/ensembleFile';
import type { Draft, FormField } from '../../protocol/trainingForm';

export const MEMBERS = 'ensemble.members';
export const COMBINE = 'ensemble.combine';

/** How the answers of an ensemble's members become one, in words. */
export const COMBINE_WORDS: Readonly<Record<Combine, { label: string; description: string }>> = {
  average: { label: 'Average', description: 'the mean of their probabilities' },
  vote: { label: 'Vote', description: 'the class that most of them hold for the likeliest' },
};

/** What the form asks beside a run's settings: how many runs there will be, and what becomes of their models. */
export const ENSEMBLE_FIELDS: readonly FormField[] = [
  {
    name: MEMBERS,
    label: 'Members',
    description:
      'Models trained one after the other, each with the next seed, to answer as one; 1 is no ensemble.',
    group: 'Ensemble',
    kind: 'integer',
    min: 1,
    max: MOST_MEMBERS,
    step: 1,
  },
  {
    name: COMBINE,
    label: 'Answer',
    description: 'How the answers of several members become one.',
    group: 'Ensemble',
    kind: 'choice',
    choices: COMBINES.map((value) => ({ value, ...COMBINE_WORDS[value] })),
  },
];

/** Their values where nothing else is chosen. */
export const NO_ENSEMBLE: Draft['settings'] = { [MEMBERS]: 1, [COMBINE]: 'average' satisfies Combine };
