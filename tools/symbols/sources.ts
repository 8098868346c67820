import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { groupBy } from '../../src/base/groupBy';
import type { Random } from '../../src/base/random';
import { openDataset } from '../../src/datasets/open';
import type { InkSamples } from '../../src/datasets/samples';
import type { Ink } from '../../src/ink/ink';
import { readJsonLines } from '../../src/ink/jsonLines';
import type { CardSource } from '../../src/models/card';
import type { SymbolTable } from '../../src/symbols/symbolTable';
import { scribble } from '../characters/noCharacters';
import { UNIPEN } from '../characters/sources';
import { inkOf, readUnipen, type Written } from '../lines/written';
import { letterAndMark, withMark } from './marks';

/** Of the numbers in the rows' ids, those that this divides are held out. */
const HELD_OUT = 10;
/** What CROHME and UNIPEN call otherwise, or mean otherwise: a root has its line, an apostrophe leans. */
const OTHERWISE: Readonly<Record<string, string | undefined>> = { '√': '\\sqrt{}', "'": undefined };

/** Ink, and the class that it is of. */
export interface SymbolInk {
  readonly ink: Ink;
  /** Undefined for what is no symbol. */
  readonly index: number | undefined;
}

/** Samples of one source that a training draws from, and the share of all draws that it gets. */
export interface SymbolSource {
  readonly share: number;
  readonly card: CardSource;
  draw(random: Random): SymbolInk;
}

/** Reads all that the model of symbols learns from. */
export async function loadSymbolSources(data: string, table: SymbolTable): Promise<SymbolSource[]> {
  const detexifyFile = path.join(data, 'symbols', 'detexify.jsonl.gz');
  const crohmeFile = path.join(data, 'ink', 'crohme-2013-train-part.zip');
  const unipenFile = path.join(data, 'ink', 'unipen', 'characters.jsonl.gz');
  const unipen = (await readUnipen(unipenFile, false)).train.map(unpacked);
  const { learned } = await loadDetexify(data, table);
  const symbolsOf = (inks: readonly Labeled[]) =>
    inks.flatMap(({ text, ink }) => {
      const index = indexOfText(table, text);
      return index === undefined ? [] : [{ ink, index }];
    });
  const characters = unipen.filter(({ text }) => /^[A-Za-z0-9]$/.test(text));
  return [
    await source('Detexify, without every tenth drawing', 0.72, DETEXIFY, detexifyFile, learned),
    await source(
      'CROHME 2013, symbols of four fifths of the writers',
      0.06,
      { license: 'CC BY-NC-SA 3.0', source: 'Mouchère et al., CROHME 2013' },
      crohmeFile,
      symbolsOf(await labeled(`${crohmeFile}#writers1-4/5`)),
    ),
    await source('UNIPEN signs, without the dev writers', 0.04, UNIPEN, unipenFile, symbolsOf(unipen)),
    await marked(table, unipen, unipenFile),
    await noSymbols(characters, unipenFile),
  ];
}

const DETEXIFY = {
  license: 'ODbL 1.0',
  source: 'Detexify, https://detexify.kirelabs.org, by Daniel Kirsch and its users',
};

/** A drawing of Detexify; `key` is its symbol: the command and its package. */
export interface DetexifyInk extends SymbolInk {
  readonly index: number;
  readonly key: string;
}

/** The drawings of Detexify, those that are learned from and those that are held out. */
export async function loadDetexify(
  data: string,
  table: SymbolTable,
): Promise<{ learned: DetexifyInk[]; heldOut: DetexifyInk[] }> {
  const bytes = await readFile(path.join(data, 'symbols', 'detexify.jsonl.gz'));
  const indices = new Map(table.classes.map((each, index) => [each, index]));
  const text = gunzipSync(bytes).toString('utf8');
  const packages = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; package?: string })
      .map((line) => [line.id, line.package ?? '']),
  );
  const all = readJsonLines(text).flatMap(({ id, label = '', ink }) => {
    const found = table.of(label);
    const drawn = ink.filter((stroke) => stroke.length > 0);
    if (!found || drawn.length === 0) return [];
    const isHeldOut = Number(id.replace(/\D/g, '')) % HELD_OUT === 0;
    const key = `${label} ${packages.get(id) ?? ''}`;
    return [{ ink: drawn, key, index: indices.get(found) ?? 0, isHeldOut }];
  });
  return {
    learned: all.filter(({ isHeldOut }) => !isHeldOut),
    heldOut: all.filter(({ isHeldOut }) => isHeldOut),
  };
}

