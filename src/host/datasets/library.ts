import * as vscode from 'vscode';
import { watchFolder } from '../shell/watchFolder';
import type { DownloadProgress } from '../../datasets/download/progress';
import { type Manifest, samplesOf } from '../../datasets/store/manifest';
import { MY_HANDWRITING } from '../../datasets/store/myHandwriting';
import { MY_LINES } from '../../datasets/store/myLines';
import type { DatasetEntry } from '../../datasets/store/datasetEntry';
import { DatasetStore } from '../../datasets/store/datasetStore';
import { settings } from '../shell/settings';
import type { Shell } from '../shell/shell';
import { UnfinishedDownloads } from './unfinished';

/** The datasets and the kept samples in an extension's storage. */
export function openLibrary({ home, workspaceMemory }: Shell): DatasetLibrary {
  return new DatasetLibrary(new DatasetStore(home), workspaceMemory);
}

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
  private readonly unfinished: UnfinishedDownloads;

  /** @param memory of the window, across its restarts */
  constructor(
    readonly store: DatasetStore,
    memory: vscode.Memento,
  ) {
    this.unfinished = new UnfinishedDownloads(memory);
    const globs = ['datasets/*/*', 'downloads/*', `${MY_HANDWRITING}/*`, `${MY_LINES}/*`];
    this.disposables.push(watchFolder(this.store.home, globs, () => this.refresh()));
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

  /** How many samples a dataset holds; 0 where there is none. */
  async count(id: string): Promise<number> {
    const manifest = (await this.find(id))?.manifest;
    return manifest ? samplesOf(manifest) : 0;
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
    for (const { abort } of this.running.values()) abort.abort();
    for (const disposable of this.disposables) disposable.dispose();
  }
}
