import * as vscode from 'vscode';
import {
  type HostToTraining,
  type RunAction,
  type TrainingToHost,
  trainingToHostSchema,
} from '../../protocol/pages/training';
import { Command, View } from '../shell/names';
import type { PageContent } from '../shell/page';
import type { Shell } from '../shell/shell';
import { SidebarView } from '../shell/sidebarView';
import { exportCurvesCsv, exportCurvesSvg } from './exportCurves';
import { SentCurves } from './sentCurves';
import { useModelOf } from './useModel';
import type { TrainingRuns } from './trainingRuns';

/** Milliseconds between two looks at what the runs are. */
const CALM = 300;

const COMMANDS: Record<Exclude<RunAction, 'useModel'>, Command> = {
  pause: Command.pauseRun,
  resume: Command.resumeRun,
  stop: Command.stopRun,
  cancel: Command.cancelRun,
  remove: Command.removeRun,
};

/** The runs and their curves in the sidebar. A hidden page is gone, and nothing is done for it. */
export class TrainingView implements PageContent<TrainingToHost, HostToTraining>, vscode.Disposable {
  private readonly page: SidebarView<TrainingToHost, HostToTraining>;
  private readonly sent: SentCurves;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looks = 0;
  private readonly disposables: { dispose(): unknown }[];

  constructor(
    shell: Shell,
    private readonly runs: TrainingRuns,
  ) {
    this.page = new SidebarView<TrainingToHost, HostToTraining>(shell, {
      name: 'training',
      messages: trainingToHostSchema,
      view: View.training,
      open: () => this,
    });
    const { page } = this;
    this.sent = new SentCurves(
      (id) => runs.curve(id),
      (message) => page.post(message),
      shell.log,
    );
    this.disposables = [
      page,
      runs.onDidChange(() => this.listSoon()),
      runs.onStart((id) => void this.show(id)),
      runs.onProgress(({ id, progress }) => page.post({ type: 'progress', ...progress, run: id })),
      runs.onEpoch(({ id, epoch }) => page.post({ type: 'epoch', ...epoch, run: id })),
    ];
  }

  /** Opens the view, with the curves of a run if one is named; the keyboard stays where it is. */
  async show(id?: string): Promise<void> {
    await this.page.show();
    if (id !== undefined) this.page.send({ type: 'show', run: id });
  }

  hidden(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sent.clear();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private listSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.page.isVisible) void this.page.tried(() => this.list());
    }, CALM);
  }

  /** Tells the page what runs there are, unless a later look has begun meanwhile: an older list lacks the newest run. */
  private async list(): Promise<void> {
    const look = ++this.looks;
    const runs = await this.runs.list();
    if (look === this.looks) this.page.post({ type: 'runs', runs });
  }

  async receive(message: TrainingToHost): Promise<undefined> {
    switch (message.type) {
      case 'ready':
        this.sent.clear();
        await this.list();
        await this.sent.send(message.picked);
        return;
      case 'pick':
        await this.sent.send(message.runs);
        return;
      case 'act':
        if (message.action === 'useModel') await useModelOf(this.runs, message.run);
        else await vscode.commands.executeCommand(COMMANDS[message.action], message.run);
        return;
      case 'train':
        await vscode.commands.executeCommand(Command.trainModel);
        return;
      case 'exportSvg':
        await exportCurvesSvg(message.svg);
        return;
      case 'exportCsv':
        await exportCurvesCsv(this.runs, message.runs);
        return;
    }
  }
}
