import { z } from 'zod';
import { InkError } from './errors';
import type { Ink } from './ink';

const number = z.number();
const lineSchema = z.object({
  id: z.union([z.string(), z.number().transform(String)]).optional(),
  label: z.string().optional(),
  writer: z.string().optional(),
  strokes: z.array(z.array(z.tuple([number, number], number.nullable()).transform(toPoint))),
});

/** One line of ink in JSON Lines. */
export interface InkLine {
  readonly id: string;
  readonly label?: string | undefined;
  readonly writer?: string | undefined;
  readonly ink: Ink;
}

function toPoint([x, y, t, pressure]: readonly [number, number, ...(number | null)[]]) {
  return [x, y, t ?? undefined, pressure ?? undefined] as const;
}

/**
 * Reads ink as JSON Lines: `{"id", "label"?, "strokes": [[[x, y, t?, pressure?], ...], ...]}` a line.
 *
 * @throws InkError that names the first line which cannot be read
 */
export function readJsonLines(text: string): InkLine[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]));
}

function readLine(line: string, number: number): InkLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new InkError(`Line ${String(number)} is not JSON: write one object a line.`, { cause });
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new InkError(
      `Line ${String(number)} is not ink: see "${where}", and write "strokes" as lists of [x, y].`,
    );
  }
  const { id, label, writer, strokes } = parsed.data;
  return { id: id ?? String(number), label, writer, ink: strokes };
}
