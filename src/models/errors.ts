/** A model that cannot be read or written. The message is one sentence for the user, with what to do next. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
