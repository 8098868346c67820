import type { Memento } from 'vscode';
import { Disconnected } from '../../datasets/errors';

/** Where the ids of the downloads of a window are written down, for when it opens again. */
const DOWNLOADS = 'downloads';

/** The downloads that a window has begun and nobody stopped: those that run, and those that the network broke off. */
export class UnfinishedDownloads {
  private readonly ids = new Set<string>();

  /** Nothing that ends from now on was ended by the user. */
  private closing = false;

  /** @param memory of the window, across its restarts */
  constructor(private readonly memory: Pick<Memento, 'get' | 'update'>) {}

  /** What was left when the window was closed, until something else is begun. */
  get left(): readonly string[] {
    return this.memory.get<string[]>(DOWNLOADS, []);
  }

  begin(id: string): void {
    this.ids.add(id);
    this.note();
  }

  /** @param error that ended it, if one did */
  end(id: string, error?: unknown): void {
    if (error instanceof Disconnected) return;
    this.forget(id);
  }

  /** What was paused or removed is not gone on with. */
  forget(id: string): void {
    this.ids.delete(id);
    this.note();
  }

  close(): void {
    this.closing = true;
  }

  private note(): void {
    if (!this.closing) void this.memory.update(DOWNLOADS, [...this.ids]);
  }
}
