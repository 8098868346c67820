import * as vscode from 'vscode';
import {
  type HostToPreview,
  type PictureOptions,
  previewToHostSchema,
  USUAL_PICTURE_OPTIONS,
} from '../../protocol/importPreview';
import type { Importer } from '../datasets/importer';
import { View } from '../names';
import { sentenceFor } from '../report';
import { showPage } from './webviewPage';

/** Pictures that are shown before and after. */
const SHOWN = 48;

export interface PreviewParts {
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  importer: Importer;
}

/**
 * Shows in an editor tab what an import of pictures would make of some of them.
 *
 * @returns the options that the person settled on; undefined where they want no import
 */
export function previewPictures(
  location: string,
  name: string,
  { extensionUri, log, importer }: PreviewParts,
): Promise<PictureOptions | undefined> {
  return new Promise((resolve) => {
    const panel = vscode.window.createWebviewPanel(
      View.importPreview,
      `Import ${name}`,
      vscode.ViewColumn.Active,
    );
    const { webview } = panel;
    let options = USUAL_PICTURE_OPTIONS;
    let abort = new AbortController();
    const post = (message: HostToPreview) => void webview.postMessage(message);
    const show = async () => {
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      try {
        const preview = await importer.preview({ location, pictures: options, most: SHOWN }, signal);
        post({ type: 'preview', name, options, ...preview });
      } catch (error) {
        if (!signal.aborted) post({ type: 'failed', name, options, message: sentenceFor(error, log) });
      }
    };
    panel.onDidDispose(() => {
      abort.abort();
      resolve(undefined);
    });
    webview.onDidReceiveMessage((data) => {
      const message = previewToHostSchema.safeParse(data);
      if (!message.success) {
        log.error(`the preview of an import sent what it may not: ${message.error.message}`);
        return;
      }
      if (message.data.type === 'options') options = message.data.options;
      if (message.data.type === 'import') resolve(options);
      if (message.data.type === 'import' || message.data.type === 'cancel') panel.dispose();
      else void show();
    });
    showPage(webview, extensionUri, 'importPreview');
  });
}
