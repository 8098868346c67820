import * as vscode from 'vscode';
import { BUNDLED, BUNDLED_LINES } from '../../base/bundled';
import type { ModelRecord, WholeLineModel, WholeModel } from '../../models/modelStore';
import { settings } from '../shell/settings';
import type { ModelLibrary } from './library';
import { ModelInUse, type Use } from './modelInUse';

const CHARACTERS: Use<WholeModel> = {
  bundled: BUNDLED,
  reference: () => settings.model,
  choose: (reference) => settings.setModel(reference),
  find: (store, reference) => store.get(reference),
  word: 'model',
};

const LINES: Use<WholeLineModel> = {
  bundled: BUNDLED_LINES,
  reference: () => settings.lineModel,
  choose: (reference) => settings.setLineModel(reference),
  find: (store, reference) => store.getLines(reference),
  word: 'model of lines',
};

/** The models that the pad reads with: one of characters and one of lines. */
export class ModelsInUse implements vscode.Disposable {
  readonly characters: ModelInUse<WholeModel>;
  readonly lines: ModelInUse<WholeLineModel>;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another model is in use, or one was made anew. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: { dispose(): unknown }[];

  constructor(library: ModelLibrary, log: vscode.LogOutputChannel) {
    this.characters = new ModelInUse(CHARACTERS, library, log);
    this.lines = new ModelInUse(LINES, library, log);
    const fire = () => this.changed.fire();
    this.disposables = [
      this.characters,
      this.lines,
      this.changed,
      this.characters.onDidChange(fire),
      this.lines.onDidChange(fire),
    ];
  }

  /** The models in use that are not the bundled ones. */
  get own(): ModelRecord[] {
    return [this.characters.own, this.lines.own].filter((model) => model !== undefined);
  }

  /** The one that a model is in use as, or would be. */
  as({ lines }: Pick<ModelRecord, 'lines'>): ModelInUse<WholeModel> | ModelInUse<WholeLineModel> {
    return lines ? this.lines : this.characters;
  }

  /** The ids of the models in use. */
  async ids(): Promise<Set<string>> {
    const models = await Promise.all([this.characters.current(), this.lines.current()]);
    return new Set(models.map(({ id }) => id));
  }

  /** Looks again which models these are. */
  async look(): Promise<void> {
    await Promise.all([this.characters.look(), this.lines.look()]);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
