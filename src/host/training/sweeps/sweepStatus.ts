import * as vscode from 'vscode';
import { percentDone } from '../../../base/words';
import { Command } from '../../shell/names';
import type { LiveSweep } from './liveSweep';
import type { Sweeps } from './sweeps';

/** The status bar's entry while this window goes on with a sweep: which trial trains, and how far it is; opens the tab. */
export class SweepStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('scrawl.sweep', vscode.StatusBarAlignment.Left);
  private readonly disposables: { dispose(): unknown }[];

  constructor(private readonly sweeps: Sweeps) {
    this.item.name = 'Scrawl: Sweep';
    const show = () => this.show();
    this.disposables = [this.item, sweeps.onDidChange(show), sweeps.onProgress(show)];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(): void {
    const { running } = this.sweeps;
    const live = running.find(({ trial }) => trial) ?? running[0];
    if (!live) {
      this.item.hide();
      return;
    }
    const { sweep } = live.stored;
    const status = statusOf(live);
    this.item.text = `$(search-fuzzy) ${status}`;
    this.item.tooltip = `${sweep.name}: ${status}`;
    this.item.accessibilityInformation = { label: `Sweep ${sweep.name}, ${status}` };
    this.item.command = { title: 'Open Sweep', command: Command.openSweep, arguments: [live.id] };
    this.item.show();
  }
}

/** Which trial trains and how far it is. */
export function statusOf({
  trial,
  progress,
  stored,
  standing,
}: Pick<LiveSweep, 'trial' | 'progress' | 'stored' | 'standing'>): string {
  if (standing === 'pausing') return 'sweep is pausing';
  if (!trial) return 'sweep waits';
  const which = `trial ${trial.place + 1}/${stored.sweep.trials.length}`;
  const share = (stored.sweep.epochs / trial.epochs) * (progress?.done ?? 0);
  return progress ? `${which} · ${percentDone(share, progress.total)}` : `${which} · starting`;
}
