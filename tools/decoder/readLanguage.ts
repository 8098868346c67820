import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readCharacterModel } from '../../src/language/characterModelFile';
import type { CharacterModels } from '../../src/language/likelyText';

/** The character models that ship with Scrawl. */
export async function readLanguage(folder: string): Promise<CharacterModels> {
  const read = async (name: string) => {
    const file = path.join(folder, `${name}.bin`);
    return readCharacterModel(await readFile(file), file);
  };
  return { code: await read('code'), prose: await read('prose') };
}
