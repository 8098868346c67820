import path from 'node:path';
import { z } from 'zod';
import type { FileSource } from '../files';

/** What Scrawl's own exports say of their classes. */
export const CLASSES_FILE = 'classes.json';

const classesSchema = z
  .object({ classes: z.array(z.string().min(1)).min(1), covers: z.array(z.string().min(1)) })
  .refine(({ classes, covers }) => classes.length === covers.length);
/** The classes that a dataset's labels count, and the characters that each covers. */
export type NamedClasses = z.infer<typeof classesSchema>;

const MOST_BYTES = 16 * 2 ** 20;

/** The classes that lie beside a file; undefined where there is no such file, or another program's. */
export async function findClasses(files: FileSource, beside: string): Promise<NamedClasses | undefined> {
  const name = path.posix.join(path.posix.dirname(beside), CLASSES_FILE);
  if (!files.names.includes(name)) return undefined;
  try {
    return classesSchema.parse(JSON.parse((await files.read(name, MOST_BYTES)).toString('utf8')));
  } catch {
    return undefined;
  }
}
