import { EngineDied } from '../engine/engineProcess';

/** How work in an engine of its own ended that has no result. */
export type Failure =
  /** With a sentence for the user. */
  | { readonly how: 'failed'; readonly message: string }
  /** Its engine is gone. */
  | { readonly how: 'died' };

export function failureOf(error: unknown): Failure {
  return error instanceof EngineDied ? { how: 'died' } : { how: 'failed', message: (error as Error).message };
}

/** Asks an engine for an end; what has just ended needs none. */
export async function unlessEnded(asked: Promise<unknown> | undefined): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof EngineDied)) throw error;
  }
}
