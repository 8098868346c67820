// Makes test/fixtures/unipen-writer.json: characters as one writer of UNIPEN wrote them, from whom no model learns.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './prepare.mjs';

const WRITER = 'apa-027';
const CHARACTERS = '#()*+-.0128:;=>BE[]abcdefghiklmnoprstuwx{}';
const DATA = path.join(root, '..', 'shared', 'data', 'ink', 'unipen', 'characters.jsonl.gz');

/** @typedef {{ writer: string, label: string, dev?: boolean, strokes: number[][][] }} Character */

const lines = gunzipSync(await readFile(DATA))
  .toString()
  .trimEnd()
  .split('\n');
/** The first of each label. @type {Record<string, number[][][]>} */
const written = {};
for (const line of lines) {
  const { writer, label, dev, strokes } = /** @type {Character} */ (JSON.parse(line));
  if (writer === WRITER && dev && CHARACTERS.includes(label)) written[label] ??= strokes;
}
const missing = [...CHARACTERS].filter((character) => !written[character]);
if (missing.length > 0) throw new Error(`${WRITER} wrote no ${missing.join(' ')}`);
const sorted = Object.fromEntries(Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path.join(root, 'test', 'fixtures', 'unipen-writer.json'), JSON.stringify(sorted));
