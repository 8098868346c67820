import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml';

/** The pages by their bundles. */
const ELEMENTS = {
  pad: 'scrawl-pad',
  browse: 'scrawl-browse',
  importPreview: 'scrawl-import-preview',
  image: 'scrawl-image',
  designer: 'scrawl-designer',
  training: 'scrawl-training',
  trainingForm: 'scrawl-training-form',
  evaluation: 'scrawl-evaluation',
  projector: 'scrawl-projector',
  review: 'scrawl-review',
  gallery: 'scrawl-gallery',
} as const;

/** Lets a webview run one of our pages, and fills it in. */
export function showPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: keyof typeof ELEMENTS,
): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const local = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = pageHtml({
    element: ELEMENTS[name],
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: local(`${name}.js`),
    style: local(`${name}.css`),
    codicons: local('codicon.css'),
  });
}
