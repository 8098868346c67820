import { Worker } from 'node:worker_threads';
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-jsonrpc/node';

/**
 * Does work with a thread of its own, which is ended afterwards.
 *
 * @param script of the thread
 * @throws Error where the thread ends too soon; what the work throws
 */
export async function inThread<T>(
  script: string,
  work: (connection: MessageConnection) => Promise<T>,
): Promise<T> {
  const worker = new Worker(script);
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread ${script} ended with code ${code}.`)));
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
