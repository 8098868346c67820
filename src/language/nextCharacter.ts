import type { LanguageWeights } from './languageWeights';
import type { LikelyText } from './likelyText';
import { PrefixTree } from './prefixTree';

/** How likely single characters are at a place. One of them serves one place after the other and keeps its memory. */
export class NextCharacter {
  private tree: PrefixTree | undefined;

  constructor(private readonly weights: LanguageWeights) {}

  /**
   * For each of some characters a logarithm of how likely it is to be the next one; only differences have a meaning. All
   * are 0 where nothing is known of the text around.
   */
  likelihoods(place: LikelyText, characters: Iterable<string>): Map<string, number> {
    const isKnown = place.before !== '' || place.after !== '';
    const tree = (this.tree ??= new PrefixTree(place, this.weights));
    if (isKnown) tree.begin(place, this.weights);
    const scale = this.weights.trust[place.kind] * this.weights.language;
    const likely = (character: string) =>
      isKnown ? tree.score(tree.followed(tree.start, character)) / scale : 0;
    return new Map([...characters].map((character) => [character, likely(character)]));
  }
}
