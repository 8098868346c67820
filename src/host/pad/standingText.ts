/** A text that was inserted in a document. */
export interface Piece {
  /** Characters before it. */
  readonly offset: number;
  readonly text: string;
  /** What it stands in place of. */
  readonly removed: string;
}

/** A change of a document, as VS Code tells it. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Where inserted texts stand while their document changes around them. */
export class StandingText {
  private standing: readonly Piece[] | undefined;

  /** @param pieces in their order in the document */
  constructor(pieces: readonly Piece[]) {
    this.standing = pieces;
  }

  /** The pieces where they stand now; undefined once something has been changed in one of them. */
  get pieces(): readonly Piece[] | undefined {
    return this.standing;
  }

  /** @param changes the last in the document first, each by the offsets before all of them */
  change(changes: readonly TextChange[]): void {
    for (const change of changes) {
      const moved = this.standing?.map((piece) => moveBy(change, piece));
      this.standing = moved?.every((piece) => piece !== undefined) ? moved : undefined;
    }
  }
}

function moveBy({ rangeOffset, rangeLength, text }: TextChange, piece: Piece): Piece | undefined {
  if (rangeOffset >= piece.offset + piece.text.length) return piece;
  if (rangeOffset + rangeLength > piece.offset) return undefined;
  return { ...piece, offset: piece.offset + text.length - rangeLength };
}
