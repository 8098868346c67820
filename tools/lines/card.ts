import { FEATURES } from '../../src/ink/lines/features';
import { STEP } from '../../src/ink/lines/resample';
import { FRAME_STRIDE } from '../../src/engine/training/lines/lineLearner';
import type { LineCard } from '../../src/models/lineCard';
import type { CardSource } from '../../src/models/card';
import { SCRAWL_LINE } from '../../src/networks/scrawlLine';
import { CHARACTERS } from './alphabet';
import { LEARNED_PACKAGES } from './sources';

const UNIPEN = {
  license:
    'CC BY 4.0 (Zenodo 1195803); the README of 1999 spoke of research only. Guyon, Schomaker, Plamondon, Liberman and Janet 1994',
  source: 'UNIPEN train_r01_v07, https://doi.org/10.5281/zenodo.1195803',
};

/** What the card says of the data; the writers that are measured on are not among them. */
const DATA: readonly Omit<CardSource, 'samples'>[] = [
  { name: 'UNIPEN words', ...UNIPEN },
  { name: 'UNIPEN lines', ...UNIPEN },
  { name: 'UNIPEN isolated characters, set side by side', ...UNIPEN },
  {
    name: 'CROHME 2013 expressions of one line',
    license: 'CC BY-NC-SA 3.0',
    source: 'CROHME 2013, Mouchère et al.; five sources of handwritten expressions',
  },
];

/** What a training did. */
export interface Training {
  readonly settings: LineCard['training']['settings'];
  readonly history: LineCard['training']['history'];
  readonly parameters: number;
  /** Of each source, in the order words, lines, characters, expressions. */
  readonly samples: readonly number[];
  readonly metrics: LineCard['metrics'];
  readonly backend: string;
}

export function makeCard({ settings, history, parameters, samples, metrics, backend }: Training): LineCard {
  return {
    name: 'Lines',
    kind: 'lines',
    description:
      'Reads characters, words and lines of pen strokes: the 94 printable ASCII characters. Ships with Scrawl; trained by ' +
      '`npm run train:lines`. The code that it learned is composed of single characters; its texts are made of statements ' +
      `and of sources of the npm packages ${LEARNED_PACKAGES.join(', ')}.`,
    classes: [...CHARACTERS],
    preprocessing: { kind: 'points', step: STEP, features: FEATURES, stride: FRAME_STRIDE },
    network: SCRAWL_LINE,
    parameters,
    data: DATA.map((source, index) => ({ ...source, samples: samples[index] ?? 0 })),
    training: { settings, history: [...history] },
    metrics: [...metrics],
    backend,
  };
}
