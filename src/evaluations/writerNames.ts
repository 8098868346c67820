/** Stands for a writer whom nobody knows. */
const UNKNOWN = 2 ** 16 - 1;
/** Of all names as JSON, for which a header has room. */
const MOST_BYTES = 2 ** 20;

/** Who wrote samples, as an evaluation's file has it. */
export interface WriterNames {
  /** None where nobody is known, or more than there is room for. */
  readonly names: readonly string[];
  /** For each sample the writer's place among the names; empty where there is none. */
  readonly indexes: Uint16Array;
}

export function encodeWriters(writers: readonly (string | undefined)[]): WriterNames {
  const names = [...new Set(writers)].filter((name): name is string => name !== undefined);
  const fits = names.length < UNKNOWN && Buffer.byteLength(JSON.stringify(names)) <= MOST_BYTES;
  if (names.length === 0 || !fits) return { names: [], indexes: new Uint16Array(0) };
  const places = new Map(names.map((name, index) => [name, index]));
  const indexes = Uint16Array.from(writers, (name) =>
    name === undefined ? UNKNOWN : (places.get(name) ?? UNKNOWN),
  );
  return { names, indexes };
}

export function decodeWriters({ names, indexes }: WriterNames): (string | undefined)[] {
  return Array.from(indexes, (index) => names[index]);
}
