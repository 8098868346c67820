import { open } from 'node:fs/promises';

/** What the first bytes of a model's file say that it is. */
export type ModelKind = 'zip' | 'hdf5' | 'tflite' | 'pickle' | 'json' | 'other';

/** How Python's pickles begin, before the version of their protocol. */
const [PICKLE, LATEST_PICKLE] = [0x80, 5];

/** @throws Error where the file cannot be read */
export async function modelKind(file: string): Promise<ModelKind> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return kindOf(head.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function kindOf(head: Buffer): ModelKind {
  const text = head.toString('latin1');
  if (text.startsWith('PK\x03\x04')) return 'zip';
  if (text.startsWith('\x89HDF\r\n')) return 'hdf5';
  if (text.slice(4, 8) === 'TFL3') return 'tflite';
  if (head[0] === PICKLE && (head[1] ?? 0) <= LATEST_PICKLE) return 'pickle';
  return /^(\xef\xbb\xbf)?\s*\{/.test(text) ? 'json' : 'other';
}
