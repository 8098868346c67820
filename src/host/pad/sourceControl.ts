import path from 'node:path';
import * as vscode from 'vscode';

/** What of the API of VS Code's Git extension is used here. */
interface Git {
  getAPI(version: 1): { readonly repositories: readonly Repository[] };
}

export interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
}

/** The repositories that Source Control shows; none where Git is turned off. */
export async function repositories(): Promise<readonly Repository[]> {
  const extension = vscode.extensions.getExtension<Git>('vscode.git');
  try {
    return (await extension?.activate())?.getAPI(1).repositories ?? [];
  } catch {
    // the setting git.enabled is off
    return [];
  }
}

export function titleOf({ rootUri }: Repository): string {
  return path.posix.basename(rootUri.path);
}
