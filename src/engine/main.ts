import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type CancellationToken,
} from 'vscode-jsonrpc/node';
import path from 'node:path';
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
import {
  augmentPreviewParamsSchema,
  augmentPreviewRequest,
  endTrainingParamsSchema,
  endTrainingRequest,
  trainParamsSchema,
  trainRequest,
} from '../protocol/training';
import {
  recognizeBoxesParamsSchema,
  recognizeBoxesRequest,
  recognizeImageParamsSchema,
  recognizeImageRequest,
} from '../protocol/image';
import {
  confusedParamsSchema,
  confusedRequest,
  personalizeParamsSchema,
  personalizeProgressNotification,
  personalizeRequest,
  type PersonalizeProgress,
} from '../protocol/personal';
import { isUserError } from './userError';
import { BackendLostError } from './backends/errors';
import { listBackends } from './backends/listBackends';
import { answerEvaluation } from './evaluation/handlers';
import { importModelParamsSchema, importModelRequest } from '../protocol/models';
import { importRequested } from './models/importRequested';
import { ModelBackend } from './models/modelBackend';
import { ModelCache } from './models/modelCache';
import { PICTURE_SIZE } from '../ink/rasterize';
import { ModelError } from '../models/errors';
import { confusedCharacters } from './personal/confused';
import { NewCharacters } from './personal/newCharacters';
import { personalizeStored } from './personal/personalizeStored';
import { answerProjection } from './projection/handlers';
import { ImageReader } from './recognition/image';
import { recognizeInk, recognizePicture } from './recognition/recognize';
import { AugmentPreview } from './training/augmentPreview';
import { TrainingService } from './training/trainingService';

/** The folder of the model that ships with Scrawl, beside the bundles. */
const BUNDLED_MODEL = path.join(__dirname, '..', 'media', 'model');

/** The folder of the replay set that ships with Scrawl. */
const REPLAY = path.join(__dirname, '..', 'media', 'replay');

/** The engine process: answers the extension host's requests over the channel that it was forked with. */
function serve(): void {
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  const models = new ModelCache(ModelBackend.of(process.argv.slice(2)));
  const training = new TrainingService(connection, BUNDLED_MODEL);
  const preview = new AugmentPreview();
  const images = new ImageReader();
  const newCharacters = new NewCharacters(REPLAY);

  connection.onRequest(recognizeRequest, (params, token) =>
    answer(recognizeParamsSchema, params, token, async ({ model, ink, home, ...options }) => {
      const { candidates, picture, milliseconds } = await models.use(model, async (loaded) =>
        recognizeInk(loaded, ink, { ...options, prototypes: await newCharacters.of(loaded, home) }),
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
  connection.onRequest(recognizeImageRequest, (params, token) =>
    answer(recognizeImageParamsSchema, params, token, (checked, signal) =>
      models.use(checked.model, async (loaded) =>
        images.recognize(loaded, checked, signal, await newCharacters.of(loaded, checked.home)),
      ),
    ),
  );
  connection.onRequest(recognizeBoxesRequest, (params, token) =>
    answer(recognizeBoxesParamsSchema, params, token, (checked, signal) =>
      models.use(checked.model, async (loaded) =>
        images.recognizeBoxes(loaded, checked, signal, await newCharacters.of(loaded, checked.home)),
      ),
    ),
  );
  connection.onRequest(modelRequest, (params, token) =>
    answer(modelParamsSchema, params, token, ({ model }) =>
      models.use(model, ({ card }) => Promise.resolve({ name: card.name, classes: card.classes })),
    ),
  );
  connection.onRequest(importModelRequest, (params, token) =>
    answer(importModelParamsSchema, params, token, importRequested),
  );
  connection.onRequest(backendsRequest, (params, token) =>
    answer(backendsParamsSchema, params, token, ({ home, measure }, signal) =>
      listBackends(home, measure, signal),
    ),
  );
  connection.onRequest(trainRequest, (params, token) =>
    answer(trainParamsSchema, params, token, (checked) => training.train(checked, token)),
  );
  connection.onRequest(endTrainingRequest, (params, token) =>
    answer(endTrainingParamsSchema, params, token, (checked) => Promise.resolve(training.end(checked))),
  );
  connection.onRequest(augmentPreviewRequest, (params, token) =>
    answer(augmentPreviewParamsSchema, params, token, (checked) => preview.show(checked)),
  );
  connection.onRequest(personalizeRequest, (params, token) =>
    answer(personalizeParamsSchema, params, token, ({ id, ...job }, signal) => {
      const onProgress = (phase: PersonalizeProgress['phase'], done: number) =>
        void connection.sendNotification(personalizeProgressNotification, { id, phase, done });
      return personalizeStored(job, REPLAY, { signal, onProgress });
    }),
  );
  connection.onRequest(confusedRequest, (params, token) =>
    answer(confusedParamsSchema, params, token, ({ model, home, count }, signal) =>
      models.use(model, async (loaded) => ({
        characters: await confusedCharacters(loaded, { home, shipped: REPLAY, count }, { signal }),
      })),
    ),
  );
  answerEvaluation(connection, models, answer);
  answerProjection(connection, models, answer);
  // the host is gone, whatever ended it: nobody is left to answer, and what trains is kept
  const leave = () => void training.leave().then(() => process.exit(0));
  connection.onClose(leave);
  process.on('disconnect', leave);
  process.on('SIGTERM', leave);
  // nor is anybody left to read what is said
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
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
  work: (params: z.infer<S>, signal: AbortSignal) => Promise<R>,
): Promise<R> {
  // a cancellation that is already in the channel comes first
  await setImmediate();
  throwIfCancelled(token);
  const abort = new AbortController();
  const cancelled = token.onCancellationRequested(() => abort.abort());
  try {
    return await work(schema.parse(params), abort.signal);
  } catch (error) {
    throwIfCancelled(token);
    if (error instanceof BackendLostError)
      throw new ResponseError(BACKEND_LOST_CODE, error.message, inspect(error.cause));
    if (isUserError(error)) throw new ResponseError(USER_ERROR_CODE, error.message, inspect(error.cause));
    throw error;
  } finally {
    cancelled.dispose();
  }
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(REQUEST_CANCELLED_CODE, 'cancelled');
}

serve();
