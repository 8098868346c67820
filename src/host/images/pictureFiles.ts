import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import writeFileAtomic from 'write-file-atomic';
import { sweepUntouched } from '../../storage/sweep';
import { touch } from '../../storage/touch';
import { UserError } from '../../base/userError';

/** Schemes that are not of this machine or its remote workspace: nothing is fetched from there. */
const ELSEWHERE = new Set(['http', 'https', 'ftp']);

/** Milliseconds for which a picture is kept that no tab has shown: its window may open again and bring its tab back. */
const KEPT_UNSHOWN = 30 * 24 * 60 * 60 * 1000;

/** Pictures that came without a file of their own, kept while a tab shows them. */
export class PictureFiles {
  /** Forgets what windows left that were closed for good, whichever it was. */
  constructor(private readonly folder: string) {
    void sweepUntouched(folder, KEPT_UNSHOWN);
  }

  /** Keeps a pasted picture in a file of this machine. */
  async keep(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
    await mkdir(this.folder, { recursive: true });
    const file = path.join(this.folder, `${randomUUID()}-${path.basename(name) || 'picture'}`.slice(0, 100));
    await writeFileAtomic(file, Buffer.from(bytes));
    return vscode.Uri.file(file);
  }

  /**
   * A file on this machine with the picture of a URI.
   *
   * @throws UserError where it cannot be read or lies on the internet
   */
  async fileOf(uri: vscode.Uri): Promise<vscode.Uri> {
    // one that is gone says so when it is read
    if (this.isKept(uri)) await touch(uri.fsPath);
    if (uri.scheme === 'file') return uri;
    if (ELSEWHERE.has(uri.scheme)) {
      throw new UserError('Scrawl fetches no pictures from the internet: save it to a file first.');
    }
    try {
      return await this.keep(path.posix.basename(uri.path), await vscode.workspace.fs.readFile(uri));
    } catch (cause) {
      throw new UserError(`"${uri.path}" cannot be read: save it to a file first.`, { cause });
    }
  }

  /** The name to show for a picture. */
  nameOf(uri: vscode.Uri): string {
    return this.isKept(uri) ? 'Pasted picture' : path.basename(uri.fsPath);
  }

  /** Removes a picture that was kept; files of the user stay. */
  async forget(uri: vscode.Uri): Promise<void> {
    if (this.isKept(uri)) await rm(uri.fsPath, { force: true });
  }

  private isKept(uri: vscode.Uri): boolean {
    return path.dirname(uri.fsPath) === path.resolve(this.folder);
  }
}
