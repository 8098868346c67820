import type { LoadedModel } from '../engine/models/loadedModel';
import { InkReader } from '../engine/recognition/inkReader';
import { loadLineModel, type LineModel } from '../engine/recognition/lineModel';
import { recognizeInk } from '../engine/recognition/recognize';
import { InkError } from '../ink/errors';
import type { Ink } from '../ink/ink';
import type { Candidate } from '../protocol/engine/recognition';
import { likelyTextAt, type PlaceOptions } from './likelyText';
import { printCandidates } from './printCandidates';
import { readInk } from './readInk';

export interface InkOptions extends PlaceOptions {
  readonly ink: string;
  readonly mode: 'auto' | 'character' | 'line';
  readonly alphabet: string;
  readonly top: number;
  readonly json?: boolean | undefined;
}

/**
 * Reads each ink of a file and prints its candidates.
 *
 * @param lines folder of the model of lines, which is loaded where it is to read
 */
export async function recognizeInkFile(
  characters: LoadedModel,
  lines: string,
  options: InkOptions,
): Promise<void> {
  const read =
    options.mode === 'character'
      ? characterReader(characters, options)
      : await reader(characters, await loadLineModel(lines), options);
  const inks = await readInk(options.ink);
  if (inks.length === 0) throw new InkError(`${options.ink} holds no ink: give another file.`);
  for (const { id, ink } of inks) {
    const started = performance.now();
    const candidates = await read(ink);
    printCandidates(id, { candidates, milliseconds: performance.now() - started }, options.json);
  }
}

type Read = (ink: Ink) => Promise<Candidate[]>;

function characterReader(model: LoadedModel, options: InkOptions): Read {
  return async (ink) => (await recognizeInk(model, ink, options)).candidates;
}

async function reader(characters: LoadedModel, lines: LineModel, options: InkOptions): Promise<Read> {
  const { alphabet, top } = options;
  const mode = options.mode === 'line' ? 'line' : 'auto';
  const likely = await likelyTextAt(options);
  const inks = new InkReader();
  return async (ink) => {
    const { readings } = await inks.read({
      characters,
      lines,
      prototypes: [],
      ink,
      alphabet,
      top,
      mode,
      likely,
    });
    return readings.slice(0, top).map(({ text, probability }) => ({ text, probability }));
  };
}
