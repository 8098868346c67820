import * as vscode from 'vscode';
import type { Place } from '../../protocol/engine/recognition';
import type { Completions } from './completions';
import { OtherNames } from './otherNames';
import type { Target } from './target';

/** Documents of other kinds are no texts that the user works on. */
const WORKED_ON = new Set(['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs']);

/** A document of more lines has names that are out of reach of what is told of its text. */
const FAR = 500;

/** What is known of the place that text goes to; it is told to the engine and to nobody else. */
export class Places {
  private readonly others = new OtherNames();

  constructor(private readonly completions: Completions) {}

  /** Begins to ask what reading will want to know. */
  begin(target: Target): void {
    void this.offeredAt(target);
  }

  async of(target: Target): Promise<Place> {
    const offered = await this.offeredAt(target);
    const own = target.editor?.document;
    const others = vscode.workspace.textDocuments.filter(
      (document) => WORKED_ON.has(document.uri.scheme) && (document !== own || document.lineCount > FAR),
    );
    return { ...target.surroundings, offered: [...offered], given: [], elsewhere: this.others.of(others) };
  }

  private async offeredAt({ editor }: Target): Promise<readonly string[]> {
    if (!editor) return [];
    return this.completions.at({ document: editor.document, position: editor.selection.active });
  }
}
