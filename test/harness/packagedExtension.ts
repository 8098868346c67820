import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The universal .vsix that `npm test` has packaged before the tests. */
export function packagedExtension(): string {
  const out = path.resolve('out');
  const name = readdirSync(out).find((file) => /^scrawl-\d.*\.vsix$/.test(file));
  if (!name) throw new Error('out holds no .vsix: run npm test.');
  return path.join(out, name);
}
