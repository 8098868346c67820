/** Data that cannot be read or used. The message is one sentence for the user, with what to do next. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}

/** The disk has no room for it; nothing is wrong with the data. */
export class DiskFull extends DatasetError {}

/** The network broke off what had begun: the same goes on where it was once the network is back. */
export class Disconnected extends DatasetError {}

/** Labels are numbers, and nothing says which characters they stand for. */
export class UnknownClasses extends DatasetError {}
