import { utimes } from 'node:fs/promises';

/** Notes that a file was used now, where the disk takes that. */
export async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}
