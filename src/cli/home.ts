import os from 'node:os';
import path from 'node:path';

/**
 * The folder that models, runs and datasets lie in: what the user names, else `$SCRAWL_HOME`, else the XDG data folder.
 */
export function homeFolder(named: string | undefined): string {
  const chosen = named ?? process.env['SCRAWL_HOME'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const data = process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share');
  return path.join(data, 'scrawl');
}
