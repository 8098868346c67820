import type * as vscode from 'vscode';
import type { Turns } from '../../base/turns';
import { CannotWrite } from './cannotWrite';
import { type Insertable, textAt } from './insertable';
import type { Edit, Inserted, Target } from './target';

/** What a terminal's keys send. */
const KEYS: Record<Edit, string> = { space: ' ', backspace: '\x7f', newLine: '\r' };

const CANNOT_TAKE_BACK = 'A terminal gives back no text: delete it there with Backspace.';

/** The line that one types in a terminal. */
export class TerminalTarget implements Target {
  readonly problem = undefined;
  readonly editor = undefined;
  readonly surroundings = { before: '', after: '', language: 'shellscript' };

  constructor(
    private readonly terminal: vscode.Terminal,
    private readonly queue: Turns,
  ) {}

  get name(): string {
    return `Terminal ${this.terminal.name}`;
  }

  async insert(what: Insertable): Promise<Inserted> {
    const text = textAt(what, this.surroundings);
    // a line feed would run what stands before it
    await this.send(text.replace(/\s*\n\s*/gu, ' '));
    const refuse = () => Promise.reject(new CannotWrite(CANNOT_TAKE_BACK));
    return { replace: refuse, takeBack: refuse, dispose: () => undefined };
  }

  type(text: string): Promise<void> {
    return this.send(text.replaceAll('\n', KEYS.newLine));
  }

  edit(edit: Edit): Promise<void> {
    return this.send(KEYS[edit]);
  }

  focus(): Promise<void> {
    this.terminal.show();
    return Promise.resolve();
  }

  private send(text: string): Promise<void> {
    return this.queue.run(() => this.terminal.sendText(text, false));
  }
}
