import * as vscode from 'vscode';
import type { HandwritingSample, MyHandwriting } from '../datasets/myHandwriting';
import type { Drawn } from '../protocol/pad';
import { askLabel } from './askLabel';
import type { Recognition } from './recognition';

/** Keeps what the person draws as samples of their handwriting, and takes back what they did not mean to keep. */
export class Keeper {
  /** The samples that this window kept, the last one last. */
  private readonly kept: string[] = [];
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly handwriting: MyHandwriting,
    private readonly recognition: Recognition,
  ) {}

  /** Gives the name of the file, with which it can be taken back. */
  async keep(label: string, { ink, penWidth }: Pick<HandwritingSample, 'ink' | 'penWidth'>): Promise<string> {
    const name = await this.handwriting.keep({ label, ink, penWidth });
    this.kept.push(name);
    this.changed.fire();
    return name;
  }

  /** Takes samples back that were kept, by the names of their files. */
  async takeBack(names: readonly string[]): Promise<void> {
    for (const name of names) await this.handwriting.undo(name);
    this.changed.fire();
  }

  /** Asks what was drawn, offering the suggestion first, and keeps it as that; gives the label. */
  async ask(drawn: Drawn, suggestion: string | undefined): Promise<string | undefined> {
    const classes = await this.recognition.classes();
    const others = classes.filter((each) => each !== suggestion);
    const label = await askLabel(suggestion === undefined ? others : [suggestion, ...others]);
    if (label !== undefined) await this.keep(label, drawn);
    return label;
  }

  /**
   * Takes back the last sample that this window kept, or else the last one of all.
   *
   * @returns what it was a sample of; undefined where there is none
   */
  async undo(): Promise<string | undefined> {
    const label = await this.handwriting.undo(await this.lastHere());
    if (label !== undefined) this.changed.fire();
    return label;
  }

  private async lastHere(): Promise<string | undefined> {
    const there = new Set(await this.handwriting.list());
    for (;;) {
      const name = this.kept.pop();
      // another window may have taken it back, or removed all
      if (name === undefined || there.has(name)) return name;
    }
  }

  dispose(): void {
    this.changed.dispose();
  }
}
