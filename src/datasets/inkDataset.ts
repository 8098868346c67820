import { readChars74k, CHARS74K_PEN_WIDTH } from '../ink/chars74k';
import type { Ink } from '../ink/ink';
import { readInkml, type InkDocument, type LabelledInk } from '../ink/inkml';
import { readJsonLines } from '../ink/jsonLines';
import { textOf, penWidthOf } from './crohme';
import { decodeText } from './decodeText';
import { DatasetError } from './errors';
import type { FileSource } from './files';
import { readWhole } from './files';
import type { Dataset, Split } from './samples';

/** Names of files of ink in JSON Lines. */
export const JSON_LINES = /\.(jsonl|ndjson)(\.gz)?$/i;

/** Chars74K's own takes 3 MB; read at once, JSON takes twenty times as much. */
const MOST_JSON = 64 * 2 ** 20;

/** One labelled drawing, whatever file it came from. */
export interface InkSample {
  readonly label: string;
  readonly ink: Ink;
  readonly penWidth?: number | undefined;
  readonly writer?: string | undefined;
}

/**
 * Chars74K's JSON, plain or gzipped. `part` may name writers, as in `writers31-35`.
 *
 * @throws DatasetError, InkError where the file or the part cannot be read
 */
export async function openChars74k(location: string, part: string | undefined, id: string): Promise<Dataset> {
  return inkDataset(id, chars74kSamples(await readWhole(location), location, part, id));
}

function chars74kSamples(bytes: Buffer, name: string, part: string | undefined, id: string): InkSample[] {
  const text = decodeText(bytes, name, MOST_JSON);
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

/** Labelled ink in JSON Lines; lines without a label are left out. */
export async function openJsonLines(location: string, id: string): Promise<Dataset> {
  return inkDataset(id, jsonLinesSamples(decodeText(await readWhole(location), location)));
}

function jsonLinesSamples(text: string): InkSample[] {
  return readJsonLines(text).flatMap(({ label, ink, writer }) =>
    label === undefined ? [] : [{ label, ink, writer }],
  );
}

/** Every symbol with a truth in a document. */
export function inkmlSamples(document: InkDocument): InkSample[] {
  const usual = penWidthOf(document);
  return symbolsOf(document).flatMap(({ label, ink, penWidth = usual, writer = document.writer }) => {
    const text = textOf(label);
    return text === undefined ? [] : [{ label: text, ink, penWidth, writer }];
  });
}

/** The labelled groups; a document without any may say of all its ink which symbol it is. */
function symbolsOf({ groups, strokes, truth }: InkDocument): readonly LabelledInk[] {
  if (groups.length > 0 || truth === undefined || strokes.length === 0) return groups;
  return [{ label: truth.replace(/^\$(.+)\$$/, '$1').trim(), ink: strokes }];
}

/**
 * The labelled ink of one file: InkML, JSON Lines or Chars74K's JSON, by the file's name.
 *
 * @throws DatasetError, InkError where it cannot be read
 */
export async function readInkFile(files: FileSource, name: string, part?: string): Promise<InkSample[]> {
  const bytes = await files.read(name);
  if (/\.inkml(\.gz)?$/i.test(name)) return inkmlSamples(readInkml(decodeText(bytes, name)));
  if (JSON_LINES.test(name)) return jsonLinesSamples(decodeText(bytes, name));
  return chars74kSamples(bytes, name, part, name);
}

/**
 * Labelled ink as a dataset without splits of its own. What has an empty label is left out, and said.
 *
 * @throws DatasetError where there is none
 */
export function inkDataset(id: string, found: readonly InkSample[], unread: readonly string[] = []): Dataset {
  const samples = found.filter(({ label }) => label.trim() !== '');
  if (samples.length === 0)
    throw new DatasetError(unread[0] ?? `${id} holds no labelled ink: check the file.`);
  const nameless = found.length - samples.length;
  const problems = nameless === 0 ? unread : [...unread, `${counted(nameless)} whose label is empty`];
  const classes = [...new Set(samples.map(({ label }) => label))].sort();
  const index = new Map(classes.map((label, position) => [label, position]));
  return {
    id,
    classes,
    covers: classes,
    officialSplits: [],
    problems,
    load: (split: Split) => {
      if (split !== 'all') {
        return Promise.reject(new DatasetError(`${id} has no ${split} split of its own: use all of it.`));
      }
      return Promise.resolve({
        kind: 'ink',
        inks: samples.map(({ ink }) => ink),
        penWidths: samples.map(({ penWidth }) => penWidth),
        writers: samples.map(({ writer }) => writer),
        labels: Uint16Array.from(samples, ({ label }) => index.get(label) ?? 0),
      });
    },
  };
}

function counted(drawings: number): string {
  return drawings === 1 ? 'a drawing' : `${String(drawings)} drawings`;
}
