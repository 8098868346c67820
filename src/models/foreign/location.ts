import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readText } from '../../storage/readText';
import { TemporaryFolder } from '../../storage/temporaryFolder';
import { ModelError } from '../errors';
import { MOST_FILE_BYTES, MOST_TEXT_BYTES } from './bounds';
import { modelKind } from './head';
import { KERAS_CONFIG, KERAS_WEIGHTS } from './kerasFiles';
import { openZip, unpackZip, type Zip } from './zip';

const USUAL = 'model.json';
/** Files that are a model each. */
const WHOLE = /\.(keras|h5|hdf5|onnx)$/i;

/** Where a model's description lies. */
export interface ModelLocation {
  readonly folder: string;
  /** Of the description, in the folder. */
  readonly name: string;
}

/**
 * Where the description of a model lies: the file that was named, or in a folder `model.json`, the only JSON file that
 * describes layers, as browsers save it under any name, or the only model of Keras or ONNX.
 *
 * @throws ModelError where there is nothing
 */
export async function locateModel(location: string): Promise<ModelLocation> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new ModelError(`There is nothing at ${location}: check the path.`);
  if (found.isFile()) return { folder: path.dirname(location), name: path.basename(location) };
  return { folder: location, name: (await modelIn(location)) ?? USUAL };
}

async function modelIn(folder: string): Promise<string | undefined> {
  const names: string[] = await readdir(folder).catch(() => []);
  if (names.includes(USUAL)) return USUAL;
  const described: string[] = [];
  for (const name of names.filter((each) => /\.json$/i.test(each)).sort()) {
    const text = await readText(path.join(folder, name), MOST_TEXT_BYTES).catch(() => '');
    if (text.includes('"weightsManifest"')) described.push(name);
  }
  return only(described) ?? only(names.filter((name) => WHOLE.test(name)));
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

/**
 * Gives `use` a place on the disk: the location itself, or where it is an archive with a model in it, the folder with the
 * model, unpacked for as long as `use` takes.
 *
 * @throws ModelError where an archive is damaged, too large, or holds no model
 */
export async function withModel<T>(location: string, use: (place: string) => Promise<T>): Promise<T> {
  const zip = await archiveAt(location);
  if (!zip || isKeras(zip)) return use(location);
  const temporary = new TemporaryFolder();
  try {
    await unpackZip(zip, temporary.path);
    const folders = new Set(zip.names.map((name) => path.posix.dirname(name)));
    const nearest = [...folders].sort((a, b) => a.split('/').length - b.split('/').length);
    for (const folder of nearest) {
      const place = path.join(temporary.path, folder);
      if ((await modelIn(place)) !== undefined) return await use(place);
    }
  } finally {
    temporary.dispose();
  }
  throw new ModelError(
    zip.names.some((name) => name.endsWith('data.pkl'))
      ? `${path.basename(location)} is a model of PyTorch, which is a program: export it with torch.onnx.export, and import that.`
      : `${path.basename(location)} holds no model of TensorFlow.js, Keras or ONNX: choose another file.`,
  );
}

async function archiveAt(location: string): Promise<Zip | undefined> {
  const found = await stat(location).catch(() => undefined);
  if (!found?.isFile() || (await modelKind(location)) !== 'zip') return undefined;
  return openZip(await readModelFile(location), path.basename(location));
}

function isKeras({ names }: Zip): boolean {
  return names.includes(KERAS_CONFIG) && names.includes(KERAS_WEIGHTS);
}

/** @throws ModelError where the file is larger than any model */
export async function readModelFile(file: string): Promise<Buffer> {
  if ((await stat(file)).size > MOST_FILE_BYTES) {
    throw new ModelError(
      `${path.basename(file)} is larger than ${MOST_FILE_BYTES / 2 ** 20} MiB: save it without the optimizer, or take a smaller model.`,
    );
  }
  return readFile(file);
}
