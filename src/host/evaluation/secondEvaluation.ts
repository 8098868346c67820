import { ModelError } from '../../models/errors';

/**
 * An evaluation to compare a first one with, or why that cannot be done, a sentence.
 *
 * @param read reads what is stored
 * @param whyNot what speaks against comparing it, where anything does
 */
export async function secondEvaluation<E>(
  read: () => Promise<E>,
  whyNot: (second: E) => string | undefined,
): Promise<E | string> {
  try {
    const second = await read();
    return whyNot(second) ?? second;
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
}
