import { stat } from 'node:fs/promises';
import path from 'node:path';
import { move } from './move';

/**
 * Gives a folder the first free name that begins with a word. Other processes may do the same at the same time.
 *
 * @param into the folder that it gets its place in, on the same disk
 */
export async function place(
  folder: string,
  into: string,
  word: string,
): Promise<{ id: string; folder: string }> {
  for (let number = 1; ; number++) {
    const id = number === 1 ? word : `${word}-${number}`;
    const target = path.join(into, id);
    if (await stat(target).catch(() => undefined)) continue;
    try {
      await move(folder, target);
      return { id, folder: target };
    } catch (error) {
      // somebody else was faster
      if (!(await stat(target).catch(() => undefined))) throw error;
    }
  }
}
