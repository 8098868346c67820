import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readText } from '../../storage/readText';

/** A description of layers takes some kilobytes. */
const MOST_BYTES = 16 * 2 ** 20;
const USUAL = 'model.json';

/** Where a model's description lies. */
export interface ModelLocation {
  readonly folder: string;
  /** Of the description, in the folder. */
  readonly name: string;
}

/**
 * Where the description of a TensorFlow.js model lies: the JSON file that was named, or in a folder `model.json`, or the
 * only JSON file that describes layers, as browsers save it under any name.
 */
export async function locateModel(location: string): Promise<ModelLocation> {
  const found = await stat(location).catch(() => undefined);
  if (found?.isFile()) return { folder: path.dirname(location), name: path.basename(location) };
  const names: string[] = await readdir(location).catch(() => []);
  if (names.includes(USUAL)) return { folder: location, name: USUAL };
  const described: string[] = [];
  for (const name of names.filter((each) => /\.json$/i.test(each)).sort()) {
    const text = await readText(path.join(location, name), MOST_BYTES).catch(() => '');
    if (text.includes('"weightsManifest"')) described.push(name);
  }
  const [only, second] = described;
  return { folder: location, name: only !== undefined && second === undefined ? only : USUAL };
}
