import type * as vscode from 'vscode';

const MEMORY = 'symbols.written';
/** So many documents are remembered. */
const REMEMBERED = 50;

/** Addresses of documents with the names of commands, the document that was written into last first. */
type Written = readonly (readonly [document: string, commands: readonly string[]])[];

/** Remembers which commands of LaTeX were written into which documents, over reloads. */
export class WrittenCommands {
  constructor(private readonly memory: vscode.Memento) {}

  /** The commands that were written into a document. */
  in({ uri }: vscode.TextDocument): readonly string[] {
    return this.all.find(([document]) => document === uri.toString())?.[1] ?? [];
  }

  /** A command was written into a document. */
  async note(document: vscode.TextDocument, command: string): Promise<void> {
    const address = document.uri.toString();
    const noted = [address, [...new Set([...this.in(document), command])]] as const;
    const others = this.all.filter(([other]) => other !== address);
    await this.memory.update(MEMORY, [noted, ...others].slice(0, REMEMBERED));
  }

  private get all(): Written {
    return this.memory.get<Written>(MEMORY, []);
  }
}
