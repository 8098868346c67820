import { UserError } from '../base/userError';

/** Language data that cannot be read. */
export class LanguageError extends UserError {
  override readonly name = 'LanguageError';
}
