import writeFileAtomic from 'write-file-atomic';
import { onceFree } from './move';

/** Writes a file of JSON as people read it, whole or not at all. */
export async function writeJson(file: string, value: object): Promise<void> {
  await onceFree(() => writeFileAtomic(file, `${JSON.stringify(value, null, 2)}\n`));
}
