import * as vscode from 'vscode';
import type { Turns } from '../../base/turns';
import { type Insertable, textAt } from './insertable';
import { readOnly, withLineEndsOf } from './insertion';
import { type Piece, StandingText } from './standingText';
import { surroundingsOf } from './surroundings';
import type { Inserted } from './target';

/** A text that was inserted at the cursors of an editor. */
export class InsertedInDocument implements Inserted {
  private standing: StandingText;
  private readonly subscription: vscode.Disposable;

  /** @param pieces where it stands now */
  constructor(
    private readonly document: vscode.TextDocument,
    pieces: readonly Piece[],
    private readonly queue: Turns,
  ) {
    this.standing = new StandingText(pieces);
    this.subscription = vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
      if (changed === document) this.standing.change(contentChanges);
    });
  }

  replace(what: Insertable): Promise<boolean> {
    const { document } = this;
    return this.queue.run(() =>
      this.put(({ offset, text }) =>
        withLineEndsOf(document, textAt(what, surroundingsOf(document, offset, offset + text.length))),
      ),
    );
  }

  takeBack(): Promise<boolean> {
    return this.queue.run(() => this.put(({ removed }) => removed));
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Puts other texts in place of the pieces, as long as they all stand there. */
  private async put(textFor: (piece: Piece) => string): Promise<boolean> {
    const { document } = this;
    for (;;) {
      const pieces = this.standing.pieces ?? [];
      if (pieces.length === 0 || document.isClosed || !pieces.every((piece) => this.stands(piece)))
        return false;
      const { version } = document;
      const edit = new vscode.WorkspaceEdit();
      const texts = pieces.map(textFor);
      pieces.forEach((piece, at) => edit.replace(document.uri, this.rangeOf(piece), texts[at] ?? ''));
      const accepted = await vscode.workspace.applyEdit(edit);
      if (document.version === version) throw readOnly(document);
      // it was dropped, for the document had changed by then
      if (!accepted) continue;
      this.standing = new StandingText(replaced(pieces, texts));
      return true;
    }
  }

  private stands(piece: Piece): boolean {
    return this.document.getText(this.rangeOf(piece)) === piece.text;
  }

  private rangeOf({ offset, text }: Piece): vscode.Range {
    return new vscode.Range(this.document.positionAt(offset), this.document.positionAt(offset + text.length));
  }
}

function replaced(pieces: readonly Piece[], texts: readonly string[]): Piece[] {
  let grown = 0;
  return pieces.map((piece, at) => {
    const text = texts[at] ?? '';
    const moved = { offset: piece.offset + grown, text, removed: piece.removed };
    grown += text.length - piece.text.length;
    return moved;
  });
}
