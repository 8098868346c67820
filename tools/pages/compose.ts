import type { Random } from '../../src/base/random';
import { largestOf, smallestOf } from '../../src/base/vectors';
import { extentOf } from '../../src/ink/lines/extent';
import type { Path } from '../../src/ink/lines/path';
import { HANDS, varyLine } from '../../src/ink/lines/vary';
import { Composer } from '../lines/compose';
import { gaussian, uniform } from '../lines/transform';
import type { Written } from '../lines/written';
import { anyShot, photograph, type Shot, type SheetStroke } from './photograph';
import type { PageText } from './texts';

/** Lines of one page are slanted alike, and each hardly varies besides. */
const ALONG = { ...HANDS, slant: 0.03, turn: 0.006, width: 0.03 };
/** Around the writing, in heights of a capital. */
const MARGIN = 2;
/** What lies, and is no dash, is no character whole: it would be drawn as wide as the page. */
const WIDEST = 3;
const LYING = new Set('-_=~.,:;\'"');
/** A capital is 100 high as lines are composed. */
const CAPITAL = 100;

/** A photographed page of code, and what it says. */
export interface PagePhotograph extends PageText {
  readonly shot: Shot;
  /** Whether the letters of a word are drawn in one go. */
  readonly isJoined: boolean;
  readonly jpeg: Buffer;
}

/** Sets characters of one writer side by side, those that are no dash made of a line that was cut wrongly. */
export function pageComposer(characters: readonly Written[]): Composer {
  return new Composer(characters.filter((written) => LYING.has(written.text) || !isLying(written)));
}

function isLying(written: Written): boolean {
  const extents = written.paths().map(extentOf);
  const width = largestOf(extents.map(({ right }) => right)) - smallestOf(extents.map(({ left }) => left));
  const height = largestOf(extents.map(({ bottom }) => bottom)) - smallestOf(extents.map(({ top }) => top));
  return width > WIDEST * height;
}

/**
 * Writes a page by hand, of characters of one writer, and photographs it.
 *
 * @returns undefined where nobody wrote one of its characters
 */
export async function composePage(
  composer: Composer,
  { language, text }: PageText,
  random: Random,
): Promise<PagePhotograph | undefined> {
  const strokes = write(composer, text, random);
  if (!strokes) return undefined;
  const { right, bottom } = strokes.size;
  const width = right + MARGIN * CAPITAL;
  const height = bottom + MARGIN * CAPITAL;
  const pen = uniform(random, 5, 13) / width;
  const onSheet: SheetStroke[] = strokes.paths.map(({ x, y }) => ({
    points: Array.from(x, (value, at) => [value / width, (y[at] ?? 0) / width] as const),
    width: pen,
  }));
  const shot = anyShot(random);
  const sheet = { height: height / width, ruling: strokes.spacing / width, strokes: onSheet };
  return { language, text, shot, isJoined: strokes.isJoined, jpeg: await photograph(sheet, shot, random) };
}

function write(composer: Composer, text: string, random: Random) {
  const hand = composer.hand(random);
  const slant = HANDS.slant * gaussian(random);
  const [indent, spacing] = [uniform(random, 90, 220), uniform(random, 190, 260)];
  const size = { right: 0, bottom: 0 };
  const paths: Path[] = [];
  for (const [row, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const composed = composer.line(line.trim(), random, hand);
    if (!composed) return undefined;
    const varied = varyLine(composed.paths, ALONG, CAPITAL, random.next).paths;
    const baseline = MARGIN * CAPITAL + (row + 1) * spacing + 4 * gaussian(random);
    const level = line.search(/\S/) / 4;
    const start = MARGIN * CAPITAL + level * indent + 12 * gaussian(random);
    const left = smallestOf(
      varied.flatMap(({ x, y }) => Array.from(x, (value, at) => value - slant * (y[at] ?? 0))),
    );
    for (const { x, y } of varied) {
      const moved = {
        x: x.map((value, at) => value - slant * (y[at] ?? 0) - left + start),
        y: y.map((value) => value + baseline),
      };
      for (const value of moved.x) size.right = Math.max(size.right, value);
      for (const value of moved.y) size.bottom = Math.max(size.bottom, value);
      paths.push(moved);
    }
  }
  return { paths, spacing, size, isJoined: hand.manner.joined };
}
