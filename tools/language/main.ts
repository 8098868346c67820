// npm run count:language: counts the character models of code and of prose that ship with Scrawl.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readCharacterModel, writeCharacterModel } from '../../src/language/characterModelFile';
import { GramCounter } from '../../src/language/gramCounter';
import { bitsPerCharacter } from './bitsPerCharacter';
import { CorpusBuilder, type Corpus } from './corpus';
import { fetchPackage } from './fetchPackage';
import { prunedTo } from './prune';
import { SOURCES } from './sources';
import { filesOf } from './tarball';

const TARBALLS = path.join('out', 'language');
const TARGET = path.join('media', 'language');

/** Characters of a sequence: contexts of six. */
const ORDER = 7;

/** A sequence seen more seldom is not kept, by its length less one. */
const LEAST_COUNTS = [1, 1, 1, 2, 2, 3, 4];

const BYTES = { code: 612_000, prose: 376_000 };

async function main(): Promise<void> {
  const corpora = new CorpusBuilder();
  for (const source of SOURCES) corpora.add(source, filesOf(await fetchPackage(source, TARBALLS)));
  await mkdir(TARGET, { recursive: true });
  const models = {
    code: await count('code', corpora.code),
    prose: await count('prose', corpora.prose),
  };
  const sources = SOURCES.map(({ name, version, license, parts }) => ({
    name,
    version,
    license,
    kinds: [...new Set(parts.map(({ kind }) => kind))],
  }));
  await writeFile(
    path.join(TARGET, 'card.json'),
    `${JSON.stringify({ ...METHOD, models, sources }, null, 2)}\n`,
  );
}

const METHOD = {
  name: 'Language counts',
  description:
    'Character n-grams of code and of prose: Witten and Bell smoothing, pruned by relative entropy (Stolcke 1998), weights in steps of 1/16 nat. Made by npm run count:language.',
  order: ORDER,
};

/** Counts one model, writes its file and says how good it is. */
async function count(name: keyof typeof BYTES, { counted, heldOut }: Corpus): Promise<object> {
  const counter = new GramCounter(ORDER);
  for (const line of counted) counter.addLine(line);
  const file = path.join(TARGET, `${name}.bin`);
  const bytes = writeCharacterModel(prunedTo(BYTES[name], counter.count(LEAST_COUNTS)));
  await writeFile(file, bytes);
  const bits = bitsPerCharacter(readCharacterModel(bytes, file), heldOut);
  console.log(
    `${file}: ${bytes.length} bytes from ${counted.length} lines, ${counter.characters} characters; ` +
      `${bits.toFixed(3)} bits a character on ${heldOut.length} lines of other files`,
  );
  return {
    file: `${name}.bin`,
    bytes: bytes.length,
    lines: counted.length,
    characters: counter.characters,
    heldOutLines: heldOut.length,
    heldOutBitsPerCharacter: Number(bits.toFixed(3)),
  };
}

void main();
