import type * as vscode from 'vscode';
import type { Insertable, Surroundings } from './insertable';

/** What the pad's writing keys do to the text. */
export type Edit = 'space' | 'backspace' | 'newLine';

/** Text that was inserted, for as long as it stands there. */
export interface Inserted {
  /**
   * Puts something else there, as one undo step.
   *
   * @returns whether it stands there now; false, and nothing has changed, where the text could not be found any more
   * @throws CannotWrite where this place takes nothing back
   */
  replace(what: Insertable): Promise<boolean>;
  /** As `replace`, with what was there before. */
  takeBack(): Promise<boolean>;
  /** Looks after the text no more. */
  dispose(): void;
}

/** A place in an editor. */
export interface Spot {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

/** Where text can go. What is asked of it is done in order. */
export interface Target {
  /** Such as `multi.js, line 9`. */
  readonly name: string | undefined;
  /** Why nothing can be written there, as a sentence. */
  readonly problem: string | undefined;
  /** The editor whose cursor the text goes to, if it is one. */
  readonly editor: vscode.TextEditor | undefined;
  /** The text around the place, and its language. */
  readonly surroundings: Surroundings;
  /**
   * Inserts something as one undo step.
   *
   * @returns undefined where the user changed their mind
   * @throws CannotWrite
   */
  insert(what: Insertable): Promise<Inserted | undefined>;
  /** Inserts what was typed, of which a word is an undo step. */
  type(text: string): Promise<void>;
  edit(edit: Edit): Promise<void>;
  /** Gives it the keyboard. */
  focus(): Promise<void>;
}
