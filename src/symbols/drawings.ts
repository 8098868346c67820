/** Ink of a symbol: strokes of points, each coordinate 0 to 63, y down. */
export type Drawing = readonly (readonly (readonly [x: number, y: number])[])[];

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The largest coordinate of a drawing. */
export const LARGEST = DIGITS.length - 1;

/** A drawing as a word: two characters a point, commas between strokes. */
export function drawingText(drawing: Drawing): string {
  return drawing
    .map((stroke) => stroke.map(([x, y]) => `${DIGITS[x] ?? ''}${DIGITS[y] ?? ''}`).join(''))
    .join(',');
}

/** Reads what `drawingText` wrote. */
export function parseDrawing(text: string): Drawing {
  return text
    .split(',')
    .map((stroke) =>
      Array.from({ length: stroke.length / 2 }, (_, at) => [
        DIGITS.indexOf(stroke[2 * at] ?? ''),
        DIGITS.indexOf(stroke[2 * at + 1] ?? ''),
      ]),
    );
}

/** Reads the text of `media/symbolDrawings.tsv`: how people draw symbols, by their commands. */
export function parseDrawings(text: string): ReadonlyMap<string, readonly Drawing[]> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  return new Map(
    lines.map((line) => {
      const [command = '', ...drawings] = line.split('\t');
      return [command, drawings.map(parseDrawing)];
    }),
  );
}
