import { PICTURE_SIZE } from '../../ink/rasterize';
import { ModelError } from '../../models/errors';
import { drawBoxes, recognizeBoxes, recognizeImage } from '../../protocol/engine/image';
import {
  readAlternatives,
  readInk,
  readSymbol,
  recognize,
  recognizePicture as recognizePictureCall,
} from '../../protocol/engine/recognition';
import type { Params } from '../../protocol/rpc';
import { type Handler, on } from '../../protocol/serve';
import type { LoadedModel } from '../models/loadedModel';
import type { ModelCache } from '../models/modelCache';
import { NewCharacters } from '../personal/newCharacters';
import { ImageReader } from './image';
import { everything } from './everything';
import { InkReader, type InkReadings, type InkRequest } from './inkReader';
import type { LineModel } from './lineModel';
import { PlaceTexts } from './placeTexts';
import { recognizeInk, recognizePicture } from './recognize';
import type { SymbolModel } from './symbolModel';
import { symbolReadings } from './symbolReadings';

/**
 * What reads ink and pictures.
 *
 * @param replay folder of the replay set that ships with Scrawl
 * @param language folder of the character models that ship with Scrawl
 */
export function recognitionHandlers(
  models: ModelCache<LoadedModel>,
  lineModels: ModelCache<LineModel>,
  symbolModels: ModelCache<SymbolModel>,
  { replay, language }: { readonly replay: string; readonly language: string },
): Handler[] {
  const images = new ImageReader();
  const newCharacters = new NewCharacters(replay);
  const reader = new InkReader();
  const texts = new PlaceTexts(language);
  /** Works with what was asked and the models that it names. */
  const reading = <T>(
    { model, lines, home, place, ...asked }: Params<typeof readInk>,
    work: (request: InkRequest) => Promise<T>,
  ): Promise<T> =>
    models.use(model, (characters) =>
      lineModels.use(lines, async (loaded) => {
        const prototypes = await newCharacters.of(characters, home);
        return work({ ...asked, characters, lines: loaded, prototypes, likely: await texts.at(place) });
      }),
    );
  /** What ink says as a symbol alone. */
  const readAsSymbol = (
    symbols: SymbolModel,
    { model, home, ink, penWidth, top }: Params<typeof readInk>,
  ): Promise<InkReadings> =>
    models.use(model, async (characters) => {
      const prototypes = await newCharacters.of(characters, home);
      return { readings: await symbolReadings({ symbols, characters, prototypes, ink, penWidth, top }) };
    });
  /** What ink says where symbols may be read: nothing but one, or characters, words and lines, too. */
  const withSymbols = (folder: string, params: Params<typeof readInk>): Promise<InkReadings> =>
    symbolModels.use(folder, (symbols) => {
      if (params.alphabet === 'symbols') return readAsSymbol(symbols, params);
      return reading(params, async (request) => {
        const { readings, picture } = await reader.read(request);
        const drawn = await symbolReadings({ ...request, symbols, prototypes: [] });
        const all = everything(readings, drawn, request.top);
        return { readings: all, picture: all[0]?.symbol === undefined ? picture : undefined };
      });
    });
  return [
    on(readInk, async ({ symbols, ...params }) => {
      const started = performance.now();
      const read =
        symbols === undefined
          ? reading(params, (request) => reader.read(request))
          : withSymbols(symbols, params);
      const { readings, picture } = await read;
      const seen = picture && { ...picture, pixels: [...picture.pixels] };
      return { readings, picture: seen, milliseconds: performance.now() - started };
    }),
    on(readAlternatives, ({ text, at, ...params }) =>
      reading(params, (request) => reader.alternatives(request, text, at)),
    ),
    on(recognize, async ({ model, ink, home, ...options }) => {
      const { candidates, picture, milliseconds } = await models.use(model, async (loaded) =>
        recognizeInk(loaded, ink, { ...options, prototypes: await newCharacters.of(loaded, home) }),
      );
      return { candidates, picture: { ...picture, pixels: [...picture.pixels] }, milliseconds };
    }),
    on(readSymbol, ({ model, ink, top }) =>
      symbolModels.use(model, async (symbols) => {
        const started = performance.now();
        const candidates = await symbols.read(ink, top);
        return { candidates, milliseconds: performance.now() - started };
      }),
    ),
    on(recognizePictureCall, async ({ model, picture, alphabet, top }) => {
      if (picture.pixels.length !== PICTURE_SIZE ** 2) {
        throw new ModelError(
          `Only pictures of ${PICTURE_SIZE}x${PICTURE_SIZE} pixels can be read: import them normalized.`,
        );
      }
      const pixels = Uint8Array.from(picture.pixels);
      const { candidates, milliseconds } = await models.use(model, (loaded) =>
        recognizePicture(loaded, pixels, { alphabet, top }),
      );
      return { candidates, picture, milliseconds };
    }),
    on(recognizeImage, (params, { signal }) =>
      models.use(params.model, async (loaded) => {
        const prototypes = await newCharacters.of(loaded, params.home);
        return images.recognize(loaded, params, { likely: await texts.at(params.place), prototypes, signal });
      }),
    ),
    on(drawBoxes, (params) => images.drawBoxes(params)),
    on(recognizeBoxes, (params, { signal }) =>
      models.use(params.model, async (loaded) =>
        images.recognizeBoxes(loaded, params, signal, await newCharacters.of(loaded, params.home)),
      ),
    ),
  ];
}
