import { Option, type Command } from 'commander';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { normalizePhotograph } from '../datasets/photograph';
import { readPicture } from '../datasets/readPicture';
import { readWhole } from '../datasets/files';
import { startWasm } from '../engine/backends/wasm/wasmBackend';
import type { LoadedModel } from '../engine/models/loadedModel';
import { loadModel } from '../engine/models/loadModel';
import { recognizeLine } from '../engine/recognition/line';
import { recognizeInk, recognizePicture, type Recognition } from '../engine/recognition/recognize';
import { readInkml } from '../ink/inkml';
import { readJsonLines, type InkLine } from '../ink/jsonLines';
import { UsageError } from './errors';
import { homeFolder } from './home';
import { modelFolder } from './modelReference';
import { numberBetween } from './numbers';
import { percent, print } from './output';
import { recognizePageFile } from './recognizePage';

interface Options {
  model: string;
  ink?: string;
  image?: string[];
  mode: 'character' | 'line' | 'page';
  pen: 'auto' | 'dark' | 'light';
  threshold: 'otsu' | 'local';
  alphabet: string;
  context?: string;
  top: number;
  json?: boolean;
}

export function addRecognizeCommand(program: Command): void {
  program
    .command('recognize')
    .description('read characters from ink or pictures')
    .requiredOption('--model <id|folder|bundled>', 'the model')
    .option('--ink <file>', 'JSON Lines (one input a line) or InkML (one input)')
    .option('--image <file...>', 'pictures of a character, a line or a page each')
    .addOption(
      new Option('--mode <mode>', 'what one input holds')
        .choices(['character', 'line', 'page'])
        .default('character'),
    )
    .addOption(
      new Option('--pen <kind>', 'which of pen and paper is darker in pictures')
        .choices(['auto', 'dark', 'light'])
        .default('auto'),
    )
    .addOption(
      new Option('--threshold <kind>', 'for pictures: one, or one that follows strokes that fade')
        .choices(['otsu', 'local'])
        .default('otsu'),
    )
    .option('--alphabet <name|characters>', 'the classes that the model may give', 'all')
    .option('--context <text>', 'what stands before it')
    .option('--top <number>', 'candidates of each input', numberBetween(1, 100, true), 5)
    .option('--json', 'print one JSON object an input')
    .action(async (options: Options) => {
      if ((options.ink === undefined) === (options.image === undefined)) {
        throw new UsageError('Give either --ink or --image.');
      }
      if (options.mode === 'page' && options.ink !== undefined) {
        throw new UsageError('A page is read from a picture: give --image, or --mode line.');
      }
      const folder = await modelFolder(options.model, homeFolder(program.opts<{ home?: string }>().home));
      await startWasm();
      const model = await loadModel(folder);
      if (options.ink !== undefined) await recognizeFile(model, options.ink, options);
      const read = options.mode === 'character' ? recognizeImage : recognizePageFile;
      for (const file of options.image ?? []) await read(model, file, options);
    });
}

async function recognizeFile(model: LoadedModel, file: string, options: Options): Promise<void> {
  for (const { id, ink } of await readInk(file)) {
    const started = performance.now();
    const candidates =
      options.mode === 'line'
        ? await recognizeLine(model, ink, options)
        : (await recognizeInk(model, ink, options)).candidates;
    printResult(id, { candidates, milliseconds: performance.now() - started }, options);
  }
}

async function readInk(file: string): Promise<Pick<InkLine, 'id' | 'ink'>[]> {
  const text = (await readWhole(file)).toString('utf8');
  if (file.endsWith('.inkml')) return [{ id: path.basename(file), ink: readInkml(text).strokes }];
  return readJsonLines(text);
}

async function recognizeImage(model: LoadedModel, file: string, options: Options): Promise<void> {
  const started = performance.now();
  const picture = await readPicture(await readFile(file).catch(() => file), file);
  const pixels = normalizePhotograph(picture, options);
  printResult(file, await recognizePicture(model, pixels, options, started), options);
}

function printResult(
  id: string,
  { candidates, milliseconds }: Pick<Recognition, 'candidates' | 'milliseconds'>,
  { json }: Options,
): void {
  if (json) {
    print(JSON.stringify({ id, candidates, milliseconds }));
    return;
  }
  const texts = candidates.map(({ text, probability }) => `${text} ${percent(probability)}`);
  print(`${id}  ${texts.join('  ')}  (${milliseconds.toFixed(1)} ms)`);
}
