import * as z from 'zod/mini';
import { pageText } from '../../src/base/pageText';
import {
  type Box,
  type Character,
  characterSchema,
  lineSchema,
  type Ruling,
} from '../../src/protocol/pageText';
import type { Correction } from '../../src/protocol/pages/image';

/** A character as it was read, and what the user says it is. */
const markSchema = z.extend(characterSchema, {
  corrected: z.optional(z.string()),
  /** What its ink is kept as a sample of. */
  kept: z.optional(z.string()),
});
export type Mark = z.infer<typeof markSchema>;

/** The lines of a page, with the user's corrections. */
export const textSchema = z.array(z.extend(lineSchema, { characters: z.array(markSchema) }));
export type Text = z.infer<typeof textSchema>;

/** Boxes that share so much of their area are of one character. */
const SAME_BOX = 0.5;
/** A box whose middle is further from a line's, in heights of its capitals, stands on no line. */
const FURTHEST_OFF = 0.9;

/** Where a character stands, counted from 0. */
export interface Place {
  readonly line: number;
  readonly index: number;
}

export const characterOf = (mark: Mark): string => mark.corrected ?? mark.candidates[0]?.text ?? '';

export const markAt = (text: Text, { line, index }: Place): Mark | undefined => text[line]?.characters[index];

/** The text as it will be inserted. */
export function plainText(text: Text): string {
  return pageText(text, characterOf);
}

/** Puts characters in place of some that follow each other; a line without any goes. */
export function replaced(text: Text, { line, index }: Place, count: number, marks: readonly Mark[]): Text {
  return text
    .map((each, at) =>
      at === line ? { ...each, characters: each.characters.toSpliced(index, count, ...marks) } : each,
    )
    .filter(({ characters }) => characters.length > 0);
}

/** Says what a character is. */
export function corrected(text: Text, place: Place, character: string): Text {
  const mark = markAt(text, place);
  return mark ? replaced(text, place, 1, [{ ...mark, corrected: character }]) : text;
}

/** What the user said of characters, and has not kept yet. */
export function unkept(text: Text): Correction[] {
  return text.flatMap(({ characters }) =>
    characters.flatMap(({ box, corrected: label, kept }) =>
      label === undefined || label === kept ? [] : [{ box, label }],
    ),
  );
}

/** Says of what characters samples are kept. */
export function withKept(text: Text, corrections: readonly Correction[]): Text {
  const keptAs = new Map(corrections.map(({ box, label }) => [JSON.stringify(box), label]));
  return text.map((line) => ({
    ...line,
    characters: line.characters.map((mark) => {
      const kept = keptAs.get(JSON.stringify(mark.box)) ?? mark.kept;
      return kept === undefined ? mark : { ...mark, kept };
    }),
  }));
}

/** Puts a space before a character, or takes it away. */
export function spaced(text: Text, place: Place): Text {
  const mark = markAt(text, place);
  return mark && place.index > 0 ? replaced(text, place, 1, [{ ...mark, space: !mark.space }]) : text;
}

/** What is read anew, with what the user said of the characters that still stand where they stood. */
export function recorrected(text: Text, before: Text): Text {
  const said = before.flatMap(({ characters }) => characters.filter((mark) => mark.corrected !== undefined));
  if (said.length === 0) return text;
  return text.map((line) => ({
    ...line,
    characters: line.characters.map((mark) => {
      const same = said.find(({ box }) => shared(box, mark.box) >= SAME_BOX);
      return same ? { ...mark, corrected: same.corrected, kept: same.kept } : mark;
    }),
  }));
}

/** The part of two boxes' common area that both have. */
function shared(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (areaOf(a) + areaOf(b) - width * height);
}

const areaOf = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);

/**
 * Where a box that the user drew belongs: on the line that it stands on, in place of the characters whose middles it
 * holds. On no line it is one of its own.
 */
