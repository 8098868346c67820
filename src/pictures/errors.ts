import { UserError } from '../base/userError';

/** A picture that cannot be read, or that nothing is written on. */
export class PictureError extends UserError {
  override readonly name = 'PictureError';
}
