import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { DatasetError } from '../errors';
import type { Ink, Point } from '../../ink/ink';
import { guideOf, type Guide } from '../../ink/lines/guide';
import type { InkSamples } from '../samples';

type StoredPoint = [x: number, y: number, t?: number | null, pressure?: number | null];

/** One sample; its label stands in the file of labels. */
const lineSchema = z.object({
  writer: z.string().optional(),
  penWidth: z.number().positive().optional(),
  guide: z.unknown().optional().transform(guideOf),
  strokes: z.array(z.array(z.custom<StoredPoint>(isPoint))),
});

function isPoint(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [x, y] = value as unknown[];
  return Number.isFinite(x) && Number.isFinite(y);
}

/** Ink as JSON Lines, as it lies in a dataset's folder. */
export function writeCachedInk({ inks, writers, penWidths, guides }: InkSamples): Uint8Array {
  const lines = inks.map((strokes, index) =>
    JSON.stringify({ writer: writers[index], penWidth: penWidths[index], guide: guides?.[index], strokes }),
  );
  return Buffer.from(lines.length > 0 ? `${lines.join('\n')}\n` : '');
}

/** A drawing as it is stored; its label stands in the file of labels. */
export interface CachedInk {
  readonly ink: Ink;
  readonly penWidth?: number | undefined;
  readonly writer?: string | undefined;
  readonly guide?: Guide | undefined;
}

/**
 * Reads the ink of a file that `writeCachedInk` wrote, line by line.
 *
 * @throws DatasetError where a line is damaged
 */
export async function* readCachedInk(file: string, name: string): AsyncGenerator<CachedInk> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const { strokes, ...about } = parseLine(line, name);
    yield { ink: strokes.map((stroke) => stroke.map(toPoint)), ...about };
  }
}

function parseLine(line: string, name: string) {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new DatasetError(`${name} is damaged on the disk: download or import it again.`, { cause });
  }
}

function toPoint([x, y, t, pressure]: StoredPoint): Point {
  return t == null && pressure == null ? [x, y] : [x, y, t ?? undefined, pressure ?? undefined];
}
