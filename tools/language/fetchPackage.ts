import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** An npm package in a fixed version. */
export interface FetchedPackage {
  readonly name: string;
  readonly version: string;
  /** Of the tarball, as npm gives it. */
  readonly integrity: string;
}

/**
 * The tarball of a package, fetched by npm where the folder does not have it yet.
 *
 * @throws Error where it is not the one that the counts were made of
 */
export async function fetchPackage(source: FetchedPackage, folder: string): Promise<Buffer> {
  const file = path.join(folder, `${source.name.replace('@', '').replace('/', '-')}-${source.version}.tgz`);
  const bytes = await readFile(file).catch(() => fetched(source, folder, file));
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (integrity === source.integrity) return bytes;
  throw new Error(`${file} is not what ${source.name} ${source.version} was. Delete it and run again.`);
}

async function fetched(source: FetchedPackage, folder: string, file: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await promisify(execFile)(npm, ['pack', `${source.name}@${source.version}`, '--silent'], { cwd: folder });
  return readFile(file);
}
