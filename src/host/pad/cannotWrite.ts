import { UserError } from '../../base/userError';

/** The place that the text was meant for does not take it. */
export class CannotWrite extends UserError {
  override readonly name: string = 'CannotWrite';
}

/** What is written in nobody may change. */
export class ReadOnly extends CannotWrite {
  override readonly name = 'ReadOnly';

  /** @param of what is read-only, as the user knows it */
  constructor(of: string) {
    super(`"${of}" is read-only: click into an editor that you can write in, then insert again.`);
  }
}
