import * as vscode from 'vscode';
import type { ChosenSamples } from '../../protocol/evaluationView';
import type { Sort } from '../../protocol/gallery';
import { type EvaluationSpec, withBundled } from '../evaluation/evaluationSpec';
import type { Gallery } from '../evaluation/gallery';
import { GalleryPage, type GalleryPageParts } from '../gallery/galleryPage';
import { type GallerySpec, savedGallerySchema } from '../gallery/gallerySpec';
import { View } from '../names';
import { showPage } from './webviewPage';

export interface GalleryParts extends GalleryPageParts {
  extensionUri: vscode.Uri;
  /** Folder of the bundled model. */
  bundled: string;
}

/** The editor tab with samples of evaluations, of which there is one: what is opened next takes its place. */
export class GalleryTab implements Gallery, vscode.WebviewPanelSerializer, vscode.Disposable {
  private shown: { panel: vscode.WebviewPanel; page: GalleryPage } | undefined;
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: GalleryParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(View.gallery, this);
  }

  show(evaluation: EvaluationSpec, samples: ChosenSamples): void {
    const spec = { evaluation, samples };
    if (this.shown) {
      const { panel, page } = this.shown;
      panel.reveal();
      void page.show(spec);
    } else {
      const panel = vscode.window.createWebviewPanel(View.gallery, 'Gallery', vscode.ViewColumn.Active);
      this.take(panel, spec, 'wrongAndSure');
    }
  }

  /** After a reload of the window VS Code brings the tab back, and what its page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = savedGallerySchema.safeParse(state);
    if (this.shown || !saved.success) {
      panel.dispose();
    } else {
      const { remember, sort } = saved.data;
      const evaluation = withBundled(remember.evaluation, this.parts.bundled);
      this.take(panel, { ...remember, evaluation }, sort);
    }
    await Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    this.shown?.panel.dispose();
  }

  private take(panel: vscode.WebviewPanel, spec: GallerySpec, sort: Sort): void {
    const page = new GalleryPage(panel.webview, this.parts, spec, sort, (title) => (panel.title = title));
    this.shown = { panel, page };
    panel.onDidChangeViewState(() => {
      // what is hidden is gone, and says that it is ready when it is back
      if (!panel.visible) page.leave();
    });
    panel.onDidDispose(() => {
      this.shown = undefined;
      page.leave();
    });
    showPage(panel.webview, this.parts.extensionUri, 'gallery');
  }
}
