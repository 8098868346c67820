import { UserError } from '../base/userError';

/** A model that cannot be read or written. */
export class ModelError extends UserError {
  override readonly name = 'ModelError';
}
