import { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { percentWithin } from '../../src/base/words';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../src/engine/models/loadModel';
import { recognizePage, textOf } from '../../src/engine/recognition/page';
import { likelyText } from '../../src/language/likelyText';
import { scoreLines } from '../../src/metrics/lineScores';
import { readPage } from '../../src/pictures/page/readPage';
import { inkOfPage } from '../../src/pictures/page/segment';
import { readUnipen } from '../lines/written';
import { readLanguage } from '../decoder/readLanguage';
import { pageComposer, composePage, type PagePhotograph } from './compose';
import { PageTexts } from './texts';

interface Options {
  data: string;
  model: string;
  pages: number;
  seed: number;
  out?: string;
}

const NONE: ReadonlyMap<string, number> = new Map();
/** Of the pages that are composed. */
const SEED = 20_261_129;

const options = new Command('evaluate:pages')
  .description(
    'Composes photographed pages of code of the characters of writers that nothing learns from, reads them, and prints how well.',
  )
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--model <folder>', 'the model of characters', path.join('media', 'models', 'characters'))
  .option('--pages <number>', 'how many', Number, 24)
  .option(
    '--seed <number>',
    'of texts, writers and photographs; the same pages for the same seed',
    Number,
    SEED,
  )
  .option('--out <folder>', 'where the photographs and what was read of them are written')
  .parse()
  .opts<Options>();

interface ReadPhotograph extends PagePhotograph {
  readonly answer: string;
}

async function main(): Promise<void> {
  await startWasm();
  const model = await loadModel(options.model);
  const composer = pageComposer(
    (await readUnipen(path.join(options.data, 'ink', 'unipen', 'characters.jsonl.gz'), false)).dev,
  );
  const languages = await readLanguage(path.join('media', 'language'));
  const texts = await PageTexts.read('node_modules');
  const read: ReadPhotograph[] = [];
  const began = performance.now();
  for (let page = 0; read.length < options.pages; page++) {
    const random = Random.of(options.seed, page, 0);
    const composed = await composePage(composer, texts.draw(page, random), random);
    if (!composed) continue;
    const { width, height, gray: pixels } = await readPage(composed.jpeg);
    const likely = likelyText(
      { language: composed.language, before: '', after: '', offered: [], given: NONE, elsewhere: NONE },
      languages,
    );
    const answer = textOf(
      await recognizePage(model, inkOfPage({ width, height, pixels }, {}), {
        alphabet: 'all',
        top: 1,
        likely,
      }),
    );
    read.push({ ...composed, answer });
    if (options.out !== undefined) await keep(options.out, read.length, { ...composed, answer });
  }
  console.log(`${read.length} pages, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  report('all', read);
  for (const language of new Set(read.map((each) => each.language)))
    report(
      language,
      read.filter((each) => each.language === language),
    );
  for (const paper of new Set(read.map(({ shot }) => shot.paper)))
    report(
      `${paper} paper`,
      read.filter(({ shot }) => shot.paper === paper),
    );
  report(
    'sheet on a desk',
    read.filter(({ shot }) => shot.onDesk),
  );
  report(
    'in shadow',
    read.filter(({ shot }) => shot.inShadow),
  );
  model.dispose();
}

function report(what: string, pages: readonly ReadPhotograph[]): void {
  const { cer } = scoreLines(pages);
  const lines = pages.filter(({ text, answer }) => linesOf(text).length === linesOf(answer).length);
  const pairs = lines.flatMap(({ text, answer }) => {
    const answers = linesOf(answer);
    return linesOf(text).map((line, at) => ({ text: line, answer: answers[at] ?? '' }));
  });
  const indented = pairs.filter(({ text, answer }) => text.search(/\S/) === answer.search(/\S/)).length;
  console.log(
    `  ${what}: ${pages.length} pages, CER ${percentWithin(cer)}; all lines found on ${lines.length}, indented right ${indented} of ${pairs.length}; CER with blanks ${percentWithin(scoreLines(pages, 'counted').cer)}`,
  );
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

async function keep(
  folder: string,
  page: number,
  { jpeg, text, answer, shot }: ReadPhotograph,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = path.join(folder, String(page).padStart(3, '0'));
  await writeFile(`${name}.jpg`, jpeg);
  await writeFile(`${name}.txt`, `${JSON.stringify(shot)}\n${text}\n---\n${answer}\n`);
}

void main();