export function placeOfBox(
  text: Text,
  box: Box,
): { place: Place; count: number; ruling: Ruling; own: boolean } {
  const [x, y] = middleOf(box);
  const middleAt = ({ baseline, capitalHeight, slope }: Ruling) => baseline + slope * x - capitalHeight / 2;
  const off = text.map(({ ruling }) => Math.abs(middleAt(ruling) - y) / ruling.capitalHeight);
  const line = off.indexOf(Math.min(...off));
  const on = text[line];
  if (!on || (off[line] ?? Infinity) > FURTHEST_OFF) {
    const above = text.filter(({ ruling }) => middleAt(ruling) < y).length;
    const ruling = { baseline: box.bottom, capitalHeight: Math.max(1, box.bottom - box.top), slope: 0 };
    return { place: { line: above, index: 0 }, count: 0, ruling, own: true };
  }
  const middles = on.characters.map((mark) => middleOf(mark.box));
  const index = middles.filter(([left]) => left < box.left).length;
  const count = middles.filter(([at]) => at >= box.left && at <= box.right).length;
  return { place: { line, index }, count, ruling: on.ruling, own: false };
}

const middleOf = ({ left, top, right, bottom }: Box): [x: number, y: number] => [
  (left + right) / 2,
  (top + bottom) / 2,
];

/** Puts characters on a line of their own before another. */
export function withLine(text: Text, at: number, ruling: Ruling, characters: readonly Mark[]): Text {
  return text.toSpliced(at, 0, { ruling, characters: [...characters] });
}

/** The box around a character and the one behind it on its line. */
export function withNext(text: Text, place: Place): Box | undefined {
  const [mark, next] = [markAt(text, place), markAt(text, { ...place, index: place.index + 1 })];
  if (!mark || !next) return undefined;
  return {
    left: Math.min(mark.box.left, next.box.left),
    top: Math.min(mark.box.top, next.box.top),
    right: Math.max(mark.box.right, next.box.right),
    bottom: Math.max(mark.box.bottom, next.box.bottom),
  };
}

/** Characters that were read anew, in the place of one that may have stood behind a space. */
export function marksOf(characters: readonly Character[], space: boolean): Mark[] {
  return characters.map((character, at) => ({ ...character, space: at === 0 && space }));
}

/** The place as many characters further in reading order; undefined beyond either end. */
export function further(text: Text, { line, index }: Place, by: 1 | -1): Place | undefined {
  const at = index + by;
  if (at >= 0 && at < (text[line]?.characters.length ?? 0)) return { line, index: at };
  const other = text[line + by];
  return other && { line: line + by, index: by > 0 ? 0 : other.characters.length - 1 };
}

/** The place above or below: the character of the next line that is nearest. */
export function overline(text: Text, place: Place, by: 1 | -1): Place | undefined {
  const mark = markAt(text, place);
  const line = place.line + by;
  const characters = text[line]?.characters;
  if (!mark || !characters) return undefined;
  const apart = ({ box }: Mark) => Math.abs(box.left + box.right - mark.box.left - mark.box.right);
  const index = characters.reduce((best, each, at) => {
    const nearest = characters[best];
    return nearest && apart(each) < apart(nearest) ? at : best;
  }, 0);
  return { line, index };
}

/** The nearest place that exists, for one whose character may be gone. */
export function nearest(text: Text, { line, index }: Place): Place | undefined {
  const row = Math.min(line, text.length - 1);
  const characters = text[row]?.characters;
  return characters && { line: row, index: Math.min(index, characters.length - 1) };
}

/** The place whose box holds a point of the page, the smallest of several. */
export function placeAt(text: Text, x: number, y: number): Place | undefined {
  let best: { place: Place; area: number } | undefined;
  for (const [line, { characters }] of text.entries()) {
    for (const [index, { box }] of characters.entries()) {
      const area = areaOf(box);
      const holds = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      if (holds && (!best || area < best.area)) best = { place: { line, index }, area };
    }
  }
  return best?.place;
}
