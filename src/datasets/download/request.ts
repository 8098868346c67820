// VS Code routes these two through its proxy settings where they are asked for by these names
import http from 'http';
import https from 'https';
import { PassThrough } from 'node:stream';
import type { TransferSettings } from './settings';
import { TransferError } from './transferError';

/** What a server answered; its body must be read to the end or closed. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The server's name, for messages. */
  readonly host: string;
  /** @throws TransferError where the connection breaks, stalls or only trickles */
  readonly body: AsyncIterable<Buffer>;
  close(): void;
}

export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly settings: TransferSettings;
  readonly signal: AbortSignal | undefined;
}

/** Bytes that may wait for the disk. */
const BUFFER = 2 ** 20;
/** Answers that the same server may take back soon. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** What a name that is not known, a door that is shut, and a network that is away are called. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/**
 * Asks for an address, following where the server sends on.
 *
 * @throws TransferError where no usable answer (200, 206 or 416) comes; the signal's reason when it is aborted
 */
export async function get(address: string, options: RequestOptions): Promise<Answer> {
  let url = parse(address);
  for (let hops = 0; hops <= options.settings.redirects; hops++) {
    const response = await send(url, options);
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy();
      url = follow(url, location);
      continue;
    }
    if (status === 200 || status === 206 || status === 416) return answer(url, response, status, options);
    response.destroy();
    throw new TransferError(
      `${url.host} answered ${String(status)} ${response.statusMessage ?? ''}`.trim(),
      PASSING.has(status) ? 'again' : 'elsewhere',
    );
  }
  throw new TransferError(`${parse(address).host} sends on in a circle`, 'elsewhere');
}

function parse(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base?.href) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new TransferError(`"${address}" is no http or https address`, 'elsewhere');
}

function follow(from: URL, location: string): URL {
  const to = parse(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new TransferError(`${from.host} sends on to an address without encryption`, 'elsewhere');
  }
  return to;
}

function send(url: URL, { headers, settings, signal }: RequestOptions): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).get(
      url,
      // the bytes as they lie there: ranges and checksums are of them
      {
        headers: { 'user-agent': 'scrawl', 'accept-encoding': 'identity', ...headers },
        ...(signal && { signal }),
      },
      (response) => {
        // from here on the body is watched
        request.setTimeout(0);
        resolve(response);
      },
    );
    request.setTimeout(settings.stall, () => {
      request.destroy(new TransferError(`${url.host} does not answer`, 'again'));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else reject(connectionError(url.host, error));
    });
  });
}

function connectionError(host: string, error: NodeJS.ErrnoException): TransferError {
  if (error instanceof TransferError) return error;
  const unreachable = UNREACHABLE.has(error.code ?? '');
  return new TransferError(
    `${host} ${unreachable ? 'cannot be reached' : `broke the connection (${error.code ?? error.message})`}`,
    unreachable ? 'unreachable' : 'again',
    { cause: error },
  );
}

function answer(url: URL, response: http.IncomingMessage, status: number, options: RequestOptions): Answer {
  return {
    status,
    headers: response.headers,
    host: url.host,
    body: watch(url.host, response, options),
    close: () => {
      // nobody listens any longer to how it ends
      response.on('error', () => undefined);
      response.destroy();
    },
  };
}

/** The body's chunks, as long as they come fast enough; what came before a connection broke is given first. */
function watch(
  host: string,
  response: http.IncomingMessage,
  { settings, signal }: RequestOptions,
): AsyncIterable<Buffer> {
  let received = 0;
  let before = 0;
  let slow: TransferError | undefined;
  let broken: NodeJS.ErrnoException | undefined;
  const chunks = new PassThrough({ highWaterMark: BUFFER });
  chunks.on('drain', () => response.resume());
  response.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (!chunks.write(chunk)) response.pause();
  });
  response.on('end', () => chunks.end());
  response.on('error', (error) => {
    broken = error;
    chunks.end();
  });
  const clock = setInterval(() => {
    if (received - before < settings.leastBytes && !response.isPaused()) {
      slow = new TransferError(`${host} sends too slowly`, 'again');
      response.destroy(slow);
    }
    before = received;
  }, settings.stall);
  response.on('close', () => {
    clearInterval(clock);
    chunks.end();
  });
  return (async function* () {
    for await (const chunk of chunks) yield chunk as Buffer;
    signal?.throwIfAborted();
    if (slow) throw slow;
    if (broken) throw connectionError(host, broken);
  })();
}
