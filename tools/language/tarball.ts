import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * The files of an npm tarball (ustar, gzip), by their path below its first folder, in the order of the paths.
 */
export function filesOf(tarball: Uint8Array): Map<string, Buffer> {
  const bytes = gunzipSync(tarball);
  const files: [string, Buffer][] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = parseInt(field(header, 124, 12), 8);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = field(header, 156, 1);
    if (type === '' || type === '0') files.push([below(longName ?? shortName(header)), content]);
    longName = type === 'x' ? paxPath(content) : undefined;
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shortName(header: Buffer): string {
  const prefix = field(header, 345, 155);
  return prefix ? `${prefix}/${field(header, 0, 100)}` : field(header, 0, 100);
}

/** The path in a pax header, whose lines are `length key=value`. */
function paxPath(content: Buffer): string | undefined {
  return /^\d+ path=(.*)$/m.exec(content.toString('utf8'))?.[1];
}

function field(header: Buffer, from: number, length: number): string {
  const text = header.toString('utf8', from, from + length);
  return text.split('\0', 1)[0]?.trim() ?? '';
}

function below(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
