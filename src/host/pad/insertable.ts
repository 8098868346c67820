import type { Place } from '../../protocol/engine/recognition';

/** The text around a place, and its language. */
export type Surroundings = Pick<Place, 'before' | 'after' | 'language'>;

/** A text that depends on where it goes. */
export interface Fitted {
  readonly textAt: (place: Surroundings) => string;
  /** The same as a snippet of VS Code, with stops that the cursor goes to, where it has any. */
  readonly snippet?: string;
}

/** What can be inserted. */
export type Insertable = string | Fitted;

/** What is inserted at a place. */
export function textAt(what: Insertable, place: Surroundings): string {
  return typeof what === 'string' ? what : what.textAt(place);
}
