import * as vscode from 'vscode';
import * as z from 'zod';
import {
  type HostToProjector,
  type ProjectorToHost,
  projectorToHostSchema,
} from '../../protocol/projectorView';
import { type EvaluationSpec, evaluationSpecSchema, withBundled } from '../evaluation/evaluationSpec';
import type { Gallery } from '../evaluation/gallery';
import { View } from '../names';
import { type ProjectorParts, ProjectorSession } from '../projector/projectorSession';
import { sentenceFor } from '../report';
import { showPage } from './webviewPage';

export interface ProjectorPanelParts extends ProjectorParts {
  extensionUri: vscode.Uri;
  /** Folder of the bundled model. */
  bundled: string;
  log: vscode.LogOutputChannel;
  gallery: Gallery;
  /** Writes what is laid out for TensorBoard. */
  exportEmbeddings: (spec: EvaluationSpec, most: number) => Promise<void>;
}

/** The editor tabs in which samples are laid out in the plane: one for each evaluation. */
export class ProjectorPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, vscode.WebviewPanel>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: ProjectorPanelParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.projector, this);
  }

  /** Opens an evaluation's samples in a tab, or shows the tab that has them. */
  show(spec: EvaluationSpec): void {
    const open = this.open.get(spec.file);
    if (open) open.reveal();
    else
      this.take(
        vscode.window.createWebviewPanel(View.projector, 'Projector', vscode.ViewColumn.Active),
        spec,
      );
  }

  /** After a reload of the window VS Code brings the tabs back, and what their pages kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = z.object({ spec: evaluationSpecSchema }).safeParse(state);
    if (saved.success && !this.open.has(saved.data.spec.file))
      this.take(panel, withBundled(saved.data.spec, this.parts.bundled));
    else panel.dispose();
    await Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    for (const panel of this.open.values()) panel.dispose();
  }

  private take(panel: vscode.WebviewPanel, spec: EvaluationSpec): void {
    this.open.set(spec.file, panel);
    runProjector(panel, spec, this.parts);
    panel.onDidDispose(() => this.open.delete(spec.file));
  }
}

/** Lets a tab lay samples out: answers what its page asks for as long as it is there. */
function runProjector(panel: vscode.WebviewPanel, spec: EvaluationSpec, parts: ProjectorPanelParts): void {
  const { webview } = panel;
  const { log, gallery, exportEmbeddings } = parts;
  const post = (message: HostToProjector) => void webview.postMessage(message);
  const failed = (error: unknown) => post({ type: 'failed', message: sentenceFor(error, log) });
  const session = new ProjectorSession(spec, parts, post, (title) => (panel.title = title), failed);
  const handle = async (message: ProjectorToHost): Promise<void> => {
    switch (message.type) {
      case 'ready':
        return session.show(message.layout);
      case 'layOut':
        return session.layOut(message.layout);
      case 'stop':
        return session.stop();
      case 'page': {
        const page = await session.page(message.revision, message.page);
        if (page) post(page);
        return;
      }
      case 'open':
        return gallery.show(spec, { kind: 'places', places: message.places, title: message.title });
      case 'export':
        return exportEmbeddings(spec, message.most);
    }
  };
  webview.onDidReceiveMessage(async (data) => {
    const message = projectorToHostSchema.safeParse(data);
    if (!message.success) {
      log.error(`the projector sent what it may not: ${message.error.message}`);
      return;
    }
    try {
      await handle(message.data);
    } catch (error) {
      failed(error);
    }
  });
  panel.onDidChangeViewState(() => {
    // what is hidden is gone, and says that it is ready when it is back
    if (!panel.visible) session.hide();
  });
  panel.onDidDispose(() => session.dispose());
  showPage(webview, parts.extensionUri, 'projector');
}
