import * as vscode from 'vscode';

/** What long work tells: a message, and how far it is from 0 to 1 where that is known. */
export type Report = (message: string, share?: number) => void;

/**
 * Does long work under a notification that shows how far it is and can stop it.
 *
 * @returns undefined where the user stopped it
 */
export async function longWork<T>(
  title: string,
  work: (report: Report, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const canceled = token.onCancellationRequested(() => abort.abort());
    let shown = 0;
    const report: Report = (message, share) => {
      const percent = share === undefined ? shown : Math.max(shown, 100 * Math.min(share, 1));
      progress.report({ message, increment: percent - shown });
      shown = percent;
    };
    try {
      return await work(report, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    } finally {
      canceled.dispose();
    }
  });
}

/** Does short work whose title shows in the status bar meanwhile. */
export async function quietWork<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}

/** Whether an error is an abort that somebody asked for. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
