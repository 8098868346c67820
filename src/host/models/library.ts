import path from 'node:path';
import * as vscode from 'vscode';
import { watchFolder } from '../shell/watchFolder';
import { type ModelRecord, ModelStore } from '../../models/modelStore';

/** The stored models; tells when they changed, from wherever. */
export class ModelLibrary implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly store: ModelStore;
  private readonly disposables: { dispose(): unknown }[] = [this.changed];

  constructor(
    /** The folder of datasets, models and runs. */
    readonly home: string,
    /** Folder of the model that ships with Scrawl. */
    readonly bundled: string,
  ) {
    this.store = new ModelStore(home, bundled);
    // a model is renamed into its place whole: nothing but its folder is seen to come
    this.disposables.push(watchFolder(home, ['models/*', 'models/*/card.json'], () => this.refresh()));
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
    for (const disposable of this.disposables) disposable.dispose();
  }
}
