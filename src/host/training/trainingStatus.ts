import * as vscode from 'vscode';
import { accuracyPercent, percentDone } from '../../base/words';
import { Command } from '../shell/names';
import type { LiveRun } from './liveRun';
import type { TrainingRuns } from './trainingRuns';

/** The status bar's entry while a run trains in this window: how far and how good it is; opens the curves. */
export class TrainingStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'scrawl.training',
    vscode.StatusBarAlignment.Left,
  );
  private readonly disposables: { dispose(): unknown }[];

  constructor(private readonly runs: TrainingRuns) {
    this.item.name = 'Scrawl: Training';
    this.item.command = Command.showTraining;
    this.disposables = [
      this.item,
      runs.onProgress(() => this.show()),
      runs.onEpoch(() => this.show()),
      runs.onDidChange(() => this.show()),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(): void {
    const { running } = this.runs;
    const [first] = running;
    if (!first) {
      this.item.hide();
      return;
    }
    const more = running.length > 1 ? ` +${running.length - 1}` : '';
    this.item.text = `$(graph-line) ${statusOf(first)}${more}`;
    this.item.tooltip = running.map((run) => `${run.name}: ${statusOf(run)}`).join('\n');
    this.item.accessibilityInformation = { label: `Training ${first.name}, ${statusOf(first)}` };
    this.item.show();
  }
}

/** Epoch, share and accuracy of a run that trains. */
export function statusOf({ progress, epochs, curve }: LiveRun): string {
  if (!progress) return 'starting';
  const { done, total } = progress;
  const epoch = total > 0 ? Math.min(epochs, Math.floor((epochs * done) / total) + 1) : 1;
  const last = curve.epochs.at(-1);
  const accuracy = last?.validationAccuracy ?? last?.accuracy ?? progress.points.at(-1)?.accuracy;
  const words = [`epoch ${epoch}/${epochs}`, percentDone(done, total)];
  return [...words, ...(accuracy === undefined ? [] : [accuracyPercent(accuracy)])].join(' · ');
}
