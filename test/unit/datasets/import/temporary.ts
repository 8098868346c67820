import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import yazl from 'yazl';
import { UserError } from '../../../../src/base/userError';
import { DatasetStore } from '../../../../src/datasets/store/datasetStore';

/** A folder of its own for each test of the suite that calls this. */
export function temporaryFolder(): {
  path: string;
  store: DatasetStore;
  file(name: string, content: string | Buffer): Promise<string>;
} {
  const folder = {
    path: '',
    get store() {
      return new DatasetStore(path.join(folder.path, 'home'), { catalog: [] });
    },
    file: async (name: string, content: string | Buffer) => {
      const file = path.join(folder.path, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
  };
  beforeEach(async () => {
    folder.path = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  });
  afterEach(() => rm(folder.path, { recursive: true }));
  return folder;
}

/** Holds that the work fails with one sentence for the user. */
export async function refused(work: Promise<unknown>, sentence: RegExp): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, sentence);
    assert.match(error.message, /^[^\n]*\.$/);
    return true;
  });
}

/** Holds that neither a dataset nor a part of one is stored. */
export async function nothingStored(store: DatasetStore): Promise<void> {
  assert.deepEqual(await readdir(path.join(store.home, 'datasets')).catch(() => []), []);
}

/** A picture of a vertical bar, `across` of its width from the left, as gray values. */
export function bar(side: number, across: number, ink: number, paper: number): Buffer {
  return Buffer.from(
    Uint8Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [(i % side) / side, Math.floor(i / side) / side];
      return Math.abs(x - across) < 0.1 && y > 0.15 && y < 0.85 ? ink : paper;
    }),
  );
}

/** The picture of a bar as a file. */
export function barFile(
  format: 'png' | 'jpeg' | 'webp' | 'tiff',
  side = 40,
  ink = 20,
  paper = 230,
): Promise<Buffer> {
  return sharp(bar(side, 0.5, ink, paper), { raw: { width: side, height: side, channels: 1 } })
    .toFormat(format)
    .toBuffer();
}

/** A zip archive of files. */
export async function zipOf(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
