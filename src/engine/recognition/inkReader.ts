import { isDeepStrictEqual } from 'node:util';
import { membership } from '../../base/alphabet';
import type { Ink } from '../../ink/ink';
import type { Guide } from '../../ink/lines/guide';
import { laterInPlace } from '../../ink/lines/laterInPlace';
import { pathsOf } from '../../ink/lines/path';
import { guideOfRow, rowsOf } from '../../ink/lines/rows';
import { boundsOf } from '../../ink/rasterize';
import type { LikelyText } from '../../language/likelyText';
import { NextCharacter } from '../../language/nextCharacter';
import { InkError } from '../../ink/errors';
import { ModelError } from '../../models/errors';
import { type Candidate, charactersOf, type Reading, type Span } from '../../protocol/ink';
import type { LoadedModel } from '../models/loadedModel';
import type { Prototype } from '../personal/prototypes';
import type { LineModel } from './lineModel';
import { characterSpans } from './lines/characterSpans';
import { DECODER_WEIGHTS } from './lines/decoderWeights';
import { joinRows } from './lines/joinRows';
import { LineDecoder, type LineCandidate } from './lines/lineDecoder';
import { placeOf } from './lines/placeEvidence';
import { readRow, type RowFrames } from './lines/rowFrames';
import { singleLikelihoods } from './lines/singleLikelihood';
import { oneCharacterProbability } from './oneCharacter';
import { recognizeInk, type Recognition } from './recognize';
import { singleCandidates, type SingleCharacter } from './singleCharacter';

/** More strokes than this are no single character. */
const MOST_STROKES = 6;
/** Rows are told within seconds of so many strokes; a full page has some thousands. */
const MOST_TOGETHER = 10_000;
/** A dot is so many widths of the pen at most. */
const DOT = 1.5;
/** Texts of a row that are followed where it is open whether it is one character. */
const FOLLOWED = 32;
/** As likely as this, ink is read as one character. */
const LIKELY_ONE = 0.5;
/** Less likely than this, ink is not read as one character. */
const UNLIKELY = 0.002;

/** What reads ink, and what is asked of it. */
export interface InkRequest {
  readonly characters: LoadedModel;
  readonly lines: LineModel;
  readonly prototypes: readonly Prototype[];
  readonly ink: Ink;
  readonly penWidth?: number | undefined;
  /** The lines that the ink was written on, where they are known. */
  readonly guide?: Guide | undefined;
  /** Strokes that begin behind a space for certain. */
  readonly spaces?: readonly number[] | undefined;
  /** An alphabet's name or its characters. */
  readonly alphabet: string;
  /** The user chose the model of characters: what is most likely a single character is read by it alone. */
  readonly chosen?: boolean | undefined;
  readonly top: number;
  /** `line` is one row, of one character or more; `auto` may be several. */
  readonly mode: 'auto' | 'character' | 'line';
  /** What is likely where the text goes. */
  readonly likely: LikelyText;
}

export interface InkReadings {
  /** Most likely first, the plain reading among them or behind them. */
  readonly readings: Reading[];
  /** What the network of characters saw, where the likeliest reading is one character. */
  readonly picture?: Recognition['picture'] | undefined;
}

/** A row of the ink that the network of lines has read, and which strokes of the ink it has. */
interface SeenRow {
  readonly strokes: readonly number[];
  readonly read: RowFrames;
}

/** Ink that the networks have read, whatever is likely where it goes. */
interface Seen {
  readonly of: Omit<InkRequest, 'likely' | 'top'>;
  readonly rows: readonly SeenRow[];
  /** Where it may be one character. */
  readonly single?: SeenCharacter | undefined;
}
interface SeenCharacter extends SingleCharacter {
  readonly picture: Recognition['picture'];
  /** The ink as one row. */
  readonly row: SeenRow;
}

/** Reads ink of a character, a word, a line or several rows. It keeps what the networks said of the last ink. */
export class InkReader {
  private readonly decoder = new LineDecoder();
  private readonly next = new NextCharacter(DECODER_WEIGHTS);
  private last: Seen | undefined;

  /**
   * What ink may say.
   *
   * @throws InkError where the ink is empty, not finite or too long, ModelError where the models know none of the
   *   alphabet
   */
  async read(request: InkRequest): Promise<InkReadings> {
    const { rows, single } = await this.see(request);
    if (!single) return { readings: this.readRows(rows, request) };
    const followed = this.readRow(single.row, { ...request, top: FOLLOWED });
    const share = request.mode === 'character' ? 1 : shareOfOne(single, followed);
    const alone = share > UNLIKELY ? this.readCharacter(single, request) : [];
    if (request.chosen === true && share >= LIKELY_ONE) return { readings: alone, picture: single.picture };
    const longer = rows.length > 1 ? this.readRows(rows, request) : followed.filter((each) => !isAlone(each));
    const readings = mixed(alone, share, longer, request.top);
    return { readings, picture: isAlone(readings[0]) ? single.picture : undefined };
  }

