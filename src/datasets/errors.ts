import { UserError } from '../base/userError';

/** Data that cannot be read or used. */
export class DatasetError extends UserError {
  override readonly name = 'DatasetError';
}

/** The disk has no room for it; nothing is wrong with the data. */
export class DiskFull extends DatasetError {}

/** The network broke off what had begun: the same goes on where it was once the network is back. */
export class Disconnected extends DatasetError {}

/** Labels are numbers, and nothing says which characters they stand for. */
export class UnknownClasses extends DatasetError {}
