/** Data that cannot be read or used. The message is one sentence for the user, with what to do next. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}

/** Labels are numbers, and nothing says which characters they stand for. */
export class UnknownClasses extends DatasetError {}
