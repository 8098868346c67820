import * as vscode from 'vscode';
import type { Command } from './names';

/** Runs a command of Scrawl's, as from the palette. */
export async function runCommand(command: Command, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(command, argument);
}
