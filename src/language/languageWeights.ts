/** What a text is: a comment, or a text within code, is nearly prose; of an unknown language it may be anything. */
export type TextKind = 'prose' | 'comment' | 'code' | 'unknown';

/** How much each source of what text is likely counts, against a logarithm of what the ink says. */
export interface LanguageWeights {
  /** of the logarithm of the text's probability */
  readonly language: number;
  /** by how much more the text's probability and length count in texts of a kind */
  readonly trust: Readonly<Record<TextKind, number>>;
  /** the probability that a character follows no model: any is as likely then, so none costs too much */
  readonly surprise: number;
  /** added for each character: long texts are less likely than short ones, whatever the ink */
  readonly length: number;
  /** the probability that a word is one of the lexicon, 0 to below 1 */
  readonly lexicon: number;
  /** of what stands behind the cursor, against what stands before */
  readonly after: number;
  /** added where a bracket or quote is closed by its partner */
  readonly closed: number;
  /** taken off for a closing bracket that has no partner */
  readonly mismatched: number;
  /** taken off for each round or square bracket or quote that the text opens and leaves open */
  readonly unclosed: number;
}
