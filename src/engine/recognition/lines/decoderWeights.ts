import type { LanguageWeights } from '../../../language/languageWeights';

/** What the decoder weighs with, found by npm run fit:decoder on lines of writers that no model learns from. */
export interface DecoderWeights extends LanguageWeights {
  /** the gap, against what is usual in the line as a logarithm, at which a space is as likely as none, whatever the language */
  readonly spaceGap: number;
  /** how fast a space becomes likelier with the gap: the slope of the logistic function */
  readonly spaceSlope: number;
  /** the probability of a space is never nearer to 0 or 1 than this */
  readonly spaceDoubt: number;
  /** the logarithms of candidates are multiplied by this before they become probabilities */
  readonly temperature: number;
}

export const DECODER_WEIGHTS: DecoderWeights = {
  language: 0.35,
  trust: { prose: 1.15, comment: 1.15, code: 1.45, unknown: 1 },
  surprise: 0.06,
  length: 1.5,
  lexicon: 0.95,
  after: 0.5,
  closed: 0.4,
  mismatched: 2,
  unclosed: 1,
  spaceGap: 1.05,
  spaceSlope: 4.2,
  spaceDoubt: 0.001,
  temperature: 0.8,
};
