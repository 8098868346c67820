import { readChars74k, CHARS74K_PEN_WIDTH } from '../../ink/chars74k';
import type { Ink } from '../../ink/ink';
import { readInkml, type InkDocument, type LabeledInk } from '../../ink/inkml';
import { readJsonInk, readJsonLines, type InkLine } from '../../ink/jsonLines';
import type { Guide } from '../../ink/lines/guide';
import { boundsOf } from '../../ink/rasterize';
import { textOf, penWidthOf } from './crohme';
import { decodeText, decodeXml } from './decodeText';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { readWhole } from '../files';
import type { Dataset } from '../dataset';
import { groupBy } from '../../base/groupBy';
import type { Split } from '../../base/split';

/** Names of files of ink in JSON Lines. */
export const JSON_LINES = /\.(jsonl|ndjson)(\.gz)?$/i;

/** Chars74K's own takes 3 MB; read at once, JSON takes twenty times as much. */
const MOST_JSON = 64 * 2 ** 20;

/** Labels are stored in 16 bits. */
const MOST_CLASSES = 65_535;

/** One drawing, whatever file it came from. */
export interface FoundInk {
  /** What it is said to be, where that is said. */
  readonly label?: string | undefined;
  readonly ink: Ink;
  readonly penWidth?: number | undefined;
  /** The lines that it was written on, where they are known. */
  readonly guide?: Guide | undefined;
  readonly writer?: string | undefined;
  /** What a table of labels may call it. */
  readonly name?: string | undefined;
  /** Why it is left out, where that is known; a phrase for several of them. */
  readonly leftOut?: string | undefined;
  /** Where its file says so. */
  readonly split?: OfficialSplit | undefined;
}

type OfficialSplit = Exclude<Split, 'all'>;

/** A drawing that can be learned from. */
export interface InkSample extends FoundInk {
  readonly label: string;
}

/**
 * Chars74K's JSON, plain or gzipped. `part` may name writers, as in `writers31-35`.
 *
 * @throws DatasetError, InkError where the file or the part cannot be read
 */
export async function openChars74k(location: string, part: string | undefined, id: string): Promise<Dataset> {
  return inkDataset(id, chars74kSamples(await readWhole(location), location, part, id));
}

function chars74kSamples(bytes: Buffer, name: string, part: string | undefined, id: string): FoundInk[] {
  const text = decodeText(bytes, name, MOST_JSON);
  const lines = readJsonInk(text);
  if (lines) return lines.map(drawingOf);
  const [first, last] = writerRange(part, id);
  return readChars74k(text)
    .filter(({ writer }) => writer >= first && writer <= last)
    .map(({ label, writer, ink }) => ({ label, ink, writer: String(writer), penWidth: CHARS74K_PEN_WIDTH }));
}

function writerRange(part: string | undefined, id: string): [number, number] {
  if (part === undefined) return [1, Infinity];
  const match = /^writers(\d+)-(\d+)$/.exec(part);
  if (!match) throw new DatasetError(`${id} names no part of Chars74K: write #writers1-30, say.`);
  return [Number(match[1]), Number(match[2])];
}

/**
 * Labeled ink in JSON Lines; lines without a label are left out. `part` may be `dev` or `train`, the lines that are
 * marked `"dev": true` and the others, of these only characters that are `"cut": true`, as in `train-cut`, or that are
 * not, as in `dev-isolated`.
 *
 * @throws DatasetError, InkError where the file or the part cannot be read
 */
export async function openJsonLines(
  location: string,
  part: string | undefined,
  id: string,
): Promise<Dataset> {
  const includes = lineFilter(part, id);
  return inkDataset(id, jsonLinesSamples(decodeText(await readWhole(location), location), includes));
}

function lineFilter(part: string | undefined, id: string): (line: InkLine) => boolean {
  if (part === undefined) return () => true;
  const [, side, kind] = /^(dev|train)(?:-(cut|isolated))?$/.exec(part) ?? [];
  if (side === undefined)
    throw new DatasetError(`${id} names no part of the lines: write #dev-isolated, say.`);
  return ({ isDev = false, isCut = false }) =>
    isDev === (side === 'dev') && (kind === undefined || isCut === (kind === 'cut'));
}

function jsonLinesSamples(text: string, includes: (line: InkLine) => boolean = () => true): FoundInk[] {
  const lines = readJsonLines(text);
  const penWidths = penWidthsOf(lines);
  return lines.filter(includes).map((line) => {
    const { label, writer, penWidth } = line;
    const known = label !== undefined && isCharacter(label) ? penWidths.get(writer) : undefined;
    return drawingOf({ ...line, penWidth: penWidth ?? known });
  });
}

/** Lines of a writer from which on the height of the tall ones is known. */
const ENOUGH_LINES = 20;
/** Which of a writer's characters, by their height, is a tall one, and which is a middle one. */
const TALL = 0.8;
const MIDDLE = 0.5;
/** A tall character is no taller, against a middle one; some of a writer's may be in another unit. */
const TALLEST = 1.5;
/** A pen is so wide, against a tall character, as EMNIST's pens. */
const PEN_TO_TALL = 0.1;

/** The width of each writer's pen that suits the size of their characters, so that small ones are known to be small. */
function penWidthsOf(lines: readonly InkLine[]): ReadonlyMap<string | undefined, number | undefined> {
  const byWriter = groupBy(
    lines.filter(
      ({ label = '', writer, ink }) =>
        isCharacter(label) && writer !== undefined && ink.some((stroke) => stroke.length > 0),
    ),
    ({ writer }) => writer,
  );
  return new Map(
    [...byWriter].map(([writer, written]) => {
      if (written.length < ENOUGH_LINES) return [writer, undefined];
      const heights = written.map(({ ink }) => heightOf(ink)).sort((a, b) => a - b);
      const [tall = 0, middle = 0] = [TALL, MIDDLE].map(
        (share) => heights[Math.floor(share * heights.length)],
      );
      const width = Math.min(tall, TALLEST * middle) * PEN_TO_TALL;
      return [writer, width > 0 ? width : undefined];
    }),
  );
}

