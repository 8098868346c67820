import { existsSync } from 'node:fs';
import path from 'node:path';

/** The real handwriting that lies beside a checkout; it is not part of it. */
const SHARED = path.resolve('..', 'shared', 'data');

/**
 * A file of the data beside the checkout. Where it is missing the test is skipped, and says so.
 */
export function sharedFile(test: Mocha.Context, ...parts: string[]): string {
  const file = path.join(SHARED, ...parts);
  if (!existsSync(file)) test.skip();
  return file;
}

/** Inputs that people have and that went wrong; they lie beside a checkout too. */
const CASES = path.resolve('..', 'shared', 'cases');

/** As `sharedFile`, of one of these inputs. */
export function sharedCase(test: Mocha.Context, ...parts: string[]): string {
  const file = path.join(CASES, ...parts);
  if (!existsSync(file)) test.skip();
  return file;
}
