import { Worker } from 'node:worker_threads';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
  type RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node';
import { REQUEST_CANCELLED_CODE, USER_ERROR_CODE } from '../../protocol/engine';
import {
  choosePartsRequest,
  type ImportedSoFar,
  type ImportParams,
  importProgress,
  importProgressSchema,
  importRequest,
  type ImportResult,
  importResultSchema,
  type OpenParams,
  openRequest,
  partsSchema,
  type PreviewParams,
  previewRequest,
  type PreviewResult,
  previewResultSchema,
  UNKNOWN_CLASSES_CODE,
} from '../../protocol/importer';
import { Cancelled, UserError } from '../errors';

export interface ImportListener {
  readonly onProgress: (progress: ImportedSoFar) => void;
  /** Asked which of several datasets at the path are wanted. */
  readonly choose: (names: readonly string[]) => Promise<readonly string[]>;
}

/** The labels are numbers, and the person has to say what they stand for. */
export class NumberedClasses extends UserError {}

/** Imports in a thread of its own for each request, so that the extension host has time for everything else. */
export class Importer {
  /** @param script of the thread */
  constructor(private readonly script: string) {}

  /**
   * Imports what lies at a path.
   *
   * @throws NumberedClasses where it has to be told what labels stand for, another UserError where it fails, Cancelled
   *   when the signal is aborted
   */
  async import(params: ImportParams, listener: ImportListener, signal: AbortSignal): Promise<ImportResult> {
    return this.inThread(async (connection) => {
      connection.onNotification(importProgress, (progress) => {
        listener.onProgress(importProgressSchema.parse(progress));
      });
      connection.onRequest(choosePartsRequest, async (parts) => ({
        names: [...(await listener.choose(partsSchema.parse(parts).names))],
      }));
      return importResultSchema.parse(await request(connection, importRequest, params, signal));
    });
  }

  /**
   * Shows what an import of pictures would make of some of them.
   *
   * @throws UserError where that fails, Cancelled when the signal is aborted
   */
  async preview(params: PreviewParams, signal: AbortSignal): Promise<PreviewResult> {
    return this.inThread(async (connection) =>
      previewResultSchema.parse(await request(connection, previewRequest, params, signal)),
    );
  }

  /**
   * Sees that a dataset can be opened, stored or at a path.
   *
   * @throws UserError where it cannot
   */
  async open(params: OpenParams): Promise<void> {
    const { signal } = new AbortController();
    await this.inThread((connection) => request(connection, openRequest, params, signal));
  }

  private async inThread<T>(work: (connection: MessageConnection) => Promise<T>): Promise<T> {
    const worker = new Worker(this.script);
    const died = new Promise<never>((_, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The thread that imports ended with code ${code}.`)));
    });
    const connection = createMessageConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
    connection.listen();
    try {
      return await Promise.race([work(connection), died]);
    } finally {
      connection.dispose();
      died.catch(() => undefined);
      await worker.terminate();
    }
  }
}

async function request<P, R>(
  connection: MessageConnection,
  type: RequestType<P, R, void>,
  params: P,
  signal: AbortSignal,
): Promise<R> {
  const source = new CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener('abort', cancel);
  try {
    if (signal.aborted) throw new Cancelled();
    return await connection.sendRequest<R>(type.method, params, source.token);
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    if (error.code === REQUEST_CANCELLED_CODE) throw new Cancelled();
    if (error.code === UNKNOWN_CLASSES_CODE) throw new NumberedClasses(error.message);
    throw error.code === USER_ERROR_CODE ? new UserError(error.message) : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
