import * as vscode from 'vscode';
import type { DownloadProgress } from '../../datasets/download/progress';
import type { Manifest } from '../../datasets/manifest';
import { MY_HANDWRITING, type MyHandwriting } from '../../datasets/myHandwriting';
import { type DatasetEntry, DatasetStore } from '../../datasets/store';
import { settings } from '../settings';

/** The datasets and the kept samples in an extension's storage. */
export function openLibrary({ globalStorageUri, workspaceState }: vscode.ExtensionContext): {
  library: DatasetLibrary;
  handwriting: MyHandwriting;
} {
  const store = new DatasetStore(globalStorageUri.fsPath);
  return { library: new DatasetLibrary(store, workspaceState), handwriting: store.handwriting };
}

/** Where the ids of the downloads of this window are written down, for when it opens again. */
const DOWNLOADS = 'downloads';

/** Milliseconds between two looks at files that change all the time. */
const CALM = 300;

/** A download that this window has in hand. */
interface Running {
  readonly abort: AbortController;
  progress: DownloadProgress;
  readonly finished: Promise<Manifest>;
}

const NOT_STARTED: DownloadProgress = {
  phase: 'waiting',
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: 0,
  secondsLeft: undefined,
};

/** The stored datasets and the downloads of this window; tells when either changed, from wherever. */
export class DatasetLibrary implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  /** A dataset's id where it alone changed. */
  readonly onDidChange = this.changed.event;

  private readonly running = new Map<string, Running>();
  private readonly disposables: { dispose(): unknown }[] = [this.changed];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Nothing that ends from now on was ended by the person. */
  private closing = false;

  /** @param memory of the window, across its restarts */
  constructor(
    readonly store: DatasetStore,
    private readonly memory: vscode.Memento,
  ) {
    this.watch();
  }

  /** The downloads that ran when the window was closed. */
  get interrupted(): readonly string[] {
    return this.memory.get<string[]>(DOWNLOADS, []);
  }

  list(): Promise<DatasetEntry[]> {
    return this.store.list();
  }

  find(id: string): Promise<DatasetEntry | undefined> {
    return this.store.find(id);
  }

  /** How far this window's download of a dataset is, if there is one. */
  progress(id: string): DownloadProgress | undefined {
    return this.running.get(id)?.progress;
  }

  /** Downloads a dataset, or joins the download that runs; throws the abort's reason when it was paused. */
  download(id: string, onProgress: (progress: DownloadProgress) => void): Promise<Manifest> {
    const running = this.running.get(id);
    if (running) return running.finished;
    const abort = new AbortController();
    const finished = this.store
      .download(id, {
        signal: abort.signal,
        mirror: settings.datasetsMirror,
        onProgress: (progress) => {
          const begun = this.running.get(id);
          if (begun) begun.progress = progress;
          onProgress(progress);
          this.changed.fire(id);
        },
      })
      .finally(() => {
        this.running.delete(id);
        this.noteRunning();
        this.changed.fire(undefined);
      });
    this.running.set(id, { abort, finished, progress: NOT_STARTED });
    this.noteRunning();
    this.changed.fire(undefined);
    return finished;
  }

  private noteRunning(): void {
    if (!this.closing) void this.memory.update(DOWNLOADS, [...this.running.keys()]);
  }

  /** Stops this window's download of a dataset; what has come stays, and the next download goes on from there. */
  async pause(id: string): Promise<void> {
    const running = this.running.get(id);
    if (!running) return;
    running.abort.abort();
    await running.finished.catch(() => undefined);
  }

  /** Looks at the disk again. */
  refresh(): void {
    this.changed.fire(undefined);
  }

  /** A window that closes leaves its downloads for the next one to go on with. */
  dispose(): void {
    this.closing = true;
    clearTimeout(this.timer);
    for (const { abort } of this.running.values()) abort.abort();
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Other windows and the command line write to the same folders. */
  private watch(): void {
    const home = vscode.Uri.file(this.store.home);
    for (const glob of ['datasets/*/*', 'downloads/*', `${MY_HANDWRITING}/*`]) {
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
