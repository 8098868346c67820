import { parentPort } from 'node:worker_threads';
import {
  type CancellationToken,
  createMessageConnection,
  PortMessageReader,
  PortMessageWriter,
  ResponseError,
} from 'vscode-jsonrpc/node';
import type { ZodType } from 'zod';
import { DatasetError, UnknownClasses } from '../../datasets/errors';
import {
  type ImageFolderOptions,
  type PicturePreview,
  previewImageFolder,
} from '../../datasets/import/imageFolder';
import { importAll, type Imported } from '../../datasets/import/importDataset';
import { openLocation } from '../../datasets/import/location';
import { openDataset } from '../../datasets/open';
import { DatasetStore } from '../../datasets/store';
import { InkError } from '../../ink/errors';
import { REQUEST_CANCELLED_CODE, USER_ERROR_CODE } from '../../protocol/engine';
import type { Grey, PictureOptions, PreviewedPicture } from '../../protocol/importPreview';
import {
  choosePartsRequest,
  importParamsSchema,
  importProgress,
  importRequest,
  type ImportResult,
  openParamsSchema,
  openRequest,
  previewParamsSchema,
  previewRequest,
  UNKNOWN_CLASSES_CODE,
} from '../../protocol/importer';
import { samplesOf } from './words';

/** The thread that imports: unpacking large pictures and reading large files would keep the extension host waiting. */
function serve(port: NonNullable<typeof parentPort>): void {
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  connection.onRequest(importRequest, (params, token) =>
    answer(
      importParamsSchema,
      params,
      token,
      async ({ location, home, name, pictures, characters }, signal) => {
        const { imported, failed } = await importAll(
          location,
          {
            ...(pictures && importOptionsOf(pictures)),
            ...(characters !== undefined && { characters }),
            name,
            signal,
            onProgress: (progress) => void connection.sendNotification(importProgress, progress),
          },
          new DatasetStore(home),
          async (names) => (await connection.sendRequest(choosePartsRequest, { names: [...names] })).names,
        );
        return { imported: imported.map(summaryOf), failed };
      },
    ),
  );
  connection.onRequest(previewRequest, (params, token) =>
    answer(previewParamsSchema, params, token, async ({ location, pictures, most }, signal) => {
      const files = await openLocation(location);
      try {
        const preview = await previewImageFolder(files, importOptionsOf(pictures), most, signal);
        return { ...preview, pictures: preview.pictures.map(shown), problems: [...preview.problems] };
      } finally {
        files.close();
      }
    }),
  );
  connection.onRequest(openRequest, (params, token) =>
    answer(openParamsSchema, params, token, async ({ dataset, home }) => {
      await openDataset(dataset, home);
      return null;
    }),
  );
  connection.listen();
}

/** Checks what came, lets a cancellation end the work, and turns errors into what the host can show. */
async function answer<P, R>(
  schema: ZodType<P>,
  params: unknown,
  token: CancellationToken,
  work: (params: P, signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const abort = new AbortController();
  const cancelled = token.onCancellationRequested(() => abort.abort());
  try {
    return await work(schema.parse(params), abort.signal);
  } catch (error) {
    if (abort.signal.aborted) throw new ResponseError(REQUEST_CANCELLED_CODE, 'cancelled');
    if (error instanceof UnknownClasses) throw new ResponseError(UNKNOWN_CLASSES_CODE, error.message);
    if (error instanceof DatasetError || error instanceof InkError) {
      throw new ResponseError(USER_ERROR_CODE, error.message);
    }
    throw error;
  } finally {
    cancelled.dispose();
  }
}

/** What the person settled on, as imports take it. */
function importOptionsOf({ pen, threshold, size, classes, text }: PictureOptions): ImageFolderOptions {
  const options = { pen, threshold, size };
  switch (classes) {
    case 'auto':
    case 'hex':
    case 'text':
      return { ...options, names: classes };
    case 'numbers':
      return { ...options, characters: text };
    case 'expression':
      return { ...options, pattern: text };
    default:
      return { ...options, pattern: classes };
  }
}

function summaryOf({ manifest, problems }: Imported): ImportResult['imported'][number] {
  return { id: manifest.id, name: manifest.name, samples: samplesOf(manifest), problems: [...problems] };
}

function shown({ name, label, original, result, problem }: PicturePreview): PreviewedPicture {
  return {
    name,
    label,
    ...(original && { original: grey(original) }),
    ...(result && { result: grey(result) }),
    ...(problem !== undefined && { problem }),
  };
}

function grey({ width, height, pixels }: { width: number; height: number; pixels: ArrayLike<number> }): Grey {
  return { width, height, pixels: Uint8Array.from(pixels) };
}

if (parentPort) serve(parentPort);
