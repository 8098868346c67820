/** Weights of one model: more are not of a recognizer of single characters, and would take long for a picture. */
export const MOST_NUMBERS = 12 * 2 ** 20;
/** Bytes of a file that is read whole, the state of an optimizer in it. */
export const MOST_FILE_BYTES = 96 * 2 ** 20;
/** A description of layers takes some kilobytes. */
export const MOST_TEXT_BYTES = 4 * 2 ** 20;
