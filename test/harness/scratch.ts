import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A new folder for a test, short enough for the sockets of a server in it. */
export function makeScratchFolder(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
}

export function removeScratchFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
