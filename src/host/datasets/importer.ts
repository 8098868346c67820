import { ask } from '../../protocol/ask';
import {
  checkDataset,
  chooseParts,
  importData,
  previewImport,
  reportDataset,
} from '../../protocol/engine/importer';
import type { Call, Params, Progress, Result } from '../../protocol/rpc';
import { on, serve } from '../../protocol/serve';
import { inThread } from '../engine/thread';

export interface ImportListener {
  readonly onProgress: (progress: Progress<typeof importData>) => void;
  /** Asked which of several datasets at the path are wanted. */
  readonly choose: (names: readonly string[]) => Promise<readonly string[]>;
}

/** Imports in a thread of its own for each call, so that the extension host has time for everything else. */
export class Importer {
  /** @param script of the thread */
  constructor(private readonly script: string) {}

  /**
   * Imports what lies at a path.
   *
   * @throws NumberedClasses where it has to be told what labels stand for, another UserError where it fails, Canceled
   *   when the signal is aborted
   */
  import(
    params: Params<typeof importData>,
    { onProgress, choose }: ImportListener,
    signal: AbortSignal,
  ): Promise<Result<typeof importData>> {
    return inThread(this.script, (connection) => {
      const choosing = on(chooseParts, async ({ names }) => ({ names: [...(await choose(names))] }));
      serve(connection, [choosing], (failure) => failure);
      return ask(connection, importData, params, { signal, onProgress });
    });
  }

  /**
   * Shows what an import of pictures would make of some of them.
   *
   * @throws UserError where that fails, Canceled when the signal is aborted
   */
  preview(params: Params<typeof previewImport>, signal: AbortSignal): Promise<Result<typeof previewImport>> {
    return this.ask(previewImport, params, signal);
  }

  /**
   * Sees that a dataset can be opened, stored or at a path.
   *
   * @throws UserError where it cannot
   */
  async open(params: Params<typeof checkDataset>): Promise<void> {
    await this.ask(checkDataset, params);
  }

  /**
   * Looks through a stored dataset for its report, which is kept beside it.
   *
   * @throws UserError where that fails, Canceled when the signal is aborted
   */
  async report(
    params: Params<typeof reportDataset>,
    onProgress: (progress: Progress<typeof reportDataset>) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await inThread(this.script, (connection) =>
      ask(connection, reportDataset, params, { signal, onProgress }),
    );
  }

  private ask<C extends Call>(call: C, params: Params<C>, signal?: AbortSignal): Promise<Result<C>> {
    return inThread(this.script, (connection) => ask(connection, call, params, { signal }));
  }
}