const isCharacter = (label: string): boolean => [...label].length === 1;

function heightOf(ink: Ink): number {
  const { top, bottom } = boundsOf(ink);
  return bottom - top;
}

function drawingOf({ label, ink, penWidth, writer, guide }: InkLine): FoundInk {
  return { label, ink, penWidth, writer, guide };
}

/** Every symbol, word or line of a document, with its truth; one that says none of any is one drawing without a label. */
export function inkmlSamples(document: InkDocument): FoundInk[] {
  const usual = penWidthOf(document);
  const labeled = symbolsOf(document);
  const nothing: FoundInk[] = Array.from({ length: document.empty }, () => ({ label: '?', ink: [] }));
  if (labeled.length + nothing.length === 0 && document.strokes.length > 0) {
    return [{ ink: document.strokes, penWidth: usual, writer: document.writer, name: document.name }];
  }
  const samples = labeled.map(
    ({ label, isPlain, ink, penWidth = usual, writer = document.writer, guide }) => ({
      label: isPlain ? label : textOf(label),
      ...{ ink, penWidth, writer, guide },
    }),
  );
  return [...samples, ...nothing];
}

/** The labeled groups; a document without any may say of all its ink what it is. */
function symbolsOf({ groups, strokes, truth }: InkDocument): readonly LabeledInk[] {
  if (groups.length > 0 || truth === undefined || strokes.length === 0) return groups;
  // dollars stand around an expression, and are none of it
  const latex = /^\$(.+)\$$/s.exec(truth)?.[1]?.trim();
  return [{ label: latex ?? truth, ink: strokes }];
}

/** What a file of ink may be, but UNIPEN. */
export type InkFileKind = 'inkml' | 'jsonl' | 'chars74k';

/**
 * The ink of one file: InkML, JSON Lines, or Chars74K's and other JSON.
 *
 * @throws DatasetError, InkError where it cannot be read
 */
export async function readInkFile(
  files: FileSource,
  name: string,
  kind: InkFileKind,
  part?: string,
): Promise<FoundInk[]> {
  const bytes = await files.read(name);
  if (kind === 'inkml') return inkmlSamples(readInkml(decodeXml(bytes, name)));
  if (kind === 'jsonl') return jsonLinesSamples(decodeText(bytes, name));
  return chars74kSamples(bytes, name, part, name);
}

/** Whether a drawing can be learned from: it has a point, and a label that is more than blanks. */
export function isUsable(found: FoundInk): found is InkSample {
  return whyNot(found) === undefined;
}

/** Why a drawing is left out; a phrase for several of them. */
function whyNot({ label, ink, leftOut }: FoundInk): string | undefined {
  if (leftOut !== undefined) return leftOut;
  if (label === undefined) return 'without a label';
  if (label.trim() === '') return 'whose label is empty';
  return ink.some((stroke) => stroke.length > 0) ? undefined : 'without a point';
}

/**
 * Labeled ink as a dataset, with splits of its own where each drawing says in which it is. What has no label or no point is left out, and said.
 *
 * @throws DatasetError where there is none
 */
export function inkDataset(id: string, found: readonly FoundInk[], unread: readonly string[] = []): Dataset {
  const samples = found.filter(isUsable);
  if (samples.length === 0)
    throw new DatasetError(unread[0] ?? `${id} holds no labeled ink: check the file.`);
  const left = groupBy(found, whyNot);
  left.delete(undefined);
  const problems = [...unread, ...[...left].map(([why, { length }]) => `${counted(length)} ${why ?? ''}`)];
  const classes = [...new Set(samples.map(({ label }) => label))].sort();
  if (classes.length > MOST_CLASSES) {
    throw new DatasetError(
      `${id} has ${String(classes.length)} different labels, and a dataset holds ${String(MOST_CLASSES)}: take it in parts.`,
    );
  }
  const index = new Map(classes.map((label, position) => [label, position]));
  const official = splitsOf(samples);
  return {
    id,
    classes,
    covers: classes,
    officialSplits: official,
    problems,
    load: (split: Split) => {
      if (split !== 'all' && !official.includes(split)) {
        return Promise.reject(new DatasetError(`${id} has no ${split} split of its own: use all of it.`));
      }
      const wanted = split === 'all' ? samples : samples.filter((sample) => sample.split === split);
      return Promise.resolve({
        kind: 'ink',
        inks: wanted.map(({ ink }) => ink),
        penWidths: wanted.map(({ penWidth }) => penWidth),
        writers: wanted.map(({ writer }) => writer),
        ...(wanted.some(({ guide }) => guide) && { guides: wanted.map(({ guide }) => guide) }),
        labels: Uint16Array.from(wanted, ({ label }) => index.get(label) ?? 0),
      });
    },
  };
}

/** The splits of samples that all say theirs. */
function splitsOf(samples: readonly InkSample[]): OfficialSplit[] {
  const said = new Set(samples.map(({ split }) => split));
  if (said.has(undefined)) return [];
  return (['train', 'validation', 'test'] as const).filter((split) => said.has(split));
}

function counted(drawings: number): string {
  return drawings === 1 ? 'a drawing' : `${String(drawings)} drawings`;
}
