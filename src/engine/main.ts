import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type CancellationToken,
} from 'vscode-jsonrpc/node';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { z } from 'zod';
import { BACKEND_LOST_CODE, backendsParamsSchema, backendsRequest } from '../protocol/backends';
import {
  modelParamsSchema,
  modelRequest,
  recognizeParamsSchema,
  recognizePictureParamsSchema,
  recognizePictureRequest,
  recognizeRequest,
  REQUEST_CANCELLED_CODE,
  USER_ERROR_CODE,
} from '../protocol/engine';
import { isUserError } from './userError';
import { BackendLostError } from './backends/errors';
import { listBackends } from './backends/listBackends';
import { ModelCache } from './models/modelCache';
import { PICTURE_SIZE } from '../ink/rasterize';
import { ModelError } from '../models/errors';
import { recognizeInk, recognizePicture } from './recognition/recognize';

/** The engine process: answers the extension host's requests over the channel that it was forked with. */
function serve(): void {
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  const models = new ModelCache();

  connection.onRequest(recognizeRequest, (params, token) =>
    answer(recognizeParamsSchema, params, token, async ({ model, ink, alphabet, top, penWidth }) => {
      const { candidates, picture, milliseconds } = await models.use(model, (loaded) =>
        recognizeInk(loaded, ink, { alphabet, top, penWidth }),
      );
      return { candidates, picture: { ...picture, pixels: [...picture.pixels] }, milliseconds };
    }),
  );
  connection.onRequest(recognizePictureRequest, (params, token) =>
    answer(recognizePictureParamsSchema, params, token, async ({ model, picture, alphabet, top }) => {
      if (picture.pixels.length !== PICTURE_SIZE ** 2) {
        throw new ModelError(
          `Only pictures of ${PICTURE_SIZE}x${PICTURE_SIZE} pixels can be read: import them normalised.`,
        );
      }
      const pixels = Uint8Array.from(picture.pixels);
      const { candidates, milliseconds } = await models.use(model, (loaded) =>
        recognizePicture(loaded, pixels, { alphabet, top }),
      );
      return { candidates, picture, milliseconds };
    }),
  );
  connection.onRequest(modelRequest, (params, token) =>
    answer(modelParamsSchema, params, token, ({ model }) =>
      models.use(model, ({ card }) => Promise.resolve({ name: card.name, classes: card.classes })),
    ),
  );
  connection.onRequest(backendsRequest, (params, token) =>
    answer(backendsParamsSchema, params, token, ({ home, measure }) => listBackends(home, measure)),
  );
  // the host is gone, whatever ended it: nobody is left to answer
  connection.onClose(() => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  connection.listen();
}

/**
 * Checks what came over the border, lets an overtaken request end unanswered, and turns errors into what the host can
 * show.
 */
async function answer<S extends z.ZodType, R>(
  schema: S,
  params: unknown,
  token: CancellationToken,
  work: (params: z.infer<S>) => Promise<R>,
): Promise<R> {
  // a cancellation that is already in the channel comes first
  await setImmediate();
  if (token.isCancellationRequested) throw new ResponseError(REQUEST_CANCELLED_CODE, 'cancelled');
  try {
    return await work(schema.parse(params));
  } catch (error) {
    if (error instanceof BackendLostError)
      throw new ResponseError(BACKEND_LOST_CODE, error.message, inspect(error.cause));
    if (isUserError(error)) throw new ResponseError(USER_ERROR_CODE, error.message, inspect(error.cause));
    throw error;
  }
}

serve();
