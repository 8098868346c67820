import * as vscode from 'vscode';
import type { HostToTraining, RunAction, TrainingToHost } from '../../protocol/pages/training';
import { Command } from '../shell/names';
import { runCommand } from '../shell/runCommand';
import type { Page } from '../shell/page';
import type { TabContent } from '../shell/tabs';
import { FollowedRuns } from './followedRuns';
import { exportCurvesCsv, exportCurvesSvg } from './exportCurves';
import { modelOf } from './modelOf';
import type { TrainingRuns } from './trainingRuns';

/** What is done with a run. */
const OF_RUN: Partial<Record<RunAction, Command>> = {
  pause: Command.pauseRun,
  resume: Command.resumeRun,
  stop: Command.stopRun,
  cancel: Command.cancelRun,
  remove: Command.removeRun,
};

/** What is done with the model that came of a run. */
const OF_MODEL: Partial<Record<RunAction, Command>> = {
  useModel: Command.useModel,
  evaluate: Command.evaluateModel,
  compare: Command.compareModels,
};

/** A run whose curves are asked for. */
export interface ShownTraining {
  readonly run?: string | undefined;
}

/** The runs and their curves on a page, in the sidebar or in a tab. A hidden page is gone, and nothing is done for it. */
export class TrainingPage implements TabContent<TrainingToHost, HostToTraining, ShownTraining> {
  private readonly followed: FollowedRuns<HostToTraining>;

  constructor(
    private readonly page: Pick<Page<TrainingToHost, HostToTraining>, 'post' | 'send' | 'tried'>,
    private readonly runs: TrainingRuns,
    log: { warn(message: string): void },
  ) {
    this.followed = new FollowedRuns<HostToTraining>(
      page,
      runs,
      async () => ({ type: 'runs', runs: await runs.list() }),
      log,
    );
  }

  /** Shows the curves of a run, too. */
  again({ run }: ShownTraining): void {
    if (run !== undefined) this.page.send({ type: 'show', run });
  }

  hidden(): void {
    this.followed.rest();
  }

  async receive(message: TrainingToHost): Promise<undefined> {
    switch (message.type) {
      case 'ready':
        await this.followed.begin(message.picked);
        return;
      case 'pick':
        await this.followed.show(message.runs);
        return;
      case 'act':
        await this.act(message.run, message.action);
        return;
      case 'train':
        await runCommand(Command.trainModel);
        return;
      case 'exportSvg':
        await exportCurvesSvg(message.svg);
        return;
      case 'exportCsv':
        await exportCurvesCsv(this.runs, message.runs);
        return;
    }
  }

  private async act(run: string, action: RunAction): Promise<void> {
    if (action === 'earlier' || action === 'later') {
      await this.runs.move(run, action === 'earlier' ? -1 : 1);
      return;
    }
    const [ofRun, ofModel] = [OF_RUN[action], OF_MODEL[action]];
    if (ofRun) await vscode.commands.executeCommand(ofRun, run);
    if (ofModel) await vscode.commands.executeCommand(ofModel, await modelOf(this.runs, run));
  }
}
