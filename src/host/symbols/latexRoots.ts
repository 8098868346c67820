import path from 'node:path';
import * as vscode from 'vscode';
import { includes, isRoot, namedRoot } from '../../symbols/packages';

/** So many files are looked through for the one that a document is a part of. */
const FILES = 200;

/** Knows the documents that load packages for others. Files are looked through once, until one of them changes. */
export class LatexRoots implements vscode.Disposable {
  /** The files that have documents as parts, while they are looked for or once they are known; undefined is none. */
  private readonly found = new Map<vscode.TextDocument, Promise<vscode.Uri | undefined>>();
  private watcher: vscode.Disposable | undefined;

  /**
   * The document that loads packages for a document of LaTeX: itself, the one that it names in its first lines as
   * `% !TeX root = …`, or the one of the workspace that inputs it; itself where there is none.
   */
  async of(document: vscode.TextDocument): Promise<vscode.TextDocument> {
    const text = document.getText();
    if (isRoot(text)) return document;
    const named = namedRoot(text);
    const uri =
      named === undefined ? await this.including(document) : vscode.Uri.joinPath(document.uri, '..', named);
    if (!uri) return document;
    try {
      return await vscode.workspace.openTextDocument(uri);
    } catch {
      // the file that is named is not there
      return document;
    }
  }

  dispose(): void {
    this.watcher?.dispose();
  }

  private including(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
    const known = this.found.get(document);
    if (known) return known;
    this.watcher ??= this.watch();
    const found = findIncluding(document);
    this.found.set(document, found);
    found.catch(() => this.found.delete(document));
    return found;
  }

  private watch(): vscode.Disposable {
    const files = vscode.workspace.createFileSystemWatcher('**/*.tex');
    const forget = () => this.found.clear();
    return vscode.Disposable.from(
      files,
      files.onDidCreate(forget),
      files.onDidChange(forget),
      files.onDidDelete(forget),
      vscode.workspace.onDidCloseTextDocument((document) => this.found.delete(document)),
    );
  }
}

async function findIncluding(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  if (!vscode.workspace.getWorkspaceFolder(document.uri)) return undefined;
  for (const uri of await vscode.workspace.findFiles('**/*.tex', undefined, FILES)) {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const part = path.posix.relative(path.posix.dirname(uri.path), document.uri.path);
    if (isRoot(text) && includes(text, part)) return uri;
  }
  return undefined;
}