interface Labeled {
  readonly text: string;
  readonly ink: Ink;
}

/** Is unpacked each time: millions of points as objects keep the memory's collector busy. */
function unpacked(written: Written): Labeled {
  return {
    text: written.text,
    get ink() {
      return inkOf(written);
    },
  };
}

async function labeled(id: string): Promise<Labeled[]> {
  const dataset = await openDataset(id);
  const { inks, labels } = (await dataset.load('all')) as InkSamples;
  return inks.map((ink, index) => ({ ink, text: dataset.classes[labels[index] ?? 0] ?? '' }));
}

/** The class that has a symbol of this text. */
function indexOfText(table: SymbolTable, text: string): number | undefined {
  const id = text in OTHERWISE ? OTHERWISE[text] : undefined;
  if (text in OTHERWISE && id === undefined) return undefined;
  const index = table.classes.findIndex(
    (each) => each.id === id || each.symbols.some((symbol) => symbol.text === text),
  );
  return index < 0 ? undefined : index;
}

async function source(
  name: string,
  share: number,
  about: { license: string; source: string },
  file: string,
  inks: readonly SymbolInk[],
): Promise<SymbolSource> {
  return {
    share,
    card: { name, ...about, samples: inks.length, checksum: await checksum(file) },
    draw: classWise(inks),
  };
}

/** Draws classes by the root of their counts: rare ones oftener, frequent ones not seldom. */
function classWise(inks: readonly SymbolInk[]): (random: Random) => SymbolInk {
  const groups = [...groupBy(inks, ({ index }) => index).values()];
  const ends: number[] = [];
  groups.forEach((group, at) => ends.push((ends[at - 1] ?? 0) + Math.sqrt(group.length)));
  return (random) => {
    const place = random.next() * (ends.at(-1) ?? 0);
    const group = groups[ends.findIndex((end) => place < end)] ?? groups[0] ?? [];
    return group[random.integer(group.length)] as SymbolInk;
  };
}

/** Letters of UNIPEN with marks that are composed: nobody's real é is among the data. */
async function marked(table: SymbolTable, unipen: readonly Labeled[], file: string): Promise<SymbolSource> {
  const letters = groupBy(unipen, ({ text }) => text);
  const forms = table.classes.flatMap(({ symbols }, index) =>
    symbols.flatMap(({ text = '' }) => {
      const parts = letterAndMark(text);
      return parts && letters.has(parts.letter) ? [{ ...parts, index }] : [];
    }),
  );
  const name = 'UNIPEN letters, without the dev writers, with composed accents';
  return {
    share: 0.1,
    card: { name, ...UNIPEN, samples: forms.length, checksum: await checksum(file) },
    draw: (random) => {
      const form = forms[random.integer(forms.length)];
      const drawn = letters.get(form?.letter ?? '') ?? [];
      const ink = drawn[random.integer(drawn.length)]?.ink ?? [];
      return { ink: withMark(ink, form?.mark ?? '', random), index: form?.index };
    },
  };
}

/** Of so many samples of no symbol, one is a scribble. */
const SCRIBBLES = 4;

/** Letters, digits and scribbles: what the model is to be unsure of. */
async function noSymbols(characters: readonly Labeled[], file: string): Promise<SymbolSource> {
  return {
    share: 0.08,
    card: {
      name: 'UNIPEN letters and digits, without the dev writers, and scribbles: what is no symbol',
      ...UNIPEN,
      samples: characters.length,
      checksum: await checksum(file),
    },
    draw: (random) => {
      const isScribble = random.integer(SCRIBBLES) === 0;
      const ink = isScribble ? scribble(random) : characters[random.integer(characters.length)]?.ink;
      return { ink: ink ?? [], index: undefined };
    },
  };
}

async function checksum(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
