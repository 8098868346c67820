import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { makeScratchFolder } from '../../harness/scratch';

let folder: Promise<string> | undefined;
let documents = 0;

/**
 * A document of its own with this text, in a file whose name ends so. It is no untitled one: a name that becomes free is given again, and VS Code then
 * brings back the text that it had backed up under that name, where the backup is not thrown away yet.
 */
export async function newDocument(content: string, ending = '.txt'): Promise<vscode.TextDocument> {
  folder ??= makeScratchFolder();
  documents += 1;
  const file = path.join(await folder, `text-${documents}${ending}`);
  await writeFile(file, content);
  return vscode.workspace.openTextDocument(file);
}
