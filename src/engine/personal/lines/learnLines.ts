import { setImmediate } from 'node:timers/promises';
import { Random } from '../../../base/random';
import type { RowText } from '../../../ink/lines/rowTexts';
import { HANDS, type LineVariation } from '../../../ink/lines/vary';
import { share } from '../../training/batches/sharedSamples';
import { lineBatches } from '../../training/lines/lineBatches';
import { labelsOf, type LineData } from '../../training/lines/lineData';
import type { LineLearner } from '../../training/lines/lineLearner';
import { learningRateFactor } from '../../training/schedule';
import type { LearnEvents } from '../learnHand';

/** How fast all weights learn. */
export interface Pace {
  readonly steps: number;
  /** At its highest. */
  readonly learningRate: number;
  /** Lines of a step. */
  readonly batch: number;
}
export const PACE: Pace = { steps: 60, learningRate: 0.0006, batch: 16 };
/** Lines of others for each of the user's, and at least so many a round. */
export const OTHERS = { each: 2, least: 24 };
/** One hand varies about half as much as hands differ. */
const OWN_HAND: LineVariation = {
  slant: HANDS.slant / 2,
  turn: HANDS.turn / 2,
  width: HANDS.width / 2,
  strokeShift: HANDS.strokeShift / 2,
  wave: HANDS.wave / 2,
};

/**
 * Trains on the user's lines and on those of others together, each varied anew in every round, with AdamW at a low rate.
 *
 * @param characters that the network tells apart
 * @param seed of the choice of lines and of their variations
 * @throws the signal's reason when it is aborted
 */
export async function learnLines(
  trainer: LineLearner,
  own: readonly RowText[],
  others: readonly RowText[],
  characters: readonly string[],
  { pace, seed }: { readonly pace: Pace; readonly seed: number },
  { signal, onProgress }: LearnEvents = {},
): Promise<void> {
  const data = lineData([...own, ...others], characters);
  const random = new Random(seed);
  for (let step = 0, round = 0; step < pace.steps; round++) {
    const order = roundOf(own.length, others.length, random);
    const options = { seed, epoch: round, strengths: OWN_HAND };
    let learned = false;
    for (const batch of lineBatches(data, order, pace.batch, options)) {
      await setImmediate();
      signal?.throwIfAborted();
      if (batch.lines === 0) continue;
      trainer.step(batch, pace.learningRate * learningRateFactor('cosine', step / pace.steps));
      learned = true;
      onProgress?.(++step, pace.steps);
      if (step >= pace.steps) return;
    }
    // nothing fits into the frames that it has
    if (!learned) return;
  }
}

/** The lines of a round: all of the user's, and as many others as go with them. */
function roundOf(own: number, others: number, random: Random): Uint32Array {
  const count = Math.min(others, Math.max(OTHERS.least, OTHERS.each * own));
  const drawn = random.permutation(others).subarray(0, count);
  const all = [...Array.from({ length: own }, (_, at) => at), ...Array.from(drawn, (at) => own + at)];
  return Uint32Array.from(random.shuffled(all));
}

/** Mean loss of a character of lines, without learning from them; 0 where there is none. */
export function lossOf(
  trainer: LineLearner,
  lines: readonly RowText[],
  characters: readonly string[],
): number {
  const data = lineData(lines, characters);
  let [loss, length] = [0, 0];
  for (const batch of lineBatches(data, data.chosen, PACE.batch, { seed: 0, epoch: 0 })) {
    if (batch.lines === 0) continue;
    loss += trainer.judge(batch).losses.reduce((sum, each) => sum + each, 0);
    length += batch.labels.reduce((sum, label) => sum + label.length, 0);
  }
  return loss / Math.max(1, length);
}

function lineData(lines: readonly RowText[], characters: readonly string[]): LineData {
  const labels = Uint16Array.from(lines.keys());
  const unknown = lines.map(() => undefined);
  const inks = lines.map(({ ink }) => ink);
  const guides = lines.map(({ guide }) => guide);
  return {
    samples: share({ kind: 'ink', inks, penWidths: unknown, guides, writers: unknown, labels }),
    labels,
    chosen: Uint32Array.from(lines.keys()),
    held: new Uint32Array(),
    checksum: '',
    characters,
    texts: labelsOf(
      lines.map(({ label }) => label),
      characters,
    ),
  };
}
