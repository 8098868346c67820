import type { LayersModel } from '@tensorflow/tfjs-layers';
import { percent } from '../../base/words';
import type { Dataset } from '../../datasets/dataset';
import type { Figures } from '../../metrics/figures';
import type { Card, CardMetrics } from '../../models/card';
import type { Personalization } from '../../protocol/engine/personal';
import { nameOf } from '../training/cardParts';
import { firstModelSettings, type FirstModel } from './firstModel';
import { handData, handSettings } from './handParts';
import type { ReplaySet } from './replaySet';

/** What a personalized model's card is made of. */
export interface PersonalFacts {
  readonly classes: readonly string[];
  readonly layers: LayersModel;
  readonly person: Dataset;
  readonly replay: ReplaySet;
  /** On the original samples, and on the user's. */
  readonly now: Figures;
  readonly handNow: Figures;
  readonly first: FirstModel;
  readonly report: Personalization;
}

/** The card of a model that learned a user's hand. */
export function personalCard(base: Card, facts: PersonalFacts): Card {
  const { classes, layers, person, replay, now, handNow, first, report } = facts;
  const { learned } = report;
  return {
    ...base,
    description:
      `${base.name}, which learned the hand of one person from ${String(learned)} samples. ` +
      `On samples of that hand that it had not seen it reads ${percent(report.person.before, 1)} before and ` +
      `${percent(report.person.after, 1)} after, on ${report.original.dataset} ${percent(report.original.before, 1)} ` +
      `before and ${percent(report.original.after, 1)} after.`,
    classes: [...classes],
    parameters: layers.countParams(),
    data: handData(
      base.data,
      { person, replay: { name: replay.name, samples: replay.train.labels.length } },
      report,
    ),
    training: {
      settings: {
        personalized: base.name,
        ...firstModelSettings(first),
        ...handSettings(report),
      },
      history: [],
    },
    metrics: [metricsOf(replay.name, 'test', now), metricsOf(nameOf(person), 'held out', handNow)],
    backend: 'wasm',
  };
}

function metricsOf(dataset: string, split: string, figures: Figures): CardMetrics {
  const { samples, accuracy, top3, loss, macro } = figures;
  return { dataset, split, alphabet: 'all', samples, accuracy, top3, loss, macroF1: macro.f1 };
}
