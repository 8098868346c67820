import type * as vscode from 'vscode';
import { knownData } from '../../datasets/store/knownData';
import { sweepEvaluations } from '../../evaluations/sweepEvaluations';
import type { ModelLibrary } from '../models/library';

/** Milliseconds after the start of a window until nobody waits for it any more. */
const QUIET_AFTER = 60_000;

/** Takes what was computed of models and data that are gone from the disk, once the window is at rest. */
export function sweepSoon(models: ModelLibrary, log: vscode.LogOutputChannel): { dispose(): void } {
  const timer = setTimeout(() => void sweep(models, log), QUIET_AFTER);
  return { dispose: () => clearTimeout(timer) };
}

async function sweep({ home, bundled }: ModelLibrary, log: vscode.LogOutputChannel): Promise<void> {
  try {
    await sweepEvaluations(home, async () => ({ models: [bundled], hasData: await knownData(home) }));
  } catch (error) {
    log.warn(`old evaluations stay for now: ${String(error)}`);
  }
}
