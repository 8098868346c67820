import path from 'node:path';
import { readText } from '../storage/readText';
import { ModelError } from './errors';
import { readCard } from './modelFolder';

const MOST_CLASSES = 10_000;
const MOST_BYTES = 2 ** 20;
/** What lies beside a model and may name its classes, the surest first. */
const USUAL_FILES = ['classes.json', 'labels.json', 'classes.txt', 'labels.txt'];

/**
 * The classes that a text names: the characters of one line, one after the other; the lines of several, of which the
 * first word counts; or a list in JSON.
 *
 * @throws ModelError where a class is named twice, or there is none
 */
export function classesOfText(text: string): string[] {
  const trimmed = text.trim();
  const names =
    listInJson(trimmed) ?? (/[\r\n]/.test(trimmed) ? wordsOf(trimmed) : [...trimmed.replace(/\s/gu, '')]);
  if (names.length < 2 || names.length > MOST_CLASSES) {
    throw new ModelError(`A model has 2 to ${String(MOST_CLASSES)} classes: name each of them once.`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ModelError(`The class "${twice}" is named twice: name each once.`);
  return names;
}

function listInJson(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isList =
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => typeof each === 'string' && each !== '');
    return isList ? (value as string[]) : undefined;
  } catch {
    // characters that begin with a bracket
    return undefined;
  }
}

function wordsOf(text: string): string[] {
  const words = text.split(/\r?\n/).map((line) => line.trim().split(/\s/)[0] ?? '');
  return words.filter((word) => word !== '');
}

/** @throws ModelError where the file cannot be read, or names no classes */
export async function readClassesFile(file: string): Promise<string[]> {
  const text = await readText(file, MOST_BYTES).catch((cause: unknown) => {
    throw new ModelError(`The classes in ${file} cannot be read: give a text file with one a line.`, {
      cause,
    });
  });
  return classesOfText(text);
}

/** The classes that a folder with a model names itself: in a card, or in a file of classes or labels. */
export async function classesBeside(folder: string): Promise<string[] | undefined> {
  const card = await readCard(folder).catch(() => undefined);
  if (card) return card.classes;
  for (const name of USUAL_FILES) {
    const classes = await readClassesFile(path.join(folder, name)).catch(() => undefined);
    if (classes) return classes;
  }
  return undefined;
}
