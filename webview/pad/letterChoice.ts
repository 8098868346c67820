import { spoken } from '../../src/base/words';
import { isSymbol, type ShownReading } from '../../src/protocol/pages/pad';
import type { Desk } from './desk';
import type { LetterDetail } from './surface';

/** A character of the reading whose alternatives are shown. */
interface OpenLetter extends LetterDetail {
  readonly text: string;
  /** Whether the text is one symbol, whatever its length. */
  readonly whole: boolean;
  /** Whether it was opened by a key: then the keyboard goes to the alternatives. */
  readonly byKeyboard: boolean;
  /** None until the host has answered. */
  readonly readings: readonly ShownReading[];
}

/** Lets one character of the first reading be another. */
export class LetterChoice {
  open: OpenLetter | undefined;

  constructor(private readonly desk: Desk) {}

  /** Whether there is something to choose from. */
  get isShown(): boolean {
    return this.open !== undefined && this.open.readings.length > 0;
  }

  /** Asks what a character may be instead. */
  ask(letter: LetterDetail, byKeyboard: boolean): void {
    const { readings, recognizer, tell } = this.desk;
    if (!readings.first || !recognizer.upToDate) return;
    const { text } = readings.first;
    this.open = { ...letter, text, whole: isSymbol(readings.first), byKeyboard, readings: [] };
    tell({ type: 'alternatives', id: recognizer.id, text, at: letter.at });
  }

  /** Takes the host's answer; says whether it is to what is asked now. */
  take(id: number, at: number, readings: readonly ShownReading[]): boolean {
    if (id !== this.desk.recognizer.id || this.open?.at !== at) return false;
    this.open = { ...this.open, readings };
    return true;
  }

  /** Makes an alternative the first reading, until the ink changes. */
  choose(index: number): void {
    const reading = this.open?.readings[index];
    if (!reading) return;
    this.desk.readings.choose(reading);
    this.desk.say(spoken(reading.text));
  }

  close(): void {
    this.open = undefined;
  }
}
