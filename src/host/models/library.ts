import path from 'node:path';
import * as vscode from 'vscode';
import { type ModelRecord, ModelStore } from '../../models/modelStore';

/** Milliseconds between two looks at files that change all the time. */
const CALM = 300;

/** The stored models; tells when they changed, from wherever. */
export class ModelLibrary implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly store: ModelStore;
  private readonly disposables: { dispose(): unknown }[] = [this.changed];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** The folder of datasets, models and runs. */
    readonly home: string,
    /** Folder of the model that ships with Scrawl. */
    readonly bundled: string,
  ) {
    this.store = new ModelStore(home, bundled);
    this.watch();
  }

  list(): Promise<ModelRecord[]> {
    return this.store.list();
  }

  /** The reference to store for a model: its id, or its folder where that is elsewhere. */
  referenceOf(folderOrId: string): string {
    const inStore = path.dirname(path.resolve(folderOrId)) === this.store.folder;
    return inStore ? path.basename(folderOrId) : folderOrId;
  }

  /** Does something to the models, and tells of it however that ends. */
  async change<T>(work: (store: ModelStore) => Promise<T>): Promise<T> {
    try {
      return await work(this.store);
    } finally {
      this.refresh();
    }
  }

  /** Looks at the disk again. */
  refresh(): void {
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Other windows and the command line write to the same folders. */
  private watch(): void {
    const home = vscode.Uri.file(this.home);
    // a model is renamed into its place whole: nothing but its folder is seen to come
    for (const glob of ['models/*', 'models/*/card.json']) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(home, glob));
      const look = () => this.refreshSoon();
      this.disposables.push(
        watcher,
        watcher.onDidChange(look),
        watcher.onDidCreate(look),
        watcher.onDidDelete(look),
      );
    }
    this.disposables.push(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.refresh();
      }),
    );
  }

  private refreshSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh();
    }, CALM);
  }
}
