/** Data that cannot be read or used. The message is one sentence for the user, with what to do next. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
