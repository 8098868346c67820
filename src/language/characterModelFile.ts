import { CharacterModel, type WeightedGrams } from './characterModel';
import { LanguageError } from './errors';
import { SYMBOL_COUNT } from './symbols';

/*
 * The file: "SCRAWLNG", then little-endian version (1), order and number of symbols as bytes and one empty byte, the
 * numbers of nodes and of inner nodes, and the CRC-32 of all behind it as 32-bit numbers; then a byte each: the
 * symbols of all nodes but the first, their probabilities, the inner nodes' numbers of children, and the backoff
 * weights of those that have some. Inner nodes are those shorter than the order; they come first. A weight w is kept
 * as the byte round(-16 ln w), a backoff weight as round(64 - 16 ln w): within 3.2% of it.
 */
const MAGIC = 'SCRAWLNG';
const VERSION = 1;
const HEADER = 24;
const STEPS = 16;
const BACKOFF_OFFSET = 64;

/** The bytes of a character model, the same for the same weights. */
export function writeCharacterModel(grams: WeightedGrams): Uint8Array {
  const nodes = grams.symbols.length;
  const inner = innerNodes(grams);
  const children = Uint8Array.from({ length: inner }, (_, node) => childCount(grams, node));
  const contexts = children.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const bytes = new Uint8Array(HEADER + 2 * (nodes - 1) + inner + contexts);
  bytes.set(grams.symbols.subarray(1), HEADER);
  let at = HEADER + nodes - 1;
  for (let node = 1; node < nodes; node++) bytes[at++] = weightByte(grams.probabilities[node] ?? 0, 0);
  bytes.set(children, at);
  at += inner;
  children.forEach((count, node) => {
    if (count > 0) bytes[at++] = weightByte(grams.backoff[node] ?? 0, BACKOFF_OFFSET);
  });
  writeHeader(bytes, grams.order, nodes, inner);
  return bytes;
}

/** How long the file of a model with so many nodes is. */
export function characterModelSize(nodes: number, inner: number, contexts: number): number {
  return HEADER + 2 * (nodes - 1) + inner + contexts;
}

/**
 * Reads what `writeCharacterModel` wrote.
 *
 * @param name of the file, for messages
 * @throws LanguageError where it is something else, cut off or damaged
 */
export function readCharacterModel(bytes: Uint8Array, name: string): CharacterModel {
  const { order, nodes, inner } = readHeader(bytes, name);
  const symbols = new Uint8Array(nodes);
  symbols.set(bytes.subarray(HEADER, HEADER + nodes - 1), 1);
  const probabilities = new Float64Array(nodes);
  const weights = bytes.subarray(HEADER + nodes - 1);
  for (let node = 1; node < nodes; node++) probabilities[node] = weightOf(weights[node - 1] ?? 0, 0);
  const children = bytes.subarray(HEADER + 2 * (nodes - 1), HEADER + 2 * (nodes - 1) + inner);
  const first = firstChildren(children, nodes);
  const backoff = readBackoff(bytes.subarray(HEADER + 2 * (nodes - 1) + inner), children, nodes);
  if (!first || !backoff) throw damaged(name);
  return new CharacterModel({ order, symbols, first, probabilities, backoff });
}

/** Shorter than the order: all up to the last with children, and those of its length. */
function innerNodes({ order, first }: WeightedGrams): number {
  let levelEnd = 1;
  for (let length = 1; length < order; length++) levelEnd = first[levelEnd] ?? levelEnd;
  return levelEnd;
}

function childCount({ first }: WeightedGrams, node: number): number {
  return (first[node + 1] ?? 0) - (first[node] ?? 0);
}

function weightByte(weight: number, offset: number): number {
  return Math.min(Math.max(Math.round(offset - STEPS * Math.log(weight)), 0), 255);
}

function weightOf(byte: number, offset: number): number {
  return Math.exp((offset - byte) / STEPS);
}

function writeHeader(bytes: Uint8Array, order: number, nodes: number, inner: number): void {
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  bytes.set([VERSION, order, SYMBOL_COUNT, 0], MAGIC.length);
  const view = viewOf(bytes);
  view.setUint32(12, nodes, true);
  view.setUint32(16, inner, true);
  view.setUint32(20, crc32(bytes.subarray(HEADER)), true);
}

interface Header {
  order: number;
  nodes: number;
  inner: number;
}

function readHeader(bytes: Uint8Array, name: string): Header {
  if (bytes.length < HEADER || !hasMagic(bytes)) {
    throw new LanguageError(`${name} is not a character model of Scrawl. Install Scrawl again.`);
  }
  if (bytes[8] !== VERSION || bytes[10] !== SYMBOL_COUNT) {
    throw new LanguageError(
      `${name} is a character model of another version of Scrawl. Install Scrawl again.`,
    );
  }
  const view = viewOf(bytes);
  const nodes = view.getUint32(12, true);
  const inner = view.getUint32(16, true);
  if (nodes === 0 || inner > nodes || bytes.length < HEADER + 2 * (nodes - 1) + inner) throw damaged(name);
  if (crc32(bytes.subarray(HEADER)) !== view.getUint32(20, true)) throw damaged(name);
  return { order: bytes[9] ?? 0, nodes, inner };
}

function hasMagic(bytes: Uint8Array): boolean {
  return [...MAGIC].every((character, i) => bytes[i] === character.charCodeAt(0));
}

function damaged(name: string): LanguageError {
  return new LanguageError(`${name} is cut off or damaged. Install Scrawl again.`);
}

/** Where the children of each node begin, or nothing where the numbers do not add up to the nodes. */
function firstChildren(children: Uint8Array, nodes: number): Uint32Array | undefined {
  const first = new Uint32Array(nodes + 1).fill(nodes);
  let next = 1;
  for (let node = 0; node < children.length; node++) {
    first[node] = next;
    next += children[node] ?? 0;
  }
  return next === nodes ? first : undefined;
}

function readBackoff(bytes: Uint8Array, children: Uint8Array, nodes: number): Float64Array | undefined {
  const backoff = new Float64Array(nodes).fill(1);
  let at = 0;
  for (let node = 0; node < children.length; node++) {
    if ((children[node] ?? 0) > 0) backoff[node] = weightOf(bytes[at++] ?? 0, BACKOFF_OFFSET);
  }
  return at === bytes.length ? backoff : undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The checksum of zip and PNG (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
