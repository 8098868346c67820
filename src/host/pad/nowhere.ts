import * as vscode from 'vscode';
import type { Turns } from '../../base/turns';
import { CannotWrite } from './cannotWrite';
import { type Insertable, textAt } from './insertable';
import { InsertedInDocument } from './insertedInDocument';
import { insertText } from './insertion';
import type { Inserted, Target } from './target';

const NO_TEXT = { before: '', after: '', language: 'plaintext' };

const NEW_FILE = 'New untitled file';
const CLIPBOARD = 'Clipboard';

/** Stands for a place to write in where there is none: what is inserted goes where the user says. */
export class Nowhere implements Target {
  readonly name = undefined;
  readonly problem = 'There is no editor to write in: open a file, or insert and choose where it goes.';
  readonly editor = undefined;
  readonly surroundings = NO_TEXT;

  /** @param now gives where text goes by then */
  constructor(
    private readonly queue: Turns,
    private readonly now: () => Target,
  ) {}

  insert(what: Insertable): Promise<Inserted | undefined> {
    return this.queue.run(() => {
      // the user may have chosen a file for the text before
      const target = this.now();
      return target instanceof Nowhere
        ? this.insertWhereChosen(textAt(what, this.surroundings))
        : target.insert(what);
    });
  }

  type(): Promise<void> {
    return this.refuse();
  }

  edit(): Promise<void> {
    return this.refuse();
  }

  focus(): Promise<void> {
    return Promise.resolve();
  }

  private refuse(): Promise<never> {
    return Promise.reject(new CannotWrite('There is no editor to write in: open a file first.'));
  }

  private async insertWhereChosen(text: string): Promise<Inserted | undefined> {
    // a list, unlike a notification, is always answered or dismissed
    const answer = await vscode.window.showQuickPick([NEW_FILE, CLIPBOARD], {
      title: 'No Editor Is Open',
      placeHolder: `Where shall "${text}" go?`,
    });
    switch (answer) {
      case NEW_FILE: {
        const document = await vscode.workspace.openTextDocument({ content: '' });
        // the pad keeps the keyboard, so that one can go on writing
        const editor = await vscode.window.showTextDocument(document, { preserveFocus: true });
        return new InsertedInDocument(document, await insertText(editor, text), this.queue);
      }
      case CLIPBOARD:
        await vscode.env.clipboard.writeText(text);
        return new Copied(text);
      default:
        return undefined;
    }
  }
}

/** A text on the clipboard, as long as nothing else is. */
class Copied implements Inserted {
  constructor(private text: string) {}

  async replace(what: Insertable): Promise<boolean> {
    const text = textAt(what, NO_TEXT);
    if ((await vscode.env.clipboard.readText()) !== this.text) return false;
    await vscode.env.clipboard.writeText(text);
    this.text = text;
    return true;
  }

  takeBack(): Promise<boolean> {
    return this.replace('');
  }

  dispose(): void {
    // nothing is held
  }
}
