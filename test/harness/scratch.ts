import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A new folder for a test, short enough for the sockets of a server in it; gone when this process is. */
export async function makeScratchFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function removeScratchFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
