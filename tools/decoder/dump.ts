import { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadLineModel, type LineModel } from '../../src/engine/recognition/lineModel';
import { readRow } from '../../src/engine/recognition/lines/rowFrames';
import { someOf } from '../lines/measure';
import { inkOf, loadTests, type LineTest } from '../lines/tests';
import { storedReading } from './readings';

interface Options {
  data: string;
  work: string;
  model: string;
  most: number;
  out: string;
}

const options = new Command('dump:readings')
  .description(
    'Writes what a model of lines says of lines of writers that it never learned from, for fit:decoder.',
  )
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--work <folder>', 'where what was read of it is kept', path.join('out', 'lines'))
  .option('--model <folder>', 'the model', path.join('media', 'models', 'lines'))
  .option('--most <number>', 'lines of each kind, evenly spread over it', Number, 600)
  .option('--out <file>', 'where it is written', path.join('out', 'readings.jsonl.gz'))
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  await startWasm();
  const model = await loadLineModel(options.model);
  const tests = await loadTests(options.data, options.work);
  await pipeline(() => readAll(model, tests), createGzip(), createWriteStream(options.out));
  model.dispose();
  console.log(`The readings are in ${options.out}.`);
}

async function* readAll(model: LineModel, tests: readonly LineTest[]): AsyncGenerator<string> {
  for (const { name: set, language, ...test } of tests) {
    for (const line of someOf({ name: set, language, ...test }, options.most)) {
      const { text: label, writer } = line;
      const { frames } = await readRow(model, inkOf(line), line.guide);
      const reading = { set, writer, label, language, lexicon: [], frames };
      yield storedReading(reading);
      if (line.lexicon) yield storedReading({ ...reading, set: `${set}, lexicon`, lexicon: line.lexicon });
    }
  }
}

void main();
