import path from 'node:path';
import type { Random } from '../../src/base/random';
import type { CardSource } from '../../src/models/card';
import { BUNDLED_CLASSES } from './classes';
import { KINDS, NoCharacters } from './noCharacters';
import type { PooledInk } from './pooledInk';
import { chooser } from './pools';
import {
  CHARS74K,
  CHARS74K_WRITERS,
  checksumOf,
  CROHME,
  CROHME_WRITERS,
  inksOf,
  UNIPEN,
  wordsOf,
} from './sources';

/** Every so many-th writer is not learned from: what is to be fitted behind the network can be fitted to these. */
const HELD_OUT = 12;

/** Ink that the network of points learns from. */
export interface InkSource {
  readonly name: string;
  readonly share: number;
  readonly samples: number;
  /** What the network's card says of it; what is made of the others' ink has none. */
  readonly card?: CardSource;
  draw(random: Random): PooledInk;
}

/** Ink of characters of one source. */
interface NamedInk {
  readonly card: CardSource;
  readonly share: number;
  readonly learned: readonly PooledInk[];
}

/** Of the ink of the writers that Characters learns from: what of it, and its share of all draws. */
const PARTS = [
  {
    name: 'UNIPEN isolated characters, without the dev writers',
    file: path.join('unipen', 'characters.jsonl.gz'),
    part: 'train-isolated',
    share: 0.42,
    about: UNIPEN,
  },
  {
    name: 'UNIPEN characters cut from words, without the dev writers',
    file: path.join('unipen', 'characters.jsonl.gz'),
    part: 'train-cut',
    share: 0.12,
    about: UNIPEN,
  },
  {
    name: 'CROHME 2013, symbols of four fifths of the writers',
    file: 'crohme-2013-train-part.zip',
    part: CROHME_WRITERS,
    share: 0.2,
    about: CROHME,
  },
  {
    name: 'Chars74K EnglishHnd, writers 1 to 30',
    file: 'chars74k-hnd-writers01-35.json.gz',
    part: CHARS74K_WRITERS,
    share: 0.12,
    about: CHARS74K,
  },
] as const;

/** Shares of what is no character; halves are the hardest to know. */
const NONE_SHARES = { word: 0.02, scribble: 0.02, half: 0.1 };

/** The characters of the writers that Characters learns from, but for some writers. */
async function loadNamedInk(data: string): Promise<NamedInk[]> {
  const named: NamedInk[] = [];
  for (const { name, file, part, share, about } of PARTS) {
    const location = path.join(data, 'ink', file);
    const all = await inksOf(`${location}#${part}`);
    const writers = [...new Set(all.map(({ writer }) => writer))].sort();
    const out = new Set(writers.filter((_, index) => index % HELD_OUT === HELD_OUT - 1));
    const learned = all.filter(({ writer }) => !out.has(writer));
    named.push({
      card: { name, ...about, samples: learned.length, checksum: await checksumOf([location]) },
      share,
      learned,
    });
  }
  return named;
}

/** What the network of points learns from. */
export async function loadInkSources(data: string): Promise<InkSource[]> {
  const named = await loadNamedInk(data);
  const noCharacters = new NoCharacters(await wordsOf(data, 'train'), named[0]?.learned ?? []);
  return [
    ...named.map(({ card, share, learned }) => ({
      name: card.name,
      card,
      share,
      samples: learned.length,
      draw: chooser(learned, true),
    })),
    ...KINDS.map((kind) => ({
      name: `no character: ${kind}`,
      share: NONE_SHARES[kind],
      samples: noCharacters.size,
      draw: (random: Random) => noCharacters.draw(kind, random),
    })),
  ];
}

/** The outputs of the network: the classes and, behind them, what is none of them. */
export const INK_OUTPUTS = BUNDLED_CLASSES.length + 1;