  /**
   * What a reading may be instead at one of its characters: whole texts, likeliest first, the text itself among them.
   *
   * @param at which of the text's characters, from 0
   * @returns none where the text has other rows than the ink
   */
  async alternatives(request: InkRequest, text: string, at: number): Promise<Reading[]> {
    const { rows, single } = await this.see(request);
    if (single && isOneOf(single, text)) return this.readCharacter(single, request);
    const texts = text.split('\n');
    if (texts.length !== rows.length) return [];
    let begin = 0;
    let { before } = request.likely;
    for (const [index, part] of texts.entries()) {
      const row = rows[index];
      const end = begin + [...part].length;
      if (row && at < end) {
        const { top, likely } = request;
        const options = { allowed: allowedIn(request), top };
        const place = { ...likely, before };
        const instead = this.decoder.alternatives(row.read.frames, place, part, at - begin, options);
        const all = rows.map((each, other) => [
          readingOf(each, this.decoder.aligned(each.read.frames, texts[other] ?? '', options)),
        ]);
        all[index] = instead.map((candidate) => readingOf(row, candidate));
        return joinRows(all, top);
      }
      begin = end + 1;
      before += `${part}\n`;
    }
    return [];
  }

  /** Lets the networks read ink, unless they just have. */
  private async see(request: InkRequest): Promise<Seen> {
    const { likely: _, top: __, ...of } = request;
    if (this.last && isSame(this.last.of, of)) return this.last;
    boundsOf(request.ink);
    const strokes = [...request.ink.keys()].filter((stroke) => (request.ink[stroke]?.length ?? 0) > 0);
    if (strokes.length > MOST_TOGETHER)
      throw new InkError('There is too much ink to read at once: read a part of it, then go on.');
    const mayBeOne = request.mode !== 'line' && strokes.length <= MOST_STROKES;
    const single =
      mayBeOne || request.mode === 'character' ? await seeCharacter(request, strokes) : undefined;
    const seen = { of, single, rows: await seeRows(request, strokes, single?.row) };
    this.last = seen;
    return seen;
  }

  /** The likely texts of rows, each one's followed by the next. */
  private readRows(rows: readonly SeenRow[], request: InkRequest): Reading[] {
    const { likely, top } = request;
    if (allowedIn(request).size === 0) {
      throw new ModelError(
        `The model knows none of the characters "${request.alphabet}": choose another alphabet.`,
      );
    }
    let { before } = likely;
    const readings = rows.map((row) => {
      const found = this.readRow(row, { ...request, likely: { ...likely, before } });
      before += `${found[0]?.text ?? ''}\n`;
      return found;
    });
    return joinRows(readings, top);
  }

  private readRow(row: SeenRow, request: InkRequest): Reading[] {
    const { likely, top } = request;
    const options = { allowed: allowedIn(request), top };
    return this.decoder.decode(row.read.frames, likely, options).map((each) => readingOf(row, each));
  }

  private readCharacter(single: SeenCharacter, { likely, top, chosen, prototypes }: InkRequest): Reading[] {
    const isChosen = chosen === true;
    const candidates = isChosen ? single.candidates : this.weighed(single, likely);
    const [plain] = isChosen ? candidates : singleCandidates({ ...single, place: undefined }, () => 0);
    const alignment = [
      single.row.strokes.map((stroke, at) => ({
        stroke,
        from: 0,
        to: (single.row.read.ink[at]?.length ?? 1) - 1,
      })),
    ];
    return candidates
      .filter(({ text }, rank) => rank < top || text === plain?.text)
      .map((each) => ({
        ...each,
        isPlain: each.text === plain?.text,
        alignment,
        ...(isOwn(each.text, prototypes) && { isOwn: true }),
      }));
  }

  /** What both networks, the place and the text around say of a character. */
  private weighed(single: SeenCharacter, likely: LikelyText): Candidate[] {
    const texts = single.candidates.map(({ text }) => text);
    const next = this.next.likelihoods(likely, texts);
    return singleCandidates(single, (text) => next.get(text) ?? 0);
  }
}

function isSame(a: Seen['of'], b: Seen['of']): boolean {
  const { characters, lines, prototypes, ...rest } = a;
  const { characters: otherCharacters, lines: otherLines, prototypes: otherPrototypes, ...otherRest } = b;
  const isSameModel = characters === otherCharacters && lines === otherLines;
  const isSameHand = prototypes === otherPrototypes || prototypes.length + otherPrototypes.length === 0;
  return isSameModel && isSameHand && isDeepStrictEqual(rest, otherRest);
}

