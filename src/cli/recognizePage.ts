import { readPage } from '../pictures/page/readPage';
import { inkOfPage } from '../pictures/page/segment';
import type { PhotographOptions } from '../pictures/photograph';
import type { LoadedModel } from '../engine/models/loadedModel';
import { recognizePage, textOf, type ReadLine } from '../engine/recognition/page';
import { likelyTextAt, type PlaceOptions } from './likelyText';
import { print } from './output';

interface Options extends PhotographOptions, PlaceOptions {
  readonly mode: 'line' | 'page';
  readonly alphabet: string;
  readonly top: number;
  readonly json?: boolean | undefined;
}

/** Reads a picture of several characters and prints its text; with `json` where each one stands, too. */
export async function recognizePageFile(model: LoadedModel, file: string, options: Options): Promise<void> {
  const started = performance.now();
  const likely = await likelyTextAt(options);
  const { width, height, gray: pixels } = await readPage(file);
  const lines = await recognizePage(model, inkOfPage({ width, height, pixels }, options), {
    ...options,
    likely,
  });
  // one line of writing, however it was found to run
  const text = options.mode === 'line' ? textOf(lines).replace(/\s+/g, ' ').trim() : textOf(lines);
  const milliseconds = performance.now() - started;
  if (!options.json) {
    print(text);
    return;
  }
  const candidates = [{ text, probability: likelihood(lines) }];
  print(JSON.stringify({ id: file, text, candidates, characters: lines.flatMap(inJson), milliseconds }));
}

/** That every character is right, as if one did not depend on another. */
function likelihood(lines: readonly ReadLine[]): number {
  return lines
    .flatMap(({ characters }) => characters)
    .reduce((product, { candidates }) => product * (candidates[0]?.probability ?? 1), 1);
}

function inJson({ characters }: ReadLine, line: number) {
  return characters.map(({ box, candidates, space }) => ({ line, box, space, candidates }));
}
