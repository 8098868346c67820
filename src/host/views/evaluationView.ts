import * as vscode from 'vscode';
import { EvaluationPage, type EvaluationPageParts } from '../evaluation/evaluationPage';
import { View } from '../names';
import { showPage } from './webviewPage';

export interface EvaluationViewParts extends EvaluationPageParts {
  extensionUri: vscode.Uri;
}

/** The window's evaluation in the sidebar. A hidden page is gone, and nothing is kept for it. */
export class EvaluationView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view: vscode.WebviewView | undefined;
  private page: EvaluationPage | undefined;
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: EvaluationViewParts) {
    this.registration = vscode.window.registerWebviewViewProvider(View.evaluation, this);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const page = new EvaluationPage(view.webview, this.parts, (title) => (view.description = title));
    this.page = page;
    view.onDidChangeVisibility(() => {
      if (!view.visible) page.leave();
    });
    view.onDidDispose(() => {
      this.view = undefined;
      page.leave();
    });
    showPage(view.webview, this.parts.extensionUri, 'evaluation');
  }

  /** Opens the view; the keyboard stays where it is. */
  async show(): Promise<void> {
    if (this.view) this.view.show(true);
    else await vscode.commands.executeCommand(`${View.evaluation}.focus`, { preserveFocus: true });
  }

  dispose(): void {
    this.page?.leave();
    this.registration.dispose();
  }
}

/** The same in an editor tab, of which there is one. */
export class EvaluationTab implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: EvaluationViewParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.evaluationTab, this);
  }

  show(): void {
    if (this.panel) this.panel.reveal();
    else
      this.take(vscode.window.createWebviewPanel(View.evaluationTab, 'Evaluation', vscode.ViewColumn.Active));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.panel) panel.dispose();
    else this.take(panel);
    await Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    this.panel?.dispose();
  }

  private take(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    const page = new EvaluationPage(panel.webview, this.parts, (title) => (panel.title = title));
    panel.onDidChangeViewState(() => {
      // what is hidden is gone, and says that it is ready when it is back
      if (!panel.visible) page.leave();
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      page.leave();
    });
    showPage(panel.webview, this.parts.extensionUri, 'evaluation');
  }
}
