import { type Combine, COMBINES, MOST_MEMBERS } from '../../models/ensembleFile';
import type { Draft, FormField } from '../../protocol/pages/trainingForm';
import { COMBINE_WORDS } from '../models/combineWords';

export const MEMBERS = 'ensemble.members';
export const COMBINE = 'ensemble.combine';

/** What the form asks beside a run's settings: how many runs there will be, and what becomes of their models. */
export const ENSEMBLE_FIELDS: readonly FormField[] = [
  {
    name: MEMBERS,
    label: 'Members',
    description:
      'How many models to train, each with its own seed, and combine into an ensemble; 1 trains a single model.',
    group: 'Ensemble',
    kind: 'integer',
    min: 1,
    max: MOST_MEMBERS,
    step: 1,
  },
  {
    name: COMBINE,
    label: 'Answer',
    description: 'How the answers of the members are combined.',
    group: 'Ensemble',
    kind: 'choice',
    choices: COMBINES.map((value) => ({ value, ...COMBINE_WORDS[value] })),
  },
];

/** Their values where nothing else is chosen. */
export const NO_ENSEMBLE: Draft['settings'] = { [MEMBERS]: 1, [COMBINE]: 'average' satisfies Combine };
