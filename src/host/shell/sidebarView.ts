import * as vscode from 'vscode';
import { Page, type PageContent, type PageKind } from './page';
import type { Shell } from './shell';

export interface SidebarViewOptions<In extends { readonly type: string }, Out> extends PageKind<In> {
  /** What package.json names the view. */
  readonly view: string;
  readonly open: (page: SidebarView<In, Out>) => PageContent<In, Out>;
}

/** A page in the sidebar. What is sent to it while it is not on screen waits until it is. */
export class SidebarView<In extends { readonly type: string }, Out>
  extends Page<In, Out>
  implements vscode.Disposable
{
  private readonly content: PageContent<In, Out>;
  private readonly registration: vscode.Disposable;

  constructor(
    shell: Pick<Shell, 'extensionUri' | 'log'>,
    private readonly options: SidebarViewOptions<In, Out>,
  ) {
    super(shell, options);
    const content = options.open(this);
    this.content = content;
    this.registration = vscode.window.registerWebviewViewProvider(options.view, {
      resolveWebviewView: (view) => this.run(view, content),
    });
  }

  /** Opens the view; the keyboard stays where it is. */
  async show(): Promise<void> {
    if (this.isOpen) this.reveal();
    else await this.focusCommand({ preserveFocus: true });
  }

  /** Opens the view and gives it the keyboard. */
  async focus(): Promise<void> {
    await this.focusCommand();
  }

  dispose(): void {
    this.content.hidden?.();
    this.registration.dispose();
  }

  private focusCommand(options?: { preserveFocus: boolean }): Thenable<unknown> {
    return vscode.commands.executeCommand(`${this.options.view}.focus`, options);
  }
}
