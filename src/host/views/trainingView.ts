import * as vscode from 'vscode';
import {
  type HostToTraining,
  type RunAction,
  type TrainingToHost,
  trainingToHostSchema,
} from '../../protocol/trainingView';
import { Command, View } from '../names';
import { report, sentenceFor } from '../report';
import { exportCurvesCsv, exportCurvesSvg } from '../training/exportCurves';
import { SentCurves } from '../training/sentCurves';
import { useModelOf } from '../training/useModel';
import type { TrainingRuns } from '../training/trainingRuns';
import { showPage } from './webviewPage';

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
export class TrainingView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  private webview: vscode.Webview | undefined;
  private readonly sent: SentCurves;
  /** What to show as soon as the page is there. */
  private waiting: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly disposables: { dispose(): unknown }[];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly runs: TrainingRuns,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.sent = new SentCurves(
      (id) => runs.curve(id),
      (message) => this.post(message),
      log,
    );
    this.disposables = [
      vscode.window.registerWebviewViewProvider(View.training, this),
      runs.onDidChange(() => this.listSoon()),
      runs.onStart((id) => void this.show(id)),
      runs.onProgress(({ id, progress }) => this.post({ type: 'progress', ...progress, run: id })),
      runs.onEpoch(({ id, epoch }) => this.post({ type: 'epoch', ...epoch, run: id })),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const { webview } = view;
    webview.onDidReceiveMessage((message) => void this.receive(webview, message));
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.leave();
    });
    view.onDidDispose(() => {
      this.view = undefined;
      this.leave();
    });
    showPage(webview, this.extensionUri, 'training');
  }

  /** Opens the view, with the curves of a run if one is named; the keyboard stays where it is. */
  async show(id?: string): Promise<void> {
    this.waiting = id ?? this.waiting;
    if (this.view) this.view.show(true);
    else await vscode.commands.executeCommand(`${View.training}.focus`, { preserveFocus: true });
    this.showWaiting();
  }

  dispose(): void {
    this.leave();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private leave(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.webview = undefined;
    this.sent.clear();
  }

  private post(message: HostToTraining): void {
    void this.webview?.postMessage(message);
  }

  private showWaiting(): void {
    if (!this.webview || this.waiting === undefined) return;
    this.post({ type: 'show', run: this.waiting });
    this.waiting = undefined;
  }

  private listSoon(): void {
    if (!this.webview) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.list().catch((error: unknown) => report(error, this.log));
    }, CALM);
  }

  private async list(): Promise<void> {
    this.post({ type: 'runs', runs: await this.runs.list() });
  }

  private async receive(webview: vscode.Webview, data: unknown): Promise<void> {
    const message = trainingToHostSchema.safeParse(data);
    if (!message.success) {
      this.log.error(`the view of runs sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await this.handle(webview, message.data);
    } catch (error) {
      this.post({ type: 'failed', message: sentenceFor(error, this.log) });
    }
  }

  private async handle(webview: vscode.Webview, message: TrainingToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.webview = webview;
        this.sent.clear();
        await this.list();
        await this.sent.send(message.picked);
        this.showWaiting();
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
    }
  }
}
