import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readCharacterModel } from '../../language/characterModelFile';
import { documentModel } from '../../language/documentModel';
import { likelyText, type CharacterModels, type LikelyText } from '../../language/likelyText';
import type { Place } from '../../protocol/engine/recognition';

/** What text is likely at places: the models that ship with Scrawl, read once, and what the last place came to. */
export class PlaceTexts {
  private models: Promise<CharacterModels> | undefined;
  private last: { readonly place: Place; readonly text: LikelyText } | undefined;

  /** @param folder of the character models of code and prose */
  constructor(private readonly folder: string) {}

  /** @throws LanguageError where a character model is damaged */
  async at(place: Place): Promise<LikelyText> {
    this.models ??= this.load();
    const models = await this.models.catch((error: unknown) => {
      this.models = undefined;
      throw error;
    });
    // a place stays as it is while a line is written, and the model of its text takes some milliseconds
    if (this.last && isDeepStrictEqual(this.last.place, place)) return this.last.text;
    const text = textAt(place, models);
    this.last = { place, text };
    return text;
  }

  private async load(): Promise<CharacterModels> {
    const [code, prose] = await Promise.all([this.read('code.bin'), this.read('prose.bin')]);
    return { code, prose };
  }

  private async read(name: string) {
    const file = path.join(this.folder, name);
    return readCharacterModel(await readFile(file), file);
  }
}

function textAt(place: Place, models: CharacterModels): LikelyText {
  const { language, before, after, offered } = place;
  const [given, elsewhere] = [new Map(place.given), new Map(place.elsewhere)];
  const document = documentModel(before, after);
  return likelyText({ language, before, after, offered, given, elsewhere, document }, models);
}
