import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { Card } from '../../card';
import { KERAS_CLASSES, KERAS_CONFIG, KERAS_METADATA, KERAS_WEIGHTS } from '../../foreign/kerasFiles';
import type { ExportedGraph } from '../exportedGraph';
import { kerasModel } from './kerasModel';
import { writeHdf5 } from './writeHdf5';

/** The Keras whose configuration of layers this is. */
const KERAS_VERSION = '3.0.0';

/**
 * A model as a `.keras` file: it takes pictures of height x width x channels with gray values 0 to 1, ink being light,
 * and gives a probability for each class. The classes are in a file of their own in it, which Keras passes over.
 *
 * @throws ModelError that names the layer which Keras does not have
 */
export async function kerasFile(graph: ExportedGraph, card: Card): Promise<Uint8Array> {
  const { config, weights } = kerasModel(graph);
  const zip = new yazl.ZipFile();
  const add = (name: string, content: unknown) => zip.addBuffer(Buffer.from(JSON.stringify(content)), name);
  add(KERAS_METADATA, { keras_version: KERAS_VERSION, date_saved: savedAt(new Date()) });
  add(KERAS_CONFIG, config);
  add(KERAS_CLASSES, card.classes);
  zip.addBuffer(Buffer.from(await writeHdf5(weights)), KERAS_WEIGHTS);
  zip.end();
  return buffer(zip.outputStream);
}

/** A time as Keras writes it. */
function savedAt(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', '@');
}
