import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const stateSchema = z.object({
  /** Which file this is a part of: an address, or a checksum that is known beforehand. */
  identity: z.string(),
  /** What the server calls this version of the file (ETag or Last-Modified, as for If-Range). */
  validator: z.string().optional(),
  /** Bytes of the whole, where they are known. */
  length: z.number().int().min(0).optional(),
});
export type PartState = z.infer<typeof stateSchema>;

/** A download that may be unfinished: `<path>.part` holds its first bytes, `<path>.json` what is known of it. */
export class Part {
  readonly file: string;
  private readonly stateFile: string;

  constructor(path: string) {
    this.file = `${path}.part`;
    this.stateFile = `${path}.json`;
  }

  /** Bytes that are there. */
  async size(): Promise<number> {
    return (await stat(this.file).catch(() => undefined))?.size ?? 0;
  }

  async state(): Promise<PartState | undefined> {
    try {
      return stateSchema.parse(JSON.parse(await readFile(this.stateFile, 'utf8')));
    } catch {
      // none, or of another version: the part starts anew
      return undefined;
    }
  }

  /** Makes what is there belong to this state; what does not, starts anew. */
  async save(state: PartState, keep: boolean): Promise<void> {
    // emptied first, so that bytes never stand beside a state that they do not belong to
    if (!keep) await writeFile(this.file, '');
    await writeFileAtomic(this.stateFile, JSON.stringify(state));
  }

  async cut(size: number): Promise<void> {
    await truncate(this.file, size);
  }

  async discard(): Promise<void> {
    await rm(this.file, { force: true });
    await rm(this.stateFile, { force: true });
  }
}
