import { stat } from 'node:fs/promises';
import path from 'node:path';

/** A text that is another one once there is another model in a folder, as training the same name again makes it. */
export async function modelStamp(folder: string): Promise<string> {
  const card = await stat(path.join(folder, 'card.json')).catch(() => undefined);
  return `${folder} ${String(card?.mtimeMs)} ${String(card?.ino)}`;
}
