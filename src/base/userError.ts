/** A failure to tell the user: its message is one sentence with what to do next. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
