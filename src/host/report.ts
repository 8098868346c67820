import * as vscode from 'vscode';
import { DatasetError } from '../datasets/errors';
import { InkError } from '../ink/errors';
import { ModelError } from '../models/errors';
import { NetworkError } from '../networks/network';
import { BackendLost, Cancelled, UserError } from './errors';
import { Command } from './names';

/** The errors whose message is one sentence for the person. */
const FOR_THE_PERSON = [UserError, DatasetError, InkError, ModelError, NetworkError];

/** One sentence for the person; the details of what they cannot mend go to the log. */
export function sentenceFor(error: unknown, log: vscode.LogOutputChannel): string {
  if (FOR_THE_PERSON.some((type) => error instanceof type)) return (error as Error).message;
  log.error(error instanceof Error ? error : String(error));
  return 'Scrawl failed at this: run "Scrawl: Show Log" to see why.';
}

/** Tells the person that something failed, unless it was given up on purpose. */
export function report(error: unknown, log: vscode.LogOutputChannel): void {
  if (error instanceof BackendLost) void offerAnotherBackend(error.message);
  else if (!(error instanceof Cancelled)) void vscode.window.showErrorMessage(sentenceFor(error, log));
}

async function offerAnotherBackend(message: string): Promise<void> {
  const select = 'Select Backend…';
  const answer = await vscode.window.showErrorMessage(message, select);
  if (answer === select) await vscode.commands.executeCommand(Command.selectBackend);
}
