/** A failure to tell the person: its message is one sentence with what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The backend of some work was lost: the same work can go on with another. */
export class BackendLost extends UserError {}

/** A request that was overtaken: nobody waits for its answer. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor() {
    super('The request was cancelled.');
  }
}
