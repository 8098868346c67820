/** Ink that cannot be read or drawn. The message is one sentence for the user, with what to do next. */
export class InkError extends Error {
  override readonly name = 'InkError';
}
