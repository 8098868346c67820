import type { Combine } from '../../models/ensembleFile';

/** How the answers of an ensemble's members become one, in words. */
export const COMBINE_WORDS: Readonly<Record<Combine, { label: string; description: string }>> = {
  average: { label: 'Average', description: 'the mean of their probabilities' },
  vote: { label: 'Vote', description: 'the class that most of them hold for the likeliest' },
};
