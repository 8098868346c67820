import { z } from 'zod';
import { InkError } from './errors';
import type { Ink } from './ink';

const coordinates = z.tuple([z.number(), z.number()]);
const fileSchema = z.record(z.string(), z.array(z.array(z.array(coordinates))));

/**
 * Width in the file's unit (the tablet's pixels) of a pen as thick, against its characters, as the pens of EMNIST:
 * a tenth of a capital's height.
 */
export const CHARS74K_PEN_WIDTH = 30;

/** One drawing of Chars74K's EnglishHnd. */
export interface Chars74kSample {
  readonly label: string;
  /** 1 for the first sample of every label. */
  readonly writer: number;
  readonly ink: Ink;
}

/**
 * Reads the pen strokes of Chars74K (de Campos et al. 2009) as JSON: `{label: [sample][stroke][point] = [x, y]}`, where
 * sample i of every label is by writer i.
 *
 * @throws InkError where the text is of another form
 */
export function readChars74k(text: string): Chars74kSample[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InkError('The file is not JSON: fetch it again.', { cause });
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    throw new InkError("The file is not Chars74K's JSON, which lists the samples of each label.");
  }
  return Object.entries(parsed.data).flatMap(([label, samples]) =>
    samples.flatMap((strokes, index) => {
      const ink = strokes.filter((stroke) => stroke.length > 0);
      return ink.length > 0 ? [{ label, writer: index + 1, ink }] : [];
    }),
  );
}
