import { DatasetError } from '../errors';
import type { FileSource } from '../files';

/** Bytes that are enough to know a file by. */
const HEAD = 4096;

/** How a file begins; empty where it cannot be read, which is said when it turns out to be needed. */
export async function headOf(files: FileSource, name: string): Promise<Buffer> {
  try {
    for await (const piece of files.stream(name)) return piece.subarray(0, HEAD);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
  }
  return Buffer.alloc(0);
}
