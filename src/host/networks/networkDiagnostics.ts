import * as vscode from 'vscode';
import { NETWORK_SUFFIX } from '../../base/fileKinds';
import { LAYERS } from '../../networks/layerWords';
import { NetworkError, parseNetwork } from '../../networks/network';
import { layerSpans } from '../../networks/networkText';
import { verify } from '../../networks/verify';

/** Says of each open network file which layer cannot work, and why. What JSON and its schema say VS Code says itself. */
export class NetworkDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('scrawl');
  private readonly disposables: { dispose(): unknown }[];

  constructor() {
    const { workspace } = vscode;
    this.disposables = [
      this.collection,
      workspace.onDidOpenTextDocument((document) => this.check(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.check(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
    ];
    workspace.textDocuments.forEach((document) => this.check(document));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private check(document: vscode.TextDocument): void {
    if (!document.fileName.endsWith(NETWORK_SUFFIX)) return;
    const problem = problemIn(document);
    this.collection.set(document.uri, problem ? [problem] : []);
  }
}

function problemIn(document: vscode.TextDocument): vscode.Diagnostic | undefined {
  const text = document.getText();
  try {
    const network = parseNetwork(text);
    const { problem } = verify(network);
    const layer = problem && network.layers[problem.layer];
    const span = problem && layerSpans(text)[problem.layer];
    if (!layer || !span) return undefined;
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    const message = `${LAYERS[layer.type].name} cannot work here. ${problem.reason}`;
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'Scrawl';
    return diagnostic;
  } catch (error) {
    if (error instanceof NetworkError) return undefined;
    throw error;
  }
}
