import type { CatalogueEntry } from '../catalogue';
import { DatasetError } from '../errors';
import { TransferError } from './transferError';

/**
 * Where a file is looked for, the first one first.
 *
 * @param name of the file; the archive itself where the source is one
 * @param mirrors base addresses that are to be asked instead of the publishers' own: a folder with `mnist/` and
 *   `emnist/` below it, the folder that holds the file, or the file's own address
 */
export function addressesOf({ source }: CatalogueEntry, name: string, mirrors: readonly string[]): string[] {
  if (mirrors.length === 0) {
    return source.addresses.map((address) => (source.kind === 'files' ? join(address, name) : address));
  }
  return mirrors.flatMap((mirror) =>
    mirror.endsWith(`/${name}`) ? [mirror] : [join(mirror, source.mirrorFolder, name), join(mirror, name)],
  );
}

/** A query, such as a key, stays behind the path. */
function join(base: string, ...parts: string[]): string {
  const [path = '', query] = base.split('?', 2);
  const joined = [path.replace(/\/+$/, ''), ...parts].join('/');
  return query === undefined ? joined : `${joined}?${query}`;
}

/**
 * Does the work with one address after the other until one serves.
 *
 * @param what is fetched, for the message
 * @throws DatasetError that says of each address why it does not serve
 */
export async function fromAnyAddress<T>(
  what: string,
  addresses: readonly string[],
  signal: AbortSignal | undefined,
  work: (address: string) => Promise<T>,
): Promise<T> {
  const reasons = new Set<string>();
  for (const address of addresses) {
    try {
      return await work(address);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TransferError || error instanceof DatasetError)) throw error;
      reasons.add(error instanceof DatasetError ? withoutAdvice(error.message) : error.message);
    }
  }
  throw new DatasetError(
    `${what} could not be downloaded (${[...reasons].join('; ')}): try again later or give another address as mirror.`,
  );
}

/** A sentence such as "x is damaged: fetch it again." without what follows the last colon. */
function withoutAdvice(sentence: string): string {
  return sentence.replace(/: [^:]*\.$/, '');
}
