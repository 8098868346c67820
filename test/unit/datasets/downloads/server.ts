import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server answers one request; what it leaves to the server is answered as it should be. */
export type Manner = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
) => boolean;

/** A server of files, which can be told to misbehave. */
export interface FileServer {
  readonly address: string;
  readonly files: Map<string, Buffer>;
  /** Every request, as `path` or `path range`. */
  readonly requests: string[];
  /** Bytes of bodies that were sent as they should be. */
  sent: number;
  /** Asked before each request is answered as it should be. */
  manner: Manner | undefined;
  close(): Promise<void>;
  /** Serves again where it did. */
  reopen(): Promise<void>;
}

/** Serves files with ranges, ETags and If-Range, as a good server does. */
export async function serve(files: Iterable<[string, Buffer]>): Promise<FileServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/^\/+/, '');
    const { range } = request.headers;
    state.requests.push(range === undefined ? path : `${path} ${range}`);
    const body = state.files.get(path);
    if (state.manner?.(request, response, body)) return;
    if (!body) {
      response.writeHead(404).end('not here');
      return;
    }
    state.sent += answer(request, response, body);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const state: FileServer = {
    address: `http://127.0.0.1:${String(port)}`,
    files: new Map(files),
    requests: [],
    sent: 0,
    manner: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
    reopen: () => listen(port),
  };
  return state;
}

export const etagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;

/** The part of a body that a request asks for, and its first byte. */
export function asked(
  { headers }: IncomingMessage,
  body: Buffer,
): { start: number; part: Buffer } | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  const condition = headers['if-range'];
  if (!match || (condition !== undefined && condition !== etagOf(body))) return undefined;
  const start = Number(match[1]);
  return { start, part: body.subarray(start, match[2] === '' ? undefined : Number(match[2]) + 1) };
}

/** @returns bytes sent */
function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): number {
  const range = asked(request, body);
  if (!range) {
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body), 'accept-ranges': 'bytes' });
    response.end(body);
    return body.length;
  }
  const { start, part } = range;
  if (start >= body.length) {
    response.writeHead(416, { 'content-range': `bytes */${String(body.length)}` }).end();
    return 0;
  }
  response.writeHead(206, {
    'content-length': part.length,
    'content-range': `bytes ${String(start)}-${String(start + part.length - 1)}/${String(body.length)}`,
    etag: etagOf(body),
  });
  response.end(part);
  return part.length;
}

/** Sends whole files whatever is asked for, and names no version. */
export const noRanges: Manner = (_request, response, body) => {
  if (!body) return false;
  response.writeHead(200, { 'content-length': body.length }).end(body);
  return true;
};

/** Breaks the connection after some bytes of each answer that is longer. */
export function dropAfter(bytes: number, path: RegExp): Manner {
  return (request, response, body) => {
    if (!body || !path.test(request.url ?? '')) return false;
    const { start, part } = asked(request, body) ?? { start: 0, part: body };
    if (part.length <= bytes) return false;
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'content-length': part.length,
      'content-range': `bytes ${String(start)}-${String(start + part.length - 1)}/${String(body.length)}`,
      etag: etagOf(body),
    });
    response.write(part.subarray(0, bytes), () => response.destroy());
    return true;
  };
}
