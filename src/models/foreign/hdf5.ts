import type { Dataset, File as Hdf5File, Group } from 'h5wasm';
import { randomUUID } from 'node:crypto';
import { ModelError } from '../errors';
import { elementsOf, type Weight } from '../weights';
import { MOST_NUMBERS, MOST_TEXT_BYTES } from './bounds';

/** Asks the file system in memory to keep bytes as they are. */
const OWNED: object = { canOwn: true };
/** Groups and arrays that are looked at, which takes a tenth of a millisecond or two each; a layer has five or so. */
const MOST_MEMBERS = 10_000;
const DEEPEST = 24;
/** Kinds of numbers, as HDF5 counts them. */
const [INTEGER, FLOAT] = [0, 1];

/** An HDF5 file in memory: texts beside its groups, and arrays by their paths. */
export interface Hdf5 {
  /** A text of the outermost group. */
  readonly text: (name: string) => string | undefined;
  /** The paths of all arrays. */
  readonly paths: readonly string[];
  /** @throws ModelError where the array holds no numbers, or all that were read are more than any model's */
  readonly array: (path: string) => Omit<Weight, 'name'>;
}

/**
 * Reads an HDF5 file, which sees no other files: what it says of data outside of it leads nowhere.
 *
 * @param file names it in messages
 * @throws ModelError where it is damaged, or larger inside than any model
 */
export async function readHdf5<T>(bytes: Uint8Array, file: string, read: (content: Hdf5) => T): Promise<T> {
  const { File, ready } = await import('h5wasm');
  const hdf5 = await ready;
  const { FS } = hdf5;
  hdf5.activate_throwing_error_handler();
  const name = `/${randomUUID()}`;
  // the bytes themselves, not a copy
  FS.writeFile(name, bytes, OWNED);
  let opened: Hdf5File | undefined;
  try {
    opened = new File(name, 'r');
    return read(contentOf(opened, file));
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(`${file} is damaged: save the model again.`, { cause });
  } finally {
    opened?.close();
    FS.unlink(name);
  }
}

function contentOf(root: Hdf5File, file: string): Hdf5 {
  const datasets = new Map(datasetsIn(root, '', 0, { left: MOST_MEMBERS }));
  let numbers = 0;
  return {
    text: (name) => textOf(root, name),
    paths: [...datasets.keys()],
    array: (path) => {
      const dataset = datasets.get(path);
      if (!dataset) throw new ModelError(`${file} has no ${path}: save the model again.`);
      const shape = [...(dataset.shape ?? [])];
      // an array is unpacked by its chunks, each whole
      numbers += Math.max(elementsOf(shape), elementsOf(dataset.metadata.chunks ?? []));
      if (!(numbers <= MOST_NUMBERS)) {
        throw new ModelError(
          `${file} has more than ${MOST_NUMBERS / 2 ** 20} million weights: take a smaller model.`,
        );
      }
      return { shape, values: numbersOf(dataset, path, elementsOf(shape)) };
    },
  };
}

/** All arrays with their paths; files from Windows may have backslashes in names. */
function* datasetsIn(
  group: Group,
  path: string,
  depth: number,
  members: { left: number },
): Generator<[string, Dataset]> {
  const keys = group.keys();
  members.left -= keys.length;
  if (members.left < 0 || depth > DEEPEST) throw new ModelError('The file holds too much: save it again.');
  for (const key of keys) {
    const entity = group.get(key);
    const inner = `${path}${path && '/'}${key.replaceAll('\\', '/')}`;
    if (entity && 'keys' in entity) yield* datasetsIn(entity, inner, depth + 1, members);
    else if (entity && 'slice' in entity) yield [inner, entity];
  }
}

function textOf(group: Group, name: string): string | undefined {
  const attribute = group.attrs[name];
  if (!attribute || elementsOf(attribute.shape ?? []) * attribute.metadata.size > MOST_TEXT_BYTES)
    return undefined;
  const { value } = attribute;
  return typeof value === 'string' ? value : undefined;
}

function numbersOf(dataset: Dataset, path: string, count: number): Float32Array {
  const { type, size } = dataset.metadata;
  const isKnown = type === INTEGER || (type === FLOAT && (size === 4 || size === 8));
  if (!isKnown) {
    throw new ModelError(`The weights "${path}" are not of single precision: save the model as float32.`);
  }
  const values = singles(dataset.value as Numbers | number | bigint);
  if (values.length !== count)
    throw new ModelError(`The weights "${path}" are damaged: save the model again.`);
  return values;
}

type Numbers = ArrayLike<number> | BigInt64Array | BigUint64Array;

function singles(value: Numbers | number | bigint): Float32Array {
  if (typeof value !== 'object') return Float32Array.of(Number(value));
  if (value instanceof Float32Array) return value;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) {
    const numbers = new Float32Array(value.length);
    value.forEach((each: bigint, at: number) => (numbers[at] = Number(each)));
    return numbers;
  }
  return new Float32Array(value);
}
