import * as vscode from 'vscode';
import { ModelError } from '../../models/errors';
import { BUNDLED, type WholeModel } from '../../models/modelStore';
import { Command } from '../names';
import { settings } from '../settings';
import type { ModelLibrary } from './library';

const CHOOSE = 'Choose Model…';

/** The model that the pad reads with: that of the setting, or the bundled one where that is gone. */
export class ModelInUse implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another model is in use, or the same was made anew. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: { dispose(): unknown }[];
  private found: Promise<WholeModel> | undefined;
  private last: WholeModel | undefined;
  /** The reference of which the person knows that its model is gone. */
  private told: string | undefined;

  constructor(
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
  current(): Promise<WholeModel> {
    if (!this.found) void this.look();
    return this.found ?? this.find();
  }

  /** The name to show, where it is not the bundled model that is in use. */
  get name(): string | undefined {
    return this.last?.kind === 'bundled' ? undefined : this.last?.name;
  }

  /** The id of the model, unless it is the bundled one. */
  get id(): string | undefined {
    return this.last?.kind === 'bundled' ? undefined : this.last?.id;
  }

  /** Reads with a model from now on. */
  async use(reference: string): Promise<void> {
    this.told = undefined;
    await settings.setModel(reference === BUNDLED ? undefined : reference);
    await this.look();
  }

  /** The person knows already that the model of the setting is gone. */
  forgive(): void {
    this.told = settings.model;
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

  private async find(): Promise<WholeModel> {
    const reference = settings.model;
    try {
      const found = await this.library.store.get(reference);
      this.told = undefined;
      return found;
    } catch (error) {
      if (!(error instanceof ModelError) || reference === BUNDLED) throw error;
      this.tell(reference);
      return this.library.store.get(BUNDLED);
    }
  }

  /** Says once that a model cannot be used. */
  private tell(reference: string): void {
    if (this.told === reference) return;
    this.told = reference;
    const message = `The model "${reference}" is gone or damaged: the pad reads with the bundled one.`;
    void vscode.window.showWarningMessage(message, CHOOSE).then((answer) => {
      if (answer === CHOOSE) void vscode.commands.executeCommand(Command.useModel);
    });
  }
}
