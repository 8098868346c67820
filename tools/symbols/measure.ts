import type { SymbolModel } from '../../src/engine/recognition/symbolModel';
import type { SymbolMetrics } from '../../src/models/symbolCard';
import { groupBy } from '../../src/base/groupBy';
import type { DetexifyInk } from './sources';

const BATCH = 64;
/** The symbols with most samples are looked at by themselves. */
const FREQUENT = 200;

/** A drawing that was held out, and at which place its class came. */
export interface Ranked {
  readonly sample: DetexifyInk;
  /** 0 where it is the first. */
  readonly rank: number;
  readonly confidence: number;
  readonly best: number;
}

/** Reads all drawings. */
export async function rankAll(model: SymbolModel, samples: readonly DetexifyInk[]): Promise<Ranked[]> {
  const classes = model.card.classes.length;
  const ranked: Ranked[] = [];
  for (let from = 0; from < samples.length; from += BATCH) {
    const batch = samples.slice(from, from + BATCH);
    const probabilities = await model.probabilities(batch.map(({ ink }) => ink));
    batch.forEach((sample, at) => {
      const row = probabilities.subarray(at * classes, (at + 1) * classes);
      const truth = row[sample.index] ?? 0;
      const confidence = Math.max(...row);
      const rank = row.filter((each) => each > truth).length;
      ranked.push({ sample, rank, confidence, best: row.indexOf(confidence) });
    });
  }
  return ranked;
}

/**
 * The shares of drawings whose class is found, of all symbols and of the most frequent ones.
 *
 * @param counts how many drawings there are of each label
 */
export function symbolMetrics(
  ranked: readonly Ranked[],
  counts: ReadonlyMap<string, number>,
): SymbolMetrics[] {
  const frequent = new Set(
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, FREQUENT)
      .map(([label]) => label),
  );
  return [
    metricsOf(`Detexify, every tenth drawing, ${String(counts.size)} symbols`, ranked),
    metricsOf(
      `of these, the ${String(FREQUENT)} symbols with most drawings`,
      ranked.filter(({ sample }) => frequent.has(sample.key)),
    ),
  ];
}

function metricsOf(dataset: string, ranked: readonly Ranked[]): SymbolMetrics {
  const within = (places: number) =>
    ranked.filter(({ rank }) => rank < places).length / Math.max(1, ranked.length);
  return {
    dataset,
    split: 'held out',
    samples: ranked.length,
    top1: within(1),
    top5: within(5),
    top10: within(10),
  };
}

/** How many drawings there are of each symbol. */
export function countSymbols(samples: readonly DetexifyInk[]): Map<string, number> {
  return new Map([...groupBy(samples, ({ key }) => key)].map(([key, group]) => [key, group.length]));
}
