import * as vscode from 'vscode';
import { accuracyPercent, counted } from '../../../base/words';
import { ranked } from '../../../runs/sweep/nextTrial';
import type { SweepFile } from '../../../runs/sweep/sweepFile';
import { Command } from '../../shell/names';
import { runCommand } from '../../shell/runCommand';
import { compared } from './shownSweep';
import type { EndedSweep, Sweeps } from './sweeps';

/** Where the sweeps are kept that a window goes on with: those that no window has any more were interrupted. */
const UNDER_WAY = 'scrawl.sweepsUnderWay';

const SHOW = 'Show';
const EVALUATE = 'Evaluate…';
const USE = 'Use on Pad';
const RESUME = 'Resume';
const ANOTHER_BACKEND = 'Another Backend…';
const LOG = 'Show Log';

/** Tells the user what became of a sweep, with what can be done next. */
export class SweepNotices implements vscode.Disposable {
  private readonly subscriptions: { dispose(): void }[];

  constructor(
    private readonly sweeps: Sweeps,
    private readonly memory: vscode.Memento,
  ) {
    this.subscriptions = [
      sweeps.onStart((id) => void this.remember((ids) => [...ids.filter((each) => each !== id), id])),
      sweeps.onEnd((ended) => {
        void this.remember((ids) => ids.filter((each) => each !== ended.stored.id));
        void this.tell(ended);
      }),
    ];
  }

  /** Offers once to go on with what another window, or this one before, left behind. */
  async offerInterrupted(): Promise<void> {
    const known = new Set(this.memory.get<string[]>(UNDER_WAY, []));
    const found = (await this.sweeps.list()).filter(({ id }) => known.has(id));
    const taken = await Promise.all(found.map(({ id }) => this.sweeps.isTaken(id)));
    const left = found.filter((_, index) => !taken[index]);
    const told = new Set(left.map(({ id }) => id));
    await this.remember((ids) => ids.filter((id) => !told.has(id)));
    const unfinished = left.filter(({ standing }) => standing !== 'finished');
    await Promise.all(unfinished.map(({ id, sweep }) => offer(id, sweep)));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async remember(change: (ids: readonly string[]) => string[]): Promise<void> {
    await this.memory.update(UNDER_WAY, change(this.memory.get<string[]>(UNDER_WAY, [])));
  }

  private async tell({ stored: { id, sweep }, end }: EndedSweep): Promise<void> {
    switch (end.how) {
      case 'finished':
        return finished(id, sweep);
      case 'failed': {
        const message = `The sweep ${sweep.name} has stopped: ${end.message}`;
        const answer = await vscode.window.showErrorMessage(message, RESUME, ANOTHER_BACKEND, SHOW, LOG);
        return answered(answer, id);
      }
      case 'died': {
        const message = `The engine of the sweep ${sweep.name} has stopped: resume it from its last checkpoint.`;
        const answer = await vscode.window.showWarningMessage(message, RESUME, ANOTHER_BACKEND, SHOW, LOG);
        return answered(answer, id);
      }
      case 'paused':
        vscode.window.setStatusBarMessage(`$(debug-pause) Scrawl: ${sweep.name} is paused`, 5000);
        return;
      case 'canceled':
        return;
    }
  }
}

async function offer(id: string, sweep: SweepFile): Promise<void> {
  const trials = `${compared(sweep)} of ${counted(sweep.trials.length, 'trial')}`;
  const message = `The sweep ${sweep.name} was interrupted after ${trials} and can be resumed.`;
  await answered(await vscode.window.showInformationMessage(message, RESUME, SHOW), id);
}

async function finished(id: string, { name, trials, model }: SweepFile): Promise<void> {
  const [best] = ranked(trials);
  const accuracy = best === undefined ? undefined : trials[best]?.scores.at(-1)?.accuracy;
  if (best === undefined || accuracy === undefined || model === undefined) {
    const message = `No trial of ${name} could be trained to its end: try other values.`;
    await answered(await vscode.window.showWarningMessage(message, SHOW), id);
    return;
  }
  const message = `${name}: the best of ${counted(trials.length, 'trial')} is ${best + 1} with ${accuracyPercent(accuracy)} of the validation right, and its model is kept.`;
  const answer = await vscode.window.showInformationMessage(message, SHOW, EVALUATE, USE);
  if (answer === EVALUATE) await runCommand(Command.evaluateModel, model);
  else if (answer === USE) await runCommand(Command.useModel, model);
  else await answered(answer, id);
}

async function answered(answer: string | undefined, id: string): Promise<void> {
  if (answer === RESUME) await runCommand(Command.resumeSweep, id);
  if (answer === ANOTHER_BACKEND) await runCommand(Command.resumeSweep, { id, chooseBackend: true });
  if (answer === SHOW) await runCommand(Command.openSweep, id);
  if (answer === LOG) await runCommand(Command.showLog);
}
