import * as vscode from 'vscode';
import type { HostToRuns, RunsToHost } from '../../protocol/pages/runs';
import { Command } from '../shell/names';
import type { Page, PageContent } from '../shell/page';
import { CalmLooks } from '../shell/calmLooks';
import { repeatRun } from './repeatRun';
import { SETTING_COLUMNS } from './runRow';
import { runsCsv } from './runsCsv';
import { saveText } from './saveText';
import { SentCurves } from './sentCurves';
import type { TrainingRuns } from './trainingRuns';

/** The table of all runs in a tab. A hidden page is gone, and nothing is done for it. */
export class RunsPage implements PageContent<RunsToHost, HostToRuns> {
  private readonly sent: SentCurves;
  private readonly looks: CalmLooks<HostToRuns>;
  private following: { dispose(): unknown }[] = [];

  constructor(
    private readonly page: Pick<Page<RunsToHost, HostToRuns>, 'post' | 'tried'>,
    private readonly runs: TrainingRuns,
    log: { warn(message: string): void },
  ) {
    this.sent = new SentCurves(
      (id) => runs.curve(id),
      (message) => page.post(message),
      log,
    );
    this.looks = new CalmLooks<HostToRuns>(
      async () => ({ type: 'runs', rows: await runs.rows(), settings: [...SETTING_COLUMNS] }),
      (message) => page.post(message),
      (work) => page.tried(work),
    );
  }

  hidden(): void {
    for (const each of this.following.splice(0)) each.dispose();
    this.looks.rest();
    this.sent.clear();
  }

  async receive(message: RunsToHost): Promise<undefined> {
    switch (message.type) {
      case 'ready':
        this.follow();
        this.sent.clear();
        await this.looks.now();
        await this.sent.send(message.picked);
        return;
      case 'pick':
        await this.sent.send(message.runs);
        return;
      case 'open':
        await vscode.commands.executeCommand(Command.openTraining, message.run);
        return;
      case 'repeat':
        await repeatRun(this.runs, message.run);
        return;
      case 'train':
        await vscode.commands.executeCommand(Command.trainModel);
        return;
      case 'exportCsv':
        await this.exportCsv(message.runs);
        return;
    }
  }

  private async exportCsv(ids: readonly string[]): Promise<void> {
    await saveText('Runs', 'runs.csv', { CSV: ['csv'] }, async () => {
      const rows = new Map((await this.runs.rows()).map((row) => [row.id, row]));
      return runsCsv(ids.flatMap((id) => rows.get(id) ?? []));
    });
  }

  private follow(): void {
    const { page, runs } = this;
    if (this.following.length > 0) return;
    this.following = [
      runs.onDidChange(() => this.looks.soon()),
      runs.onProgress(({ id, progress }) => page.post({ type: 'progress', ...progress, run: id })),
      runs.onEpoch(({ id, epoch }) => page.post({ type: 'epoch', ...epoch, run: id })),
    ];
  }
}
