import yauzl from 'yauzl';
import { DatasetError } from '../errors';
import type { RequestOptions } from './request';
import { get } from './request';
import { contentRange, validatorOf } from './httpFile';
import { withRetries } from './retry';
import { TransferError } from './transferError';
import { listMembers, type ZipMember } from './zipMembers';

/** Bytes that are asked for at a time while the directory is read. */
const BLOCK = 64 * 1024;
/** No directory of a dataset's archive is larger. */
const MOST_BLOCKS = 64;

/** The directory of a zip archive that lies elsewhere. */
export interface RemoteZip {
  /** By name without folders. */
  readonly members: ReadonlyMap<string, ZipMember>;
  /** The version that the directory is of, as for If-Range. */
  readonly validator: string | undefined;
  /** Bytes of the archive. */
  readonly length: number;
  /** Where in the archive a member's bytes begin. */
  dataStart(member: ZipMember): Promise<number>;
}

/**
 * Reads the directory of a zip archive by range requests, which is little of it.
 *
 * @returns undefined where the server gives no ranges
 * @throws TransferError where the server fails; DatasetError where the archive is damaged or hostile
 */
export async function openRemoteZip(
  address: string,
  options: Omit<RequestOptions, 'headers'>,
): Promise<RemoteZip | undefined> {
  const start = await withRetries(
    () => probe(address, options),
    () => Promise.resolve(0),
    options.settings,
    options.signal,
  );
  if (!start) return undefined;
  const reader = new RangeReader(address, start.length, start.validator, options);
  const zip = await reader.explain(
    yauzl.fromRandomAccessReaderPromise(reader, start.length, { autoClose: false }),
  );
  const members = await reader.explain(listMembers(zip, `the archive at ${start.host}`));
  return {
    members,
    validator: start.validator,
    length: start.length,
    dataStart: async (member) =>
      (await reader.explain(zip.readLocalFileHeaderPromise(member.entry, { minimal: true }))).fileDataStart,
  };
}

/** Whether the server gives ranges, of what version, and how long the archive is. */
async function probe(address: string, options: Omit<RequestOptions, 'headers'>) {
  const answer = await get(address, { ...options, headers: { range: 'bytes=0-1' } });
  try {
    const total = contentRange(answer.headers)?.total;
    if (answer.status !== 206 || total === undefined) return undefined;
    for await (const chunk of answer.body) {
      if (!chunk.subarray(0, 1).equals(Buffer.from('P'))) {
        throw new TransferError(`${answer.host} sends something else than a zip archive`, 'elsewhere');
      }
    }
    return { host: answer.host, length: total, validator: validatorOf(answer.headers) };
  } finally {
    answer.close();
  }
}

/** Reads an archive by range requests, some blocks of which it keeps. */
class RangeReader extends yauzl.RandomAccessReader {
  private readonly blocks = new Map<number, Promise<Buffer>>();
  private failure: Error | undefined;

  constructor(
    private readonly address: string,
    private readonly length: number,
    private readonly validator: string | undefined,
    private readonly options: Omit<RequestOptions, 'headers'>,
  ) {
    super();
  }

  /** What the library makes of a failed request, as what it was. */
  async explain<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (this.failure) throw this.failure;
      if (error instanceof DatasetError) throw error;
      throw new TransferError(`the archive at ${this.host} is damaged or no zip archive`, 'elsewhere', {
        cause: error,
      });
    }
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.copy(buffer, offset, length, position).then(
      () => callback(null),
      (error: unknown) => {
        this.failure = error as Error;
        callback(this.failure);
      },
    );
  }

  private async copy(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    let done = 0;
    while (done < length) {
      const at = position + done;
      const block = await this.block(Math.floor(at / BLOCK));
      const copied = block.copy(buffer, offset + done, at % BLOCK, (at % BLOCK) + length - done);
      if (copied === 0) {
        throw new TransferError(`the archive at ${this.host} is cut off`, 'elsewhere');
      }
      done += copied;
    }
  }

  private block(index: number): Promise<Buffer> {
    const known = this.blocks.get(index);
    if (known) return known;
    if (this.blocks.size >= MOST_BLOCKS) {
      throw new TransferError(`the archive at ${this.host} has too large a directory`, 'elsewhere');
    }
    const fetched = this.fetch(index);
    this.blocks.set(index, fetched);
    return fetched;
  }

  /** Asks for the rest of a block until it is all there. */
  private async fetch(index: number): Promise<Buffer> {
    const start = index * BLOCK;
    const block = Buffer.alloc(Math.max(0, Math.min(BLOCK, this.length - start)));
    let have = 0;
    const attempt = async () => {
      for await (const chunk of this.ask(start + have, block.length - have)) have += chunk.copy(block, have);
      if (have < block.length) throw new TransferError(`${this.host} ended too early`, 'again');
    };
    if (block.length > 0) {
      await withRetries(attempt, () => Promise.resolve(have), this.options.settings, this.options.signal);
    }
    return block;
  }

  private async *ask(start: number, length: number): AsyncGenerator<Buffer> {
    const answer = await get(this.address, {
      ...this.options,
      headers: {
        range: `bytes=${String(start)}-${String(start + length - 1)}`,
        ...(this.validator !== undefined && { 'if-range': this.validator }),
      },
    });
    try {
      const range = contentRange(answer.headers);
      if (answer.status !== 206 || range?.start !== start || range.total !== this.length) {
        throw new TransferError(`the file at ${answer.host} has changed`, 'changed');
      }
      yield* answer.body;
    } finally {
      answer.close();
    }
  }

  private get host(): string {
    return new URL(this.address).host;
  }
}
