import { findConfused, personalize, personalizeLines } from '../../protocol/engine/personal';
import { type Handler, on } from '../../protocol/serve';
import type { LoadedModel } from '../models/loadedModel';
import type { ModelCache } from '../models/modelCache';
import { personalizeLinesStored } from './lines/personalizeLinesStored';
import { confusedCharacters } from './confused';
import { personalizeStored } from './personalizeStored';

/**
 * What learns the user's hand.
 *
 * @param replay folder of the replay set that ships with Scrawl
 */
export function personalHandlers(models: ModelCache<LoadedModel>, replay: string): Handler[] {
  return [
    on(personalize, (params, { signal, progress }) =>
      personalizeStored(params, replay, {
        signal,
        onProgress: (phase, done) => progress({ phase, done }),
      }),
    ),
    on(personalizeLines, (params, { signal, progress }) =>
      personalizeLinesStored(params, replay, {
        signal,
        onProgress: (phase, done) => progress({ phase, done }),
      }),
    ),
    on(findConfused, ({ model, home, count }, { signal }) =>
      models.use(model, async (loaded) => ({
        characters: await confusedCharacters(loaded, { home, shipped: replay, count }, { signal }),
      })),
    ),
  ];
}
