import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from './names';
import { report } from './report';

/** A command, or what Scrawl 0.1 called one: keyboard shortcuts may still name it so. */
type Registered = Command | 'scrawl.practiseCharacters';

/** What every feature registers itself with. */
export class Shell {
  readonly log = vscode.window.createOutputChannel('Scrawl', { log: true });

  constructor(private readonly context: vscode.ExtensionContext) {
    this.own(this.log);
    this.commands({ [Command.showLog]: () => this.log.show() });
  }

  get extensionUri(): vscode.Uri {
    return this.context.extensionUri;
  }

  /** The folder of all that Scrawl stores on this machine. */
  get home(): string {
    return this.context.globalStorageUri.fsPath;
  }

  /** What is remembered on this machine. */
  get memory(): vscode.Memento {
    return this.context.globalState;
  }

  /** What is remembered of the window's workspace. */
  get workspaceMemory(): vscode.Memento {
    return this.context.workspaceState;
  }

  /** The engine's script, which every process of it runs. */
  get engineScript(): string {
    return this.shipped('dist', 'engine.js');
  }

  /** A file or folder that ships with Scrawl. */
  shipped(...parts: string[]): string {
    return this.context.asAbsolutePath(path.join(...parts));
  }

  /** Disposes something with the window. */
  own<T extends { dispose(): unknown }>(part: T): T {
    this.context.subscriptions.push(part);
    return part;
  }

  /** Registers commands; the user is told where one fails. */
  commands(handlers: { readonly [command in Registered]?: (argument?: unknown) => unknown }): void {
    for (const [command, handler] of Object.entries(handlers)) {
      const run = async (argument?: unknown): Promise<void> => {
        try {
          await handler(argument);
        } catch (error) {
          void report(error, this.log, () => run(argument));
        }
      };
      this.own(vscode.commands.registerCommand(command, run));
    }
  }
}
