import * as vscode from 'vscode';
import { Page, type PageContent, type PageKind } from './page';
import type { Shell } from './shell';

/** What stands behind the page of a tab. */
export interface TabContent<In, Out, Key> extends PageContent<In, Out> {
  /** The tab is asked for again while it is open. */
  again?(key: Key): void;
}

export interface TabsOptions<In extends { readonly type: string }, Out, Key> extends PageKind<In> {
  /** What VS Code knows the tabs by; `scrawl.` and the page's name where it is left out. */
  readonly view?: string;
  readonly title: (key: Key) => string;
  /** Keys with the same name share a tab; without names every key has a tab of its own. */
  readonly nameOf?: (key: Key) => string;
  /** The key of a tab that VS Code brings back after a reload, from what its page kept; without one it is closed. */
  readonly restore?: (state: unknown) => Key | undefined;
  readonly column?: (key: Key) => vscode.ViewColumn;
  /** The keyboard stays where it is when a tab is shown. */
  readonly preserveFocus?: boolean;
  readonly open: (page: Page<In, Out>, key: Key) => TabContent<In, Out, Key>;
}

/** The editor tabs of one kind of page. */
export class Tabs<In extends { readonly type: string }, Out, Key> implements vscode.Disposable {
  private readonly open = new Map<
    string | symbol,
    { page: Page<In, Out>; content: TabContent<In, Out, Key> }
  >();
  private readonly view: string;
  private readonly registration: vscode.Disposable | undefined;

  constructor(
    private readonly shell: Pick<Shell, 'extensionUri' | 'log'>,
    private readonly options: TabsOptions<In, Out, Key>,
  ) {
    const { name, view = `scrawl.${name}`, restore } = options;
    this.view = view;
    if (restore) {
      this.registration = vscode.window.registerWebviewPanelSerializer(view, {
        deserializeWebviewPanel: (panel, state) => Promise.resolve(this.takeBack(panel, restore(state))),
      });
    }
  }

  /** Opens a tab, or shows the one that there is. */
  show(key: Key): void {
    const open = this.open.get(this.nameOf(key));
    if (open) {
      open.page.reveal(this.options.preserveFocus);
      open.content.again?.(key);
      return;
    }
    const { title, column, preserveFocus = false } = this.options;
    const viewColumn = column?.(key) ?? vscode.ViewColumn.Active;
    const place = { viewColumn, preserveFocus };
    this.fill(vscode.window.createWebviewPanel(this.view, title(key), place), key);
  }

  dispose(): void {
    this.registration?.dispose();
    for (const { page } of [...this.open.values()]) page.close();
  }

  private takeBack(panel: vscode.WebviewPanel, key: Key | undefined): void {
    if (key === undefined || this.open.has(this.nameOf(key))) panel.dispose();
    else this.fill(panel, key);
  }

  private fill(panel: vscode.WebviewPanel, key: Key): void {
    const name = this.nameOf(key);
    const page = new Page<In, Out>(this.shell, this.options);
    const content = this.options.open(page, key);
    this.open.set(name, { page, content });
    panel.onDidDispose(() => this.open.delete(name));
    page.run(panel, content);
  }

  private nameOf(key: Key): string | symbol {
    return this.options.nameOf?.(key) ?? Symbol();
  }
}
