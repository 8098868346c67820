import { ConnectionError, ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { UserError } from '../base/userError';

/** Work that was given up: nobody waits for its answer. */
export class Canceled extends Error {
  override readonly name = 'Canceled';

  constructor() {
    super('The request was canceled.');
  }
}

/** The backend of some work was lost: the same work can go on with another. */
export class BackendLost extends UserError {
  override readonly name: string = 'BackendLost';
}

/** The labels of an import are numbers, and the user has to say which characters they stand for. */
export class NumberedClasses extends UserError {
  override readonly name = 'NumberedClasses';
}

/** As in LSP. */
const CANCELED = -32800;

/** JSON-RPC's code of each failure that has a sentence for the user; a class comes before those that it extends. */
const CODES = [
  [-32003, NumberedClasses],
  [-32002, BackendLost],
  [-32001, UserError],
] as const;

/** How a failure crosses the border; what has no code of its own is a flaw, and JSON-RPC says so. */
export function responseOf(failure: unknown): Error {
  if (failure instanceof Canceled) return new ResponseError(CANCELED, failure.message);
  const [code] = CODES.find(([, Kind]) => failure instanceof Kind) ?? [];
  const error = failure instanceof Error ? failure : new Error(String(failure));
  return code === undefined ? error : new ResponseError(code, error.message);
}

/** What came over the border, as the failure that it was. */
export function failureOf(response: unknown): unknown {
  if (!(response instanceof ResponseError)) return response;
  if (response.code === CANCELED) return new Canceled();
  const [, Kind] = CODES.find(([code]) => code === response.code) ?? [];
  return Kind ? new Kind(response.message) : response;
}

/** Whether nobody answers any more, rather than that the answer was an error. */
export function isConnectionLost(failure: unknown): boolean {
  if (failure instanceof ResponseError) return failure.code === ErrorCodes.PendingResponseRejected;
  return failure instanceof ConnectionError;
}
