import writeFileAtomic from 'write-file-atomic';

/** Writes a file of JSON as people read it, whole or not at all. */
export async function writeJson(file: string, value: object): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(value, null, 2)}\n`);
}
