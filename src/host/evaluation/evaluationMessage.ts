import { arranged, confusedPairs } from '../../metrics/confusion';
import { occurring, orderByError, orderBySimilarity } from '../../metrics/order';
import type { Comparison, ShownEvaluation } from '../../protocol/pages/evaluation';
import type { LiveEvaluation } from './liveEvaluation';

/** Pairs that are listed: what is rarer is found in the matrix. */
const MOST_PAIRS = 200;

/**
 * An evaluation as its page shows it.
 *
 * @param lists whether the page lists samples itself, as far as they can be shown
 */
export function evaluationMessage(live: LiveEvaluation, lists: boolean): ShownEvaluation {
  const { figures, spec, stale, staleSamples, incomparable } = live;
  const { header } = live.evaluation;
  const { confusion, classes, perClass } = figures;
  const comparison = comparisonOf(live);
  return {
    type: 'evaluation',
    model: header.modelName,
    dataset: live.datasetName,
    split: header.key.split,
    judging: spec.judging,
    lists: lists && staleSamples === undefined,
    ...(stale !== undefined && { stale }),
    created: header.created,
    backend: header.backend,
    samplesPerSecond: header.milliseconds > 0 ? (1000 * header.samples) / header.milliseconds : 0,
    ...figuresShown(live),
    classes: [...classes],
    perClass: perClass.map(({ mostConfusedWith, ...scores }) => ({
      ...scores,
      ...(mostConfusedWith !== undefined && { mostConfusedWith }),
    })),
    writers: [...live.writers],
    confusion: Uint32Array.from(confusion.flat()),
    orders: ordersOf(confusion),
    pairs: confusedPairs(confusion).slice(0, MOST_PAIRS),
    ...(comparison && { comparison }),
    ...(incomparable !== undefined && { incomparable }),
  };
}

function figuresShown({ figures }: LiveEvaluation) {
  const { samples, leftOut, accuracy, interval, top3, loss, macro, weighted, calibration } = figures;
  const bins = calibration.bins.map((bin) => ({ ...bin }));
  return {
    ...{ samples, leftOut, accuracy, interval, top3, loss, macro, weighted },
    calibration: { error: calibration.error, bins },
  };
}

/** The classes that occur, in every order that there is. */
function ordersOf(confusion: readonly (readonly number[])[]): ShownEvaluation['orders'] {
  const seen = occurring(confusion);
  const matrix = arranged(confusion, seen);
  const named = (order: readonly number[]) => order.map((at) => seen[at] ?? 0);
  return { class: seen, error: named(orderByError(matrix)), similarity: named(orderBySimilarity(matrix)) };
}

function comparisonOf({ comparison, other }: LiveEvaluation): Comparison | undefined {
  if (!comparison || !other) return undefined;
  const { samples, first, second, test, perClass } = comparison;
  const { onlyFirst, onlySecond, p, method } = test;
  return {
    model: other.header.modelName,
    ...{ samples, first, second, onlyFirst, onlySecond, p, method },
    perClass: perClass.map((each) => ({ ...each })),
  };
}
