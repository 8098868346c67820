import * as vscode from 'vscode';
import { CannotWrite } from './cannotWrite';
import type { Insertable } from './insertable';
import type { Edit, Inserted } from './target';
import type { Targets } from './targets';

/** Puts what the user wrote where they want it, and tells them when it cannot go there. */
export class Writer {
  constructor(private readonly targets: Targets) {}

  /**
   * Inserts something where the user was last; where that is nowhere, they say where.
   *
   * @returns undefined where it went nowhere, and the user knows why
   */
  insert(what: Insertable): Promise<Inserted | undefined> {
    return told(() => this.targets.current.insert(what));
  }

  /** Inserts what was typed on the pad. */
  async type(text: string): Promise<void> {
    await told(() => this.targets.current.type(text));
  }

  /** Does what a writing key says. */
  async edit(edit: Edit): Promise<void> {
    await told(() => this.targets.current.edit(edit));
  }

  /**
   * Changes what was inserted.
   *
   * @returns whether that could be done; where it could not, nothing has changed
   */
  async change(change: () => Promise<boolean>): Promise<boolean> {
    return (await told(change)) ?? false;
  }
}

/** Does work; where a place takes no text, says why. */
async function told<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    void vscode.window.showWarningMessage(error.message);
    return undefined;
  }
}
