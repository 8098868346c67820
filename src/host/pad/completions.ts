import type { Spot } from './target';

/** Names longer than this are none that one writes by hand. */
const LONGEST = 80;
/** So many names at most, the first that are offered. */
const MOST = 2_000;

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]+/u;

/** What is asked of VS Code at a spot: the labels that it offers there. */
export type AskCompletions = (spot: Spot) => Promise<readonly string[]>;

/** The names that VS Code's completion offers where text goes; asked once for each state of a document. */
export class Completions {
  private latest: { readonly key: string; readonly names: Names } | undefined;

  /**
   * @param patience resolves once reading shall not wait any longer
   */
  constructor(
    private readonly ask: AskCompletions,
    private readonly patience: () => Promise<void>,
  ) {}

  /** What is known by the time that reading goes on: none where the provider is slow, and all as soon as it has answered. */
  at(spot: Spot): Promise<readonly string[]> {
    const { document, position } = spot;
    const key = [document.uri.toString(), document.version, position.line, position.character].join(' ');
    if (this.latest?.key !== key) this.latest = { key, names: new Names(this.ask(spot), this.patience()) };
    return this.latest.names.soon();
  }
}

/** An answer that is waited for no longer than patience lasts. */
class Names {
  private answer: readonly string[] = [];
  private isAnswered = false;
  private readonly soonest: Promise<void>;

  constructor(asked: Promise<readonly string[]>, patience: Promise<void>) {
    const answered = asked
      .then((labels) => {
        this.answer = namesOf(labels);
      })
      // a provider that fails offers nothing
      .catch(() => undefined)
      .then(() => {
        this.isAnswered = true;
      });
    this.soonest = Promise.race([answered, patience]);
  }

  async soon(): Promise<readonly string[]> {
    if (!this.isAnswered) await this.soonest;
    return this.answer;
  }
}

/** The names with which labels begin, such as `map` of `map(callback)`. */
function namesOf(labels: readonly string[]): string[] {
  const names = new Set<string>();
  for (const label of labels) {
    const name = NAME.exec(label)?.[0];
    if (name && name.length <= LONGEST) names.add(name);
    if (names.size === MOST) break;
  }
  return [...names];
}
