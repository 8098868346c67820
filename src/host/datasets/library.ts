import * as vscode from 'vscode';
import type { DownloadProgress } from '../../datasets/download/progress';
import type { Manifest } from '../../datasets/manifest';
import { MY_HANDWRITING, type MyHandwriting } from '../../datasets/myHandwriting';
import { type DatasetEntry, DatasetStore } from '../../datasets/store';
import { settings } from '../settings';
import { UnfinishedDownloads } from './unfinished';

/** The datasets and the kept samples in an extension's storage. */
export function openLibrary({ globalStorageUri, workspaceState }: vscode.ExtensionContext): {
  library: DatasetLibrary;
  handwriting: MyHandwriting;
} {
  const store = new DatasetStore(globalStorageUri.fsPath);
  return { library: new DatasetLibrary(store, workspaceState), handwriting: store.handwriting };
}

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
  private readonly unfinished: UnfinishedDownloads;

  /** @param memory of the window, across its restarts */
  constructor(
    readonly store: DatasetStore,
    memory: vscode.Memento,
  ) {
    this.unfinished = new UnfinishedDownloads(memory);
    this.watch();
  }

  /** The downloads that ran when the window was closed, or that the network broke off. */
  get interrupted(): readonly string[] {
    return this.unfinished.left;
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
    const downloaded = this.store.download(id, {
      signal: abort.signal,
      mirror: settings.datasetsMirror,
      onProgress: (progress) => {
        const begun = this.running.get(id);
        if (begun) begun.progress = progress;
        onProgress(progress);
        this.changed.fire(id);
      },
    });
    downloaded.then(
      () => this.unfinished.end(id),
      (error: unknown) => this.unfinished.end(id, error),
    );
    const finished = downloaded.finally(() => {
      this.running.delete(id);
      this.changed.fire(undefined);
    });
    this.running.set(id, { abort, finished, progress: NOT_STARTED });
    this.unfinished.begin(id);
    this.changed.fire(undefined);
    return finished;
  }

  /** Stops this window's download of a dataset; what has come stays, and the next download goes on from there. */
  async pause(id: string): Promise<void> {
    const running = this.running.get(id);
    running?.abort.abort();
    await running?.finished.catch(() => undefined);
    this.unfinished.forget(id);
  }

  /** Looks at the disk again. */
  refresh(): void {
    this.changed.fire(undefined);
  }

  /** A window that closes leaves its downloads for the next one to go on with. */
  dispose(): void {
    this.unfinished.close();
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
