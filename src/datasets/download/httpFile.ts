import { open } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { Part, PartState } from './part';
import { get, type Answer, type RequestOptions } from './request';
import { withRetries } from './retry';
import { TransferError } from './transferError';

/** What is asked of an address. */
export interface Wanted {
  readonly address: string;
  /** Which file it is, whatever address it comes from; the address itself where nothing else is known of it. */
  readonly identity: string;
  /** Only these bytes, of the version that the validator names. */
  readonly span?: { readonly start: number; readonly length: number; readonly validator: string | undefined };
  /** The bytes that the file begins with. */
  readonly magic?: Buffer;
}

export const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
export const ZIP_MAGIC = Buffer.from('PK');

/**
 * Brings a part to its end: what is there already is kept and the rest asked for, after a break of the connection as
 * after a restart. No more than a chunk is in memory.
 *
 * @param onBytes told how many bytes are there, and how many there will be where that is known
 * @throws TransferError; the signal's reason when it is aborted
 */
export async function fetchPart(
  wanted: Wanted,
  part: Part,
  options: Omit<RequestOptions, 'headers'>,
  onBytes: (done: number, total: number | undefined) => void,
): Promise<void> {
  await withRetries(
    () => attempt(wanted, part, options, onBytes),
    () => part.size(),
    options.settings,
    options.signal,
  );
}

async function attempt(
  wanted: Wanted,
  part: Part,
  options: Omit<RequestOptions, 'headers'>,
  onBytes: (done: number, total: number | undefined) => void,
): Promise<void> {
  const { state, have } = await whatIsThere(wanted, part);
  if (state.length === have && have > 0) {
    onBytes(have, have);
    return;
  }
  const answer = await get(wanted.address, { ...options, headers: rangeHeaders(wanted, state, have) });
  try {
    const { from, length: whole } = await judge(answer, wanted, part, state, have);
    const validator = validatorOf(answer.headers) ?? (from > 0 ? state.validator : undefined);
    const known: PartState = {
      identity: wanted.identity,
      ...(wanted.span ? {} : optional('validator', validator)),
      ...optional('length', whole),
    };
    await part.save(known, from > 0);
    const done = await append(answer, wanted, part, from, whole, onBytes);
    if (whole !== undefined && done < whole) {
      throw new TransferError(`${answer.host} ended at ${String(done)} of ${String(whole)} bytes`, 'again');
    }
    await part.save({ ...known, length: done }, true);
  } finally {
    answer.close();
  }
}

/** What of the part can be gone on with. */
async function whatIsThere(wanted: Wanted, part: Part): Promise<{ state: PartState; have: number }> {
  const fresh: PartState = { identity: wanted.identity, ...optional('length', wanted.span?.length) };
  const state = await part.state();
  const have = await part.size();
  if (state?.identity !== wanted.identity || have > (state.length ?? Infinity)) {
    return { state: fresh, have: 0 };
  }
  // without any bytes nothing holds to the version that was there before
  return { state: have > 0 ? { ...state, ...optional('length', wanted.span?.length) } : fresh, have };
}

function rangeHeaders({ span }: Wanted, state: PartState, have: number): Record<string, string> {
  if (!span && have === 0) return {};
  const start = (span?.start ?? 0) + have;
  const end = span ? String(span.start + span.length - 1) : '';
  const validator = span ? span.validator : state.validator;
  return {
    range: `bytes=${String(start)}-${end}`,
    ...(validator !== undefined && { 'if-range': validator }),
  };
}

/**
 * Where the body of an answer belongs, and how long the whole is.
 *
 * @throws TransferError where it is not what was asked for
 */
async function judge(answer: Answer, wanted: Wanted, part: Part, state: PartState, have: number) {
  const { span } = wanted;
  if (answer.status === 416 || (answer.status === 200 && span)) {
    if (span) throw new TransferError(`the file at ${answer.host} has changed`, 'changed');
    await part.discard();
    throw new TransferError(`the file at ${answer.host} has changed`, 'again');
  }
  if (/^text\/html/i.test(answer.headers['content-type'] ?? '')) throw notTheFile(answer.host);
  if (answer.status === 200) {
    return { from: 0, length: numberIn(answer.headers['content-length']) };
  }
  const range = contentRange(answer.headers);
  if (!range || range.start !== (span?.start ?? 0) + have) {
    throw new TransferError(`${answer.host} sends other bytes than it was asked for`, 'elsewhere');
  }
  if (!span && state.length !== undefined && range.total !== undefined && range.total !== state.length) {
    await part.discard();
    throw new TransferError(`the file at ${answer.host} has changed`, 'again');
  }
  return { from: have, length: span ? span.length : (range.total ?? state.length) };
}

async function append(
  answer: Answer,
  wanted: Wanted,
  part: Part,
  from: number,
  whole: number | undefined,
  onBytes: (done: number, total: number | undefined) => void,
): Promise<number> {
  const handle = await open(part.file, 'r+');
  let done = from;
  let head = Buffer.alloc(0);
  try {
    onBytes(done, whole);
    for await (const chunk of answer.body) {
      const magic = wanted.magic;
      if (magic && from === 0 && head.length < magic.length) {
        head = Buffer.concat([head, chunk.subarray(0, magic.length)]).subarray(0, magic.length);
        if (!magic.subarray(0, head.length).equals(head)) throw notTheFile(answer.host);
      }
      if (whole !== undefined && done + chunk.length > whole) {
        throw new TransferError(`${answer.host} sends more bytes than it says`, 'elsewhere');
      }
      await handle.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      onBytes(done, whole);
    }
    // on the disk before anybody names it or says that it is whole
    await handle.sync();
  } finally {
    await handle.close();
  }
  return done;
}

function notTheFile(host: string): TransferError {
  return new TransferError(
    `${host} sends something else, such as a web page that asks to sign in`,
    'elsewhere',
  );
}

/** The name of a version that a server keeps to byte by byte. */
export function validatorOf({ etag, 'last-modified': modified }: IncomingHttpHeaders): string | undefined {
  return etag !== undefined && !etag.startsWith('W/') ? etag : modified;
}

/** What `Content-Range: bytes start-end/total` says. */
export function contentRange(headers: IncomingHttpHeaders) {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (!match) return undefined;
  return {
    start: Number(match[1]),
    end: Number(match[2]),
    total: match[3] === '*' ? undefined : Number(match[3]),
  };
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
