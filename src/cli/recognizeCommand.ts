import { Option, type Command } from 'commander';
import { BUNDLED, BUNDLED_LINES, BUNDLED_SYMBOLS } from '../base/bundled';
import { startWasm } from '../engine/backends/wasm/wasmBackend';
import type { LoadedModel } from '../engine/models/loadedModel';
import { loadModel } from '../engine/models/loadModel';
import { recognizePicture } from '../engine/recognition/recognize';
import { normalizePhotograph } from '../pictures/photograph';
import { readPicture } from '../pictures/readPicture';
import { UsageError } from './errors';
import { homeFolder } from './home';
import { BUNDLED_LINES_FOLDER, lineModelFolder } from './lineReference';
import { modelFolder } from './modelReference';
import { numberBetween } from './numbers';
import { printCandidates } from './printCandidates';
import { recognizeInkFile } from './recognizeInkFile';
import { recognizePageFile } from './recognizePage';
import { recognizeSymbols } from './recognizeSymbols';

type Mode = 'auto' | 'character' | 'line' | 'page' | 'symbol';

interface Options {
  model: string;
  ink?: string;
  image?: string[];
  mode?: Mode;
  pen: 'auto' | 'dark' | 'light';
  threshold: 'otsu' | 'local';
  alphabet: string;
  context?: string;
  after?: string;
  lexicon?: string;
  language?: string;
  top: number;
  json?: boolean;
}

export function addRecognizeCommand(program: Command): void {
  program
    .command('recognize')
    .description('read characters, words, lines and symbols from ink or pictures')
    .option('--model <id|folder|bundled|lines|symbols>', 'the model', BUNDLED)
    .option('--ink <file>', 'JSON Lines (one input a line) or InkML (one input)')
    .option('--image <file...>', 'pictures of a character, a line or a page each')
    .addOption(
      new Option(
        '--mode <mode>',
        'what one input holds (auto for ink and a bundled model, which tells characters, words and rows of lines by itself; else character)',
      ).choices(['auto', 'character', 'line', 'page', 'symbol'] satisfies Mode[]),
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
    .option('--after <text>', 'what stands behind it')
    .option('--lexicon <file>', 'words that ink may hold: one a line, behind a tab a weight if it is not 1')
    .option('--language <id>', "VS Code's id of the text's language, such as typescript or plaintext")
    .option('--top <number>', 'candidates of each input', numberBetween(1, 100, true), 5)
    .option('--json', 'print one JSON object an input')
    .action(async (options: Options) => {
      if ((options.ink === undefined) === (options.image === undefined)) {
        throw new UsageError('Give either --ink or --image.');
      }
      const home = homeFolder(program.opts<{ home?: string }>().home);
      if (options.ink !== undefined) await recognizeInks(options.ink, options, home);
      else await recognizeImages(options.image ?? [], options, home);
    });
}

async function recognizeInks(ink: string, options: Options, home: string): Promise<void> {
  if (options.mode === 'symbol' || options.model === BUNDLED_SYMBOLS)
    return recognizeSymbols(ink, options, home);
  const isBundled = options.model === BUNDLED || options.model === BUNDLED_LINES;
  const { mode = isBundled ? 'auto' : 'character' } = options;
  if (mode === 'page') {
    throw new UsageError('A page is read from a picture: give --image, or --mode line.');
  }
  const named = await lineModelFolder(options.model, home);
  const characters = await modelFolder(named === undefined ? options.model : BUNDLED, home);
  await startWasm();
  const lines = named ?? BUNDLED_LINES_FOLDER;
  await recognizeInkFile(await loadModel(characters), lines, { ...options, ink, mode });
}

async function recognizeImages(files: readonly string[], options: Options, home: string): Promise<void> {
  const { mode = 'character' } = options;
  if (mode === 'auto' || mode === 'symbol') {
    throw new UsageError('Say what a picture holds: give --mode character, line or page.');
  }
  const folder = await modelFolder(options.model, home);
  await startWasm();
  const model = await loadModel(folder);
  for (const file of files) {
    if (mode === 'character') await recognizeImage(model, file, options);
    else await recognizePageFile(model, file, { ...options, mode });
  }
}

async function recognizeImage(model: LoadedModel, file: string, options: Options): Promise<void> {
  const started = performance.now();
  const picture = await readPicture(file);
  const pixels = normalizePhotograph(picture, options);
  printCandidates(file, await recognizePicture(model, pixels, options, started), options.json);
}
