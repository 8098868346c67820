import { identifiersAround } from '../../language/identifiers';

/** Names with their weights, the heaviest first. */
export type Weighted = [name: string, weight: number][];

/** What of an open document is looked at. */
export interface OpenDocument {
  readonly version: number;
  getText(): string;
}

/** Names of so many documents, and so many of them all, are enough. */
const DOCUMENTS = 40;
const NAMES = 2_000;
const LONGEST = 80;

/** The names in open documents, read anew only where a document has changed. */
export class OtherNames {
  private readonly read = new WeakMap<
    OpenDocument,
    { readonly version: number; readonly names: ReadonlyMap<string, number> }
  >();
  private latest:
    { readonly of: readonly ReadonlyMap<string, number>[]; readonly names: Weighted } | undefined;

  /** The names of all these documents together. */
  of(documents: readonly OpenDocument[]): Weighted {
    const of = documents.slice(0, DOCUMENTS).map((document) => this.namesIn(document));
    const isSame =
      this.latest?.of.length === of.length && of.every((each, at) => each === this.latest?.of[at]);
    if (!this.latest || !isSame) this.latest = { of, names: together(of) };
    return this.latest.names;
  }

  private namesIn(document: OpenDocument): ReadonlyMap<string, number> {
    const known = this.read.get(document);
    if (known?.version === document.version) return known.names;
    // the line feed stands for the cursor, next to which a name is taken for unfinished
    const names = identifiersAround('', `\n${document.getText()}`);
    this.read.set(document, { version: document.version, names });
    return names;
  }
}

function together(documents: readonly ReadonlyMap<string, number>[]): Weighted {
  const weights = new Map<string, number>();
  for (const [name, weight] of documents.flatMap((names) => [...names])) {
    if (name.length <= LONGEST) weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  return [...weights].sort(([, a], [, b]) => b - a).slice(0, NAMES);
}
