import * as vscode from 'vscode';
import { ModelError } from '../../models/errors';
import type { ModelRecord, ModelStore } from '../../models/modelStore';
import { Command } from '../shell/names';
import { settings } from '../shell/settings';
import type { ModelLibrary } from './library';

const CHOOSE = 'Choose Model…';

/** What a model is in use for, and the setting that names it. */
export interface Use<M> {
  /** Reference of the bundled model. */
  readonly bundled: string;
  /** As the setting has it. */
  readonly reference: () => string;
  /** Sets it; undefined is the bundled model. */
  readonly choose: (reference: string | undefined) => Promise<void>;
  /** Throws ModelError where there is no such model, or it is damaged. */
  readonly find: (store: ModelStore, reference: string) => Promise<M>;
  /** What a reference is of, in words. */
  readonly word: string;
}

/** The model that the pad uses for something: that of the setting, or the bundled one where that is gone. */
export class ModelInUse<M extends ModelRecord> implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another model is in use, or the same was made anew. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: { dispose(): unknown }[];
  private found: Promise<M> | undefined;
  private last: M | undefined;
  /** The reference of which the user knows that its model is gone. */
  private told: string | undefined;

  constructor(
    private readonly use: Use<M>,
    private readonly library: ModelLibrary,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.disposables = [
      this.changed,
      library.onDidChange(() => void this.look()),
      settings.onDidChange(() => void this.look()),
    ];
  }

  /** The model, as it was when it was last looked for. */
  current(): Promise<M> {
    if (!this.found) void this.look();
    return this.found ?? this.find();
  }

  /** The model, where it is known and not the bundled one. */
  get own(): M | undefined {
    return this.last?.kind === 'bundled' ? undefined : this.last;
  }

  /** Reads with a model from now on. */
  async choose(reference: string): Promise<void> {
    this.told = undefined;
    await this.use.choose(reference === this.use.bundled ? undefined : reference);
    await this.look();
  }

  /** Reads with the bundled model from now on. */
  chooseBundled(): Promise<void> {
    return this.choose(this.use.bundled);
  }

  /** The user knows already that the model of the setting is gone. */
  forgive(): void {
    this.told = this.use.reference();
  }

  /** Looks again which model it is, and tells if that is another. */
  async look(): Promise<void> {
    const found = this.find();
    this.found = found;
    try {
      const after = await found;
      // another look has begun since
      if (this.found !== found) return;
      const before = this.last;
      this.last = after;
      if (before?.folder !== after.folder || before.name !== after.name) this.changed.fire();
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async find(): Promise<M> {
    const { store } = this.library;
    const reference = this.use.reference();
    try {
      const found = await this.use.find(store, reference);
      this.told = undefined;
      return found;
    } catch (error) {
      if (!(error instanceof ModelError) || reference === this.use.bundled) throw error;
      this.tell(reference);
      return this.use.find(store, this.use.bundled);
    }
  }

  /** Says once that a model cannot be used. */
  private tell(reference: string): void {
    if (this.told === reference) return;
    this.told = reference;
    const message = `The ${this.use.word} "${reference}" is gone or damaged: the pad uses the bundled one.`;
    void vscode.window.showWarningMessage(message, CHOOSE).then((answer) => {
      if (answer === CHOOSE) void vscode.commands.executeCommand(Command.useModel);
    });
  }
}
