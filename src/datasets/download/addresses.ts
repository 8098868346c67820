import type { CatalogEntry } from './catalog';
import { DatasetError, Disconnected, DiskFull } from '../errors';
import { backOff } from './retry';
import type { TransferSettings } from './settings';
import { TransferError } from './transferError';

/**
 * Where a file is looked for, the first one first.
 *
 * @param name of the file; the archive itself where the source is one
 * @param mirrors base addresses that are to be asked instead of the publishers' own: a folder with `mnist/` and
 *   `emnist/` below it, the folder that holds the file, or the file's own address
 */
export function addressesOf({ source }: CatalogEntry, name: string, mirrors: readonly string[]): string[] {
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

/** Rounds of all addresses for which a network that is away is waited for: about ten minutes. */
const ROUNDS = 40;

/** A transfer that may come from several addresses. */
export interface Transfer {
  /** What is fetched, for messages. */
  readonly name: string;
  readonly settings: TransferSettings;
  readonly signal: AbortSignal | undefined;
  /** Whether there is something to go on with. */
  readonly hasBegun: () => Promise<boolean>;
  /** Told when no address can be reached, and that is waited for. */
  readonly onOffline: () => void;
}

/**
 * Does the work with one address after the other until one serves. What has begun waits for a network that is away, as
 * it is for some seconds when a machine wakes.
 *
 * @throws DatasetError that says of each address why it does not serve; Disconnected where the network broke off what
 *   had begun; the signal's reason when it is aborted
 */
export async function fromAnyAddress<T>(
  transfer: Transfer,
  addresses: readonly string[],
  work: (address: string) => Promise<T>,
): Promise<T> {
  const { name, settings, signal } = transfer;
  for (let round = 1; ; round++) {
    const failures: (TransferError | DatasetError)[] = [];
    for (const address of addresses) {
      try {
        return await work(address);
      } catch (error) {
        signal?.throwIfAborted();
        // no other address has more room on this disk
        if (error instanceof DiskFull) throw error;
        if (!(error instanceof TransferError || error instanceof DatasetError)) throw error;
        failures.push(error);
      }
    }
    const sentence = `${name} could not be downloaded (${reasonsOf(failures)}): try again later or give another address as mirror.`;
    const passing = failures.every((error) => isFor(error, 'again', 'unreachable'));
    if (!passing || !(await transfer.hasBegun())) throw new DatasetError(sentence);
    const isAway = failures.every((error) => isFor(error, 'unreachable'));
    if (!isAway || round === ROUNDS) throw new Disconnected(sentence);
    transfer.onOffline();
    await backOff(round, settings, signal);
  }
}

function isFor(error: Error, ...remedies: TransferError['remedy'][]): boolean {
  return error instanceof TransferError && remedies.includes(error.remedy);
}

function reasonsOf(failures: readonly Error[]): string {
  const reasons = failures.map((error) =>
    error instanceof DatasetError ? withoutAdvice(error.message) : error.message,
  );
  return [...new Set(reasons)].join('; ');
}

/** A sentence such as "x is damaged: fetch it again." without what follows the last colon. */
function withoutAdvice(sentence: string): string {
  return sentence.replace(/: [^:]*\.$/, '');
}
