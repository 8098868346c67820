import { UserError } from '../base/userError';

/** A table of symbols that cannot be read. */
export class SymbolTableError extends UserError {
  override readonly name = 'SymbolTableError';
}
