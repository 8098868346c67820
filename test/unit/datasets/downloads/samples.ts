import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import yazl from 'yazl';
import { CATALOG, type CatalogEntry, type CatalogFile } from '../../../../src/datasets/download/catalog';
import { Random } from '../../../../src/base/random';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');
export const BALANCED = 'emnist-balanced';

/** Real files of EMNIST, a few of them, as they lie in its archive. */
export async function emnistFiles(): Promise<Map<string, Buffer>> {
  const names = (await readdir(FIXTURE)).filter((name) => name.startsWith('emnist-'));
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(FIXTURE, name))] as [string, Buffer]),
    ),
  );
}

/** A zip archive of files. */
export function zipOf(
  files: Iterable<[string, Buffer]>,
  options: Partial<yazl.Options> = {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of files) {
    zip.addBuffer(content, name, { compress: false, mtime: new Date(0), ...options });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** EMNIST's archive with one split. */
export async function emnistZip(options?: Partial<yazl.Options>): Promise<Buffer> {
  return zipOf(
    [...(await emnistFiles())].map(([name, content]) => [`gzip/${name}`, content]),
    options,
  );
}

export function idxImages(
  count: number,
  pixels: Buffer,
  { height = 28, width = 28, magic = 0x803 } = {},
): Buffer {
  const header = Buffer.alloc(16);
  [magic, count, height, width].forEach((value, index) => header.writeUInt32BE(value, 4 * index));
  return Buffer.concat([header, pixels]);
}

export function idxLabels(count: number, labels: Buffer): Buffer {
  const header = Buffer.alloc(8);
  [0x801, count].forEach((value, index) => header.writeUInt32BE(value, 4 * index));
  return Buffer.concat([header, labels]);
}

/** Files in MNIST's layout that are too small to be downloaded in one go and large enough to be broken off. */
export function mnistFiles(samples = 40): Map<string, Buffer> {
  const random = new Random(5);
  const bytes = (length: number, below: number) =>
    Buffer.from(Uint8Array.from({ length }, () => random.integer(below)));
  const files: [string, Buffer][] = [];
  for (const prefix of ['train', 't10k']) {
    files.push([`${prefix}-labels-idx1-ubyte.gz`, gzipSync(idxLabels(samples, bytes(samples, 10)))]);
    files.push([`${prefix}-images-idx3-ubyte.gz`, gzipSync(idxImages(samples, bytes(samples * 784, 256)))]);
  }
  return new Map(files);
}

/** The catalog's MNIST, with other content at other addresses. */
export function mnistEntry(
  addresses: readonly string[],
  sums: ReadonlyMap<string, string> = new Map(),
): CatalogEntry {
  const [mnist] = CATALOG as [CatalogEntry];
  const files = mnist.files.map(({ sha256: _, ...file }): CatalogFile => {
    const sha256 = sums.get(file.name);
    return { ...file, bytes: 30_000, ...(sha256 !== undefined && { sha256 }) };
  });
  return {
    ...mnist,
    files,
    samples: { train: 40, test: 40 },
    source: { kind: 'files', addresses, mirrorFolder: 'mnist' },
  };
}

/** The catalog's EMNIST Balanced, at other addresses. */
export function balancedEntry(addresses: readonly string[]): CatalogEntry {
  const entry = CATALOG.find(({ id }) => id === BALANCED) as CatalogEntry;
  const source = { ...entry.source, addresses };
  return { ...entry, source, samples: { train: 200, test: 86 } };
}

export const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');
