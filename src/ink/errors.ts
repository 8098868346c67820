import { UserError } from '../base/userError';

/** Ink that cannot be read or drawn. */
export class InkError extends UserError {
  override readonly name = 'InkError';
}
