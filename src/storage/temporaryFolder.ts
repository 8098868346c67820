import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder for what is unpacked; it is gone when it is disposed, or when the process ends. */
export class TemporaryFolder {
  private static readonly open = new Set<TemporaryFolder>();
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'scrawl-'));

  constructor() {
    if (TemporaryFolder.open.size === 0) process.once('exit', TemporaryFolder.disposeAll);
    TemporaryFolder.open.add(this);
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
    TemporaryFolder.open.delete(this);
    if (TemporaryFolder.open.size === 0) process.off('exit', TemporaryFolder.disposeAll);
  }

  private static readonly disposeAll = () => {
    for (const folder of [...TemporaryFolder.open]) folder.dispose();
  };
}
