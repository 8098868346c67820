import * as z from 'zod';
import { percent } from '../../../base/words';
import type { Dataset } from '../../../datasets/dataset';
import type { LineScores } from '../../../metrics/lineScores';
import type { LineCard, LineMetrics } from '../../../models/lineCard';
import type { LinePersonalization } from '../../../protocol/engine/personal';
import { nameOf } from '../../training/cardParts';
import { handData, handSettings } from '../handParts';
import type { LineReplay } from './lineReplay';

/** What a model of lines was before it, or one that it comes from, learned the first line of a user. */
export interface FirstLines {
  readonly name: string;
  /** Share of the characters of others' lines that it read wrong. */
  readonly cer: number;
  /** SHA-256 of those lines. */
  readonly measuredOn: string;
}

/** The settings by which the card of a personalized model names the first. */
const settingsSchema = z.object({
  'first.name': z.string(),
  'first.cer': z.number(),
  'first.measuredOn': z.string(),
});

/** What a card says of the first model; undefined for a model that is no personalized one. */
export function firstLinesOf({ training }: LineCard): FirstLines | undefined {
  const { data } = settingsSchema.safeParse(training.settings);
  return data && { name: data['first.name'], cer: data['first.cer'], measuredOn: data['first.measuredOn'] };
}

/** What a personalized model's card is made of. */
export interface PersonalLineFacts {
  readonly person: Dataset;
  readonly replay: LineReplay;
  /** On the lines of others, and on the user's. */
  readonly now: LineScores;
  readonly handNow: LineScores;
  readonly first: FirstLines;
  readonly report: LinePersonalization;
}

/** The card of a model of lines that learned a user's hand. */
export function personalLineCard(
  base: LineCard,
  { person, replay, now, handNow, first, report }: PersonalLineFacts,
): LineCard {
  const { learned, person: hand, original } = report;
  const share = (value: number) => percent(value, 1);
  return {
    ...base,
    description:
      `${base.name}, which learned the hand of one person from ${learned} words and lines. ` +
      `Of that hand's that it had not seen it reads ${share(hand.before)} of the characters wrong before and ` +
      `${share(hand.after)} after, of ${original.dataset} ${share(original.before)} before and ` +
      `${share(original.after)} after.`,
    data: handData(
      base.data,
      { person, replay: { name: replay.name, samples: replay.train.length } },
      report,
    ),
    training: {
      settings: {
        personalized: base.name,
        'first.name': first.name,
        'first.cer': first.cer,
        'first.measuredOn': first.measuredOn,
        ...handSettings(report),
      },
      history: [],
    },
    metrics: [metricsOf(replay.name, 'test', now), metricsOf(nameOf(person), 'held out', handNow)],
    backend: 'wasm',
  };
}

function metricsOf(dataset: string, split: string, { lines, cer, exact }: LineScores): LineMetrics {
  return { dataset, split, samples: lines, decoding: 'greedy', cer: cer.value, exact: exact.value };
}
