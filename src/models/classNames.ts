import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { readText } from '../storage/readText';
import { ModelError } from './errors';
import { readAnyCard } from './modelFolder';

const MOST_CLASSES = 10_000;
const MOST_BYTES = 2 ** 20;
/** What lies beside a model and may name its classes, the surest first. */
const USUAL_FILES = [
  ...['classes.json', 'labels.json', 'class_names.json', 'class_indices.json', 'metadata.json'],
  ...['classes.txt', 'labels.txt', 'class_names.txt', 'labelmap.txt'],
];
/** Where an object has a list of classes, as Teachable Machine's has. */
const LIST_KEYS = ['classes', 'labels', 'class_names', 'classNames', 'wordLabels'];

/**
 * The classes that a text names: the characters of one line, one after the other; the lines of several, of which the
 * first word counts, or what stands behind running numbers; or JSON: a list, an object with one, or one of classes with
 * their numbers, or of numbers with their classes.
 *
 * @throws ModelError where a class is named twice, or there is none
 */
export function classesOfText(text: string): string[] {
  const trimmed = text.trim();
  const names =
    listInJson(trimmed) ??
    numbered(trimmed) ??
    (/[\r\n]/.test(trimmed) ? wordsOf(trimmed) : [...trimmed.replace(/\s/gu, '')]);
  if (names.length < 2 || names.length > MOST_CLASSES) {
    throw new ModelError(`A model has 2 to ${String(MOST_CLASSES)} classes: name each of them once.`);
  }
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new ModelError(`The class "${twice}" is named twice: name each once.`);
  return names;
}

const listSchema = z.array(z.string().min(1)).min(1);
const namesSchema = z.record(z.string(), z.string().min(1));
const numbersSchema = z.record(z.string(), z.number().int().min(0));

function listInJson(text: string): string[] | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // characters that begin with a bracket
    return undefined;
  }
  const list = listSchema.safeParse(value);
  if (list.success) return list.data;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const own = value as Readonly<Record<string, unknown>>;
  const inside = LIST_KEYS.map((key) => listSchema.safeParse(own[key]).data).find(
    (each) => each !== undefined,
  );
  return inside ?? inOrder(value);
}

/** `{"0": "A", "1": "B"}`, or `{"A": 0, "B": 1}` as Keras' generators have it. */
function inOrder(value: object): string[] | undefined {
  const names = namesSchema.safeParse(value).data;
  const numbers = numbersSchema.safeParse(value).data;
  const pairs = names
    ? Object.entries(names).map(([at, name]) => [Number(at), name] as const)
    : Object.entries(numbers ?? {}).map(([name, at]) => [at, name] as const);
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  return sorted.length > 0 && sorted.every(([at], index) => at === index)
    ? sorted.map(([, name]) => name)
    : undefined;
}

/** Lines of a running number from 0 and a class, as Teachable Machine writes them. */
function numbered(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = lines.flatMap((line, index) => {
    const [, at, name = ''] = /^\s*(\d+)[\s:,;]+(\S.*)$/.exec(line) ?? [];
    return at !== undefined && Number(at) === index ? [name.trim()] : [];
  });
  return lines.length > 1 && names.length === lines.length ? names : undefined;
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

/**
 * The classes that a folder with a model names itself: in a card, or in a file of classes or labels.
 *
 * @param location the folder, or the model's description in it
 */
export async function classesBeside(location: string): Promise<string[] | undefined> {
  const isFile = (await stat(location).catch(() => undefined))?.isFile() === true;
  const folder = isFile ? path.dirname(location) : location;
  const card = await readAnyCard(folder).catch(() => undefined);
  if (card) return card.classes;
  for (const name of USUAL_FILES) {
    const classes = await readClassesFile(path.join(folder, name)).catch(() => undefined);
    if (classes) return classes;
  }
  return undefined;
}
