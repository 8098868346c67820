import * as vscode from 'vscode';
import {
  LATEX,
  type Missing,
  loadPackage,
  missingIn,
  type Package,
  usePackage,
} from '../../symbols/packages';
import { nameOf } from '../../symbols/requirements';
import { LatexRoots } from './latexRoots';
import type { Symbols } from './symbols';
import type { WrittenCommands } from './writtenCommands';

const CODE = 'missing-package';

/** Documents of LaTeX into which Scrawl wrote commands that need a package: says where it is missing, and loads it. */
export class MissingPackages implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('scrawl');
  private readonly roots = new LatexRoots();
  private readonly disposables: { dispose(): unknown }[];

  constructor(
    private readonly symbols: Symbols,
    private readonly written: WrittenCommands,
  ) {
    const { languages, workspace, CodeActionKind } = vscode;
    this.disposables = [
      this.diagnostics,
      this.roots,
      languages.registerCodeActionsProvider([...LATEX], this, {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      }),
      // a document may be the root of others
      workspace.onDidChangeTextDocument(
        ({ document }) => LATEX.has(document.languageId) && void this.lookAtAll(),
      ),
      workspace.onDidOpenTextDocument((document) => this.lookAt(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.diagnostics.delete(uri)),
    ];
    // documents that come back with the window
    void this.lookAtAll();
  }

  /** A command was written into a document. */
  async watch(document: vscode.TextDocument, command: string): Promise<void> {
    const { requirements } = await this.symbols.known();
    const name = nameOf(command);
    if (!LATEX.has(document.languageId) || !requirements.has(name)) return;
    await this.written.note(document, name);
    await this.lookAt(document);
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const own = diagnostics.filter(({ code, source }) => code === CODE && source === SOURCE);
    if (own.length === 0) return [];
    const { requirements } = await this.symbols.known();
    const root = await this.roots.of(document);
    return own.flatMap((diagnostic) => {
      const packages = requirements.get(document.getText(diagnostic.range)) ?? [];
      return packages.map((each, at) => fix(each, root, diagnostic, at === 0));
    });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async lookAtAll(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) await this.lookAt(document);
  }

  private async lookAt(document: vscode.TextDocument): Promise<void> {
    const written = this.written.in(document);
    if (written.length === 0 || !LATEX.has(document.languageId)) return;
    const root = await this.roots.of(document);
    const { requirements } = await this.symbols.known();
    if (document.isClosed) return;
    const missing = missingIn(document.getText(), root.getText(), requirements);
    this.diagnostics.set(
      document.uri,
      missing.filter(({ command }) => written.includes(command)).map((each) => diagnosticOf(document, each)),
    );
  }
}

const SOURCE = 'Scrawl';

function diagnosticOf(
  document: vscode.TextDocument,
  { command, offset, packages }: Missing,
): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + command.length));
  const names = [
    ...new Set(packages.map(({ name, option }) => (option === undefined ? name : `${name} (${option})`))),
  ];
  const diagnostic = new vscode.Diagnostic(
    range,
    `${command} is of the package ${names.join(' or ')}, which the document does not load.`,
    vscode.DiagnosticSeverity.Information,
  );
  diagnostic.code = CODE;
  diagnostic.source = SOURCE;
  return diagnostic;
}

/** Loads a package in the file that loads the others. */
function fix(
  wanted: Package,
  root: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  isPreferred: boolean,
): vscode.CodeAction {
  const action = new vscode.CodeAction(`Add ${usePackage(wanted)}`, vscode.CodeActionKind.QuickFix);
  const { offset, text } = loadPackage(root.getText(), wanted);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.insert(root.uri, root.positionAt(offset), text);
  action.diagnostics = [diagnostic];
  action.isPreferred = isPreferred;
  return action;
}
