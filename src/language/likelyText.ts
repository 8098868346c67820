import type { CharacterModel } from './characterModel';
import { isProse } from './languageKind';
import type { Lexicon } from './lexicon';
import type { TextKind } from './languageWeights';
import { likelyWords, type WordSources } from './likelyWords';
import { beforeInLine } from './writtenLines';

/** What is known of the place that a text is written for. */
export interface LikelyText {
  /** character models; their weights sum to one */
  readonly models: readonly WeightedModel[];
  readonly lexicon: Lexicon;
  readonly kind: TextKind;
  /** the text before the cursor, as far as it is known */
  readonly before: string;
  /** the text behind the cursor */
  readonly after: string;
}

export interface WeightedModel {
  readonly model: CharacterModel;
  readonly weight: number;
}

/** The models that ship with Scrawl. */
export interface CharacterModels {
  readonly code: CharacterModel;
  readonly prose: CharacterModel;
}

export interface TextSources extends WordSources {
  /** counted from the text around the cursor, as `documentModel` does; without it the text has none of its own */
  readonly document?: CharacterModel | undefined;
}

/** How much prose counts in prose, in comments and texts of code, in code, and where nobody knows the language. */
const PROSE: Record<TextKind, number> = { prose: 0.85, comment: 0.6, code: 0.1, unknown: 0.5 };

/** How much the text's own model counts where there is one. */
const DOCUMENT = 0.25;

/** What is likely at a place in a text of a language. */
export function likelyText(sources: TextSources, { code, prose }: CharacterModels): LikelyText {
  const { language, before, after, document } = sources;
  const kind = kindOf(language, before);
  const proseShare = PROSE[kind];
  const rest = document ? 1 - DOCUMENT : 1;
  const models = [
    { model: code, weight: rest * (1 - proseShare) },
    { model: prose, weight: rest * proseShare },
  ];
  if (document) models.push({ model: document, weight: DOCUMENT });
  return { models, lexicon: likelyWords(sources), kind, before, after };
}

function kindOf(language: string, before: string): TextKind {
  if (language === '') return 'unknown';
  if (isProse(language)) return 'prose';
  return isInComment(before) ? 'comment' : 'code';
}

/** Whether the cursor stands behind the start of a comment in its line. An `#include` is none. */
function isInComment(before: string): boolean {
  return /^\*|\/\*|(^|[^:])\/\/|^(#|--) /.test(beforeInLine(before, 400));
}
