import { stat } from 'node:fs/promises';
import path from 'node:path';
import { classesOfText, LIST_KEYS, MOST_CLASS_BYTES, readClassesFile } from './classNames';
import { modelKind } from './foreign/head';
import { locateModel, readModelFile } from './foreign/location';
import { openZip } from './foreign/zip';
import { CARD } from './cardFile';
import { readAnyCard } from './modelFolder';
import { decodeOnnxMetadata } from './onnx/messages';

/** What lies beside a model and may name its classes, the surest first. */
const USUAL_FILES = [
  ...['classes.json', 'labels.json', 'class_names.json', 'class_indices.json', 'metadata.json'],
  ...['classes.txt', 'labels.txt', 'class_names.txt', 'labelmap.txt'],
];

/**
 * The classes that a model names itself: in its file, in an archive with it, or else in a card or a file of classes or
 * labels beside it.
 *
 * @param location a folder with a model, or a model's file
 */
export async function classesBeside(location: string): Promise<string[] | undefined> {
  const { folder, name } = await locateModel(location);
  const file = path.join(folder, name);
  const isFile = (await stat(file).catch(() => undefined))?.isFile() === true;
  const inside = isFile ? await classesInside(file).catch(() => undefined) : undefined;
  if (inside) return inside;
  const card = await readAnyCard(folder).catch(() => undefined);
  if (card) return card.classes;
  for (const usual of USUAL_FILES) {
    const classes = await readClassesFile(path.join(folder, usual)).catch(() => undefined);
    if (classes) return classes;
  }
  return undefined;
}

/** @throws Error where the file cannot be read as what it is */
async function classesInside(file: string): Promise<string[] | undefined> {
  switch (await modelKind(file)) {
    case 'zip':
      return inArchive(file);
    case 'other':
      return inMetadata(file);
    default:
      return undefined;
  }
}

/** The names in an archive, of which those nearest to its root count. */
async function inArchive(file: string): Promise<string[] | undefined> {
  const { names, read } = await openZip(await readModelFile(file), path.basename(file));
  const depth = (name: string) => name.split('/').length;
  for (const usual of [CARD, ...USUAL_FILES]) {
    const found = names
      .filter((name) => path.posix.basename(name) === usual)
      .sort((a, b) => depth(a) - depth(b))[0];
    const text = found === undefined ? undefined : await read(found, MOST_CLASS_BYTES).catch(() => undefined);
    const classes = text && namedIn(text.toString());
    if (classes) return classes;
  }
  return undefined;
}

/** What an ONNX file says of itself. */
async function inMetadata(file: string): Promise<string[] | undefined> {
  const entries = decodeOnnxMetadata(await readModelFile(file));
  for (const key of LIST_KEYS) {
    const value = entries.find((entry) => entry.key === key)?.value;
    const classes = value === undefined ? undefined : namedIn(value);
    if (classes) return classes;
  }
  return undefined;
}

function namedIn(text: string): string[] | undefined {
  try {
    return classesOfText(text);
  } catch {
    return undefined;
  }
}
