import { parentPort } from 'node:worker_threads';
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-jsonrpc/node';
import { UnknownClasses } from '../datasets/errors';
import {
  type ImageFolderOptions,
  type PicturePreview,
  previewImageFolder,
} from '../datasets/import/imageFolder';
import { importAll, type Imported } from '../datasets/import/importDataset';
import { openLocation } from '../datasets/import/location';
import { openDataset } from '../datasets/open';
import { storedReport } from '../datasets/report/storedReport';
import { DatasetStore } from '../datasets/store/datasetStore';
import { samplesOf } from '../datasets/store/manifest';
import { ask } from '../protocol/ask';
import {
  checkDataset,
  chooseParts,
  importData,
  previewImport,
  reportDataset,
} from '../protocol/engine/importer';
import { NumberedClasses } from '../protocol/failures';
import type { Gray, PictureOptions, PreviewedPicture } from '../protocol/pages/importPreview';
import type { Params, Result } from '../protocol/rpc';
import { type Meanwhile, on, serve } from '../protocol/serve';
import { asUserError } from '../storage/fileSystemError';

/** The thread that imports: unpacking large pictures and reading large files would keep the extension host waiting. */
function main(port: NonNullable<typeof parentPort>): void {
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  const handlers = [
    on(importData, (params, meanwhile) => importFor(connection, params, meanwhile)),
    on(previewImport, async ({ location, pictures, most }, { signal }) => {
      const files = await openLocation(location);
      try {
        const preview = await previewImageFolder(files, importOptionsOf(pictures), most, signal);
        return { ...preview, pictures: preview.pictures.map(shown), problems: [...preview.problems] };
      } finally {
        files.close();
      }
    }),
    on(reportDataset, async ({ dataset, home }, { signal, progress }) => {
      await storedReport(dataset, new DatasetStore(home), { signal, onProgress: progress });
      return null;
    }),
    on(checkDataset, async ({ dataset, home }) => {
      await openDataset(dataset, home);
      return null;
    }),
  ];
  serve(connection, handlers, explained);
  connection.listen();
}

/** Imports for the host, and asks it which of several datasets are wanted. */
async function importFor(
  connection: MessageConnection,
  { location, home, name, pictures, characters }: Params<typeof importData>,
  { signal, progress }: Meanwhile<typeof importData>,
): Promise<Result<typeof importData>> {
  const options = {
    ...(pictures && importOptionsOf(pictures)),
    ...(characters !== undefined && { characters }),
    ...{ name, signal, onProgress: progress },
  };
  const choose = async (names: readonly string[]) =>
    (await ask(connection, chooseParts, { names: [...names] })).names;
  const { imported, failed } = await importAll(location, options, new DatasetStore(home), choose);
  return { imported: imported.map(summaryOf), failed };
}

/** What the host can act on or show. */
function explained(failure: unknown): unknown {
  return failure instanceof UnknownClasses ? new NumberedClasses(failure.message) : asUserError(failure);
}

/** What the user settled on, as imports take it. */
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

function summaryOf({ manifest, problems }: Imported): Result<typeof importData>['imported'][number] {
  return { id: manifest.id, name: manifest.name, samples: samplesOf(manifest), problems: [...problems] };
}

function shown({ name, label, original, result, problem }: PicturePreview): PreviewedPicture {
  return {
    name,
    label,
    ...(original && { original: gray(original) }),
    ...(result && { result: gray(result) }),
    ...(problem !== undefined && { problem }),
  };
}

function gray({ width, height, pixels }: { width: number; height: number; pixels: ArrayLike<number> }): Gray {
  return { width, height, pixels: Uint8Array.from(pixels) };
}

if (parentPort) main(parentPort);
