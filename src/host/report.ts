import * as vscode from 'vscode';
import { DatasetError } from '../datasets/errors';
import { InkError } from '../ink/errors';
import { Cancelled, UserError } from './errors';

/** One sentence for the person; the details of what they cannot mend go to the log. */
export function sentenceFor(error: unknown, log: vscode.LogOutputChannel): string {
  if (error instanceof UserError || error instanceof DatasetError || error instanceof InkError)
    return error.message;
  log.error(error instanceof Error ? error : String(error));
  return 'Scrawl failed at this: run "Scrawl: Show Log" to see why.';
}

/** Tells the person that something failed, unless it was given up on purpose. */
export function report(error: unknown, log: vscode.LogOutputChannel): void {
  if (!(error instanceof Cancelled)) void vscode.window.showErrorMessage(sentenceFor(error, log));
}
