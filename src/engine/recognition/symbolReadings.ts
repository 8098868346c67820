import type { Ink } from '../../ink/ink';
import { rasterize } from '../../ink/rasterize';
import type { Reading, Span } from '../../protocol/ink';
import type { LoadedModel } from '../models/loadedModel';
import { prototypeScores, type Prototype, withPrototypes } from '../personal/prototypes';
import type { SymbolModel } from './symbolModel';

/** What reads symbols, and what is asked of it. */
export interface SymbolRequest {
  readonly symbols: SymbolModel;
  /** Knows the user's own symbols by their likeness to prototypes. */
  readonly characters: LoadedModel;
  readonly prototypes: readonly Prototype[];
  readonly ink: Ink;
  readonly penWidth?: number | undefined;
  readonly top: number;
}

/**
 * What ink may be as one symbol, of the model's or the user's own, most likely first.
 *
 * @throws InkError where the ink has no point, or a coordinate that is not a finite number
 */
export async function symbolReadings(request: SymbolRequest): Promise<Reading[]> {
  const { symbols, characters, prototypes, ink, penWidth, top } = request;
  const side = characters.card.preprocessing.height;
  const pixels = rasterize(ink, { penWidth, side });
  const size = { width: side, height: side };
  const [scores = []] = await prototypeScores(characters, pixels, size, 1, prototypes);
  const shares = withPrototypes(await symbols.probabilities([ink]), scores);
  const { classes } = symbols.card;
  const alignment = [wholeOf(ink)];
  return shares
    .map((probability, at): Reading => {
      const symbol = classes[at];
      const common = { probability, isPlain: false, alignment };
      if (symbol !== undefined) return { ...common, text: symbol, symbol };
      return { ...common, text: prototypes[at - classes.length]?.label ?? '', isOwn: true };
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}

/** Every point of ink. */
function wholeOf(ink: Ink): Span[] {
  return ink.flatMap((points, stroke) =>
    points.length === 0 ? [] : [{ stroke, from: 0, to: points.length - 1 }],
  );
}
