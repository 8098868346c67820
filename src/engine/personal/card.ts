import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Dataset } from '../../datasets/samples';
import type { Figures } from '../../metrics/figures';
import type { Card, CardMetrics } from '../../models/card';
import type { Personalization } from '../../protocol/personal';
import { nameOf } from '../training/run';
import { firstModelSettings, type FirstModel } from './firstModel';
import type { ReplaySet } from './replaySet';

/** The licence of samples that a person drew: no other data of a card has it. */
export const PERSONS_OWN = 'the person’s own';

/** What a personalised model's card is made of. */
export interface PersonalFacts {
  readonly classes: readonly string[];
  readonly layers: LayersModel;
  readonly person: Dataset;
  readonly replay: ReplaySet;
  /** On the original samples, and on the person's. */
  readonly now: Figures;
  readonly handNow: Figures;
  readonly first: FirstModel;
  readonly report: Personalization;
}

/** The card of a model that learnt a person's hand. */
export function personalCard(base: Card, facts: PersonalFacts): Card {
  const { classes, layers, person, replay, now, handNow, first, report } = facts;
  const { learnt, mix } = report;
  return {
    ...base,
    description:
      `${base.name}, which learnt the hand of one person from ${String(learnt)} samples. ` +
      `On samples of that hand that it had not seen it reads ${points(report.person.before)} before and ` +
      `${points(report.person.after)} after, on ${report.original.dataset} ${points(report.original.before)} ` +
      `before and ${points(report.original.after)} after.`,
    classes: [...classes],
    parameters: layers.countParams(),
    data: [
      ...base.data,
      { name: nameOf(person), licence: PERSONS_OWN, source: nameOf(person), samples: learnt },
      {
        name: `${replay.name}, to keep other hands in mind`,
        licence: 'as the dataset says',
        source: replay.name,
        samples: replay.train.labels.length,
      },
    ],
    training: {
      settings: {
        personalised: base.name,
        ...firstModelSettings(first),
        mix,
        personBefore: report.person.before,
        personAfter: report.person.after,
        originalBefore: report.original.before,
        originalAfter: report.original.after,
      },
      history: [],
    },
    metrics: [metricsOf(replay.name, 'test', now), metricsOf(nameOf(person), 'held out', handNow)],
    backend: 'wasm',
  };
}

function points(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function metricsOf(dataset: string, split: string, figures: Figures): CardMetrics {
  const { samples, accuracy, top3, loss, macro } = figures;
  return { dataset, split, alphabet: 'all', samples, accuracy, top3, loss, macroF1: macro.f1 };
}