/** The ink of some strokes, with what the network of lines says of it as one row. */
async function seeRow(request: InkRequest, strokes: readonly number[], guide?: Guide): Promise<SeenRow> {
  const ordered = laterInPlace(request.ink, strokes);
  const ink = ordered.map((stroke) => request.ink[stroke] ?? []);
  const spaces = new Set(request.spaces?.map((stroke) => ordered.indexOf(stroke)));
  return { strokes: ordered, read: await readRow(request.lines, ink, guide, spaces) };
}

async function seeRows(
  request: InkRequest,
  strokes: readonly number[],
  whole: SeenRow | undefined,
): Promise<SeenRow[]> {
  const { ink, guide, mode } = request;
  if (mode === 'character') return [];
  const rows = mode === 'auto' ? rowsOf(pathsOf(ink), guide) : [strokes];
  if (rows.length === 1 && whole) return [whole];
  const seen: SeenRow[] = [];
  for (const [index, row] of rows.entries()) {
    const paths = pathsOf(row.map((stroke) => ink[stroke] ?? []));
    seen.push(await seeRow(request, row, guideOfRow(paths, index, guide)));
  }
  return seen;
}

async function seeCharacter(request: InkRequest, strokes: readonly number[]): Promise<SeenCharacter> {
  const { characters, ink, alphabet, penWidth, prototypes, guide } = request;
  const options = { alphabet, top: Infinity, penWidth, prototypes };
  const { candidates, picture } = await recognizeInk(characters, ink, options);
  const row = await seeRow(request, strokes, guide);
  const logs = singleLikelihoods(row.read.frames);
  const whole = row.strokes.map((_, stroke) => ({ stroke, from: 0, to: Infinity }));
  return {
    candidates,
    picture,
    row,
    likelihoods: new Map(
      row.read.frames.characters.map((character, at) => [character, logs[at] ?? -Infinity]),
    ),
    strokes: strokes.length,
    place: guide && placeOf(row.read.ink, whole, guide),
    isDot: isDot(ink, penWidth),
  };
}

/** Whether ink is no larger than a pen that is set down leaves it. */
function isDot(ink: Ink, penWidth: number | undefined): boolean {
  const { left, right, top, bottom } = boundsOf(ink);
  return Math.max(right - left, bottom - top) <= DOT * (penWidth ?? 0);
}

function shareOfOne({ candidates }: SeenCharacter, followed: readonly Reading[]): number {
  if (followed.length === 0) return 1;
  const total = sum(followed);
  const alone = total > 0 ? sum(followed.filter(isAlone)) / total : 0;
  return oneCharacterProbability({ alone, sureness: candidates[0]?.probability ?? 0 });
}

/** One list of what ink says as one character, and as more. */
function mixed(alone: readonly Reading[], share: number, longer: readonly Reading[], top: number): Reading[] {
  const isOne = share >= LIKELY_ONE || longer.length === 0;
  const part = longer.length === 0 ? 1 : share;
  const total = sum(longer) || 1;
  // a symbol of the user's own may have a text that is also read character by character
  const ofBoth = (text: string) => sum(longer.filter((each) => each.text === text)) / total;
  const own = new Set(alone.map(({ text }) => text));
  return [
    ...alone.map((each) => ({
      ...each,
      probability: part * each.probability + (1 - part) * ofBoth(each.text),
      isPlain: isOne && each.isPlain,
    })),
    ...longer
      .filter(({ text }) => !own.has(text))
      .map((each) => ({
        ...each,
        probability: ((1 - part) * each.probability) / total,
        isPlain: !isOne && each.isPlain,
      })),
  ]
    .sort((a, b) => b.probability - a.probability)
    .filter(({ isPlain }, rank) => rank < top || isPlain);
}

function isAlone(reading: Reading | undefined): boolean {
  return reading !== undefined && charactersOf(reading).length === 1;
}

/** Whether a text is one of those that ink may be as a whole. */
function isOneOf({ candidates }: SeenCharacter, text: string): boolean {
  return [...text].length === 1 || candidates.some((each) => each.text === text);
}

/** Whether a character is one of the user's own, or a model learned it from them with a text of several. */
function isOwn(text: string, prototypes: readonly Prototype[]): boolean {
  return [...text].length > 1 || prototypes.some(({ label }) => label === text);
}

const sum = (readings: readonly Candidate[]): number =>
  readings.reduce((total, { probability }) => total + probability, 0);

const allowedIn = ({ alphabet, lines }: InkRequest): ReadonlySet<string> => {
  const isMember = membership(alphabet, lines.characters);
  return new Set(lines.characters.filter((_, index) => isMember[index]));
};

/** A candidate of a row, its points those of the whole ink. */
function readingOf({ strokes, read }: SeenRow, candidate: LineCandidate): Reading {
  const spans = characterSpans(read, candidate.alignment);
  return {
    text: candidate.text,
    probability: candidate.probability,
    isPlain: candidate.isPlain,
    alignment: spans.map((own) =>
      own.map(({ stroke, from, to }): Span => ({ stroke: strokes[stroke] ?? 0, from, to })),
    ),
  };
}
