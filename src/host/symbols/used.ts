import type * as vscode from 'vscode';

const MEMORY = 'symbols.used';
/** So many are remembered. */
const REMEMBERED = 200;

/** What the user took from a list or had inserted as a symbol, the last first, with how often. */
type Uses = readonly (readonly [what: string, times: number])[];

/** Remembers which characters and symbols the user takes. */
export class Used {
  constructor(private readonly memory: vscode.Memento) {}

  /** How often something was taken. */
  countOf(what: string): number {
    return this.uses.find(([each]) => each === what)?.[1] ?? 0;
  }

  /** What was taken, the last first. */
  get latest(): string[] {
    return this.uses.map(([what]) => what);
  }

  /** Something was taken, which may have more than one name. */
  async note(...names: string[]): Promise<void> {
    const { uses } = this;
    const noted = [...new Set(names)].map((name) => [name, this.countOf(name) + 1] as const);
    const others = uses.filter(([each]) => !names.includes(each));
    await this.memory.update(MEMORY, [...noted, ...others].slice(0, REMEMBERED));
  }

  private get uses(): Uses {
    return this.memory.get<Uses>(MEMORY, []);
  }
}
