import type { PadToHost } from '../../src/protocol/pages/pad';
import type { Paper } from './paper';
import type { Readings } from './readings';
import type { Recognizer } from './recognizer';

/** What the parts of the pad work on together. */
export interface Desk {
  readonly paper: Paper;
  readonly readings: Readings;
  readonly recognizer: Recognizer;
  readonly tell: (message: PadToHost) => void;
  /** Says what was done, and offers to take it back where that is given. */
  readonly say: (text: string, takeBack?: () => void) => void;
  /** Changes what is on the paper, and has it read. */
  readonly change: (how: () => void) => void;
}
