import { identifiersAround } from './identifiers';
import { keywordsOf } from './keywords/keywords';
import { Lexicon, type WordGroup } from './lexicon';

/** Where the words of a text may come from. */
export interface WordSources {
  /** VS Code's language id */
  readonly language: string;
  readonly before: string;
  readonly after: string;
  /** what the completion provider offers at the cursor */
  readonly offered?: readonly string[];
  /** a lexicon given with the ink, as of a lexicon file */
  readonly given?: ReadonlyMap<string, number>;
  /** names of the other open editors, as `identifiersAround` weighs them */
  readonly elsewhere?: ReadonlyMap<string, number>;
}

/** How much each source counts, where it has words. */
const SHARES = { offered: 4, given: 4, around: 4, elsewhere: 1, keywords: 2 };

/** The lexicon for a place: of all its sources, each by how near it is to what is written. */
export function likelyWords(sources: WordSources): Lexicon {
  const { language, before, after, offered = [], given, elsewhere } = sources;
  const groups: WordGroup[] = [
    { share: SHARES.offered, words: offered.map((word) => [word, 1] as const) },
    { share: SHARES.given, words: given ?? [] },
    { share: SHARES.around, words: identifiersAround(before, after) },
    { share: SHARES.elsewhere, words: elsewhere ?? [] },
    { share: SHARES.keywords, words: keywordsOf(language).map((word) => [word, 1] as const) },
  ];
  return Lexicon.of(groups);
}
