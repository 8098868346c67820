// What memory an engine has that reads for long: `npm run bench -- manyReadings`.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { readInk } from '../../src/protocol/engine/recognition';
import { composed } from '../harness/composed';
import { startEngine } from '../harness/engine';

const READINGS = 100_000;
const STEP = 5_000;
/** The networks, their kernels and the caches are there after so many. */
const WARM_UP = 500;
/** Nine characters and a word. */
const TEXTS = [...'aeonstrx2', 'box'];
const PLACE = {
  before: 'const box = 2;\n',
  after: '',
  language: 'typescript',
  offered: [],
  given: [],
  elsewhere: [],
};

/** Reads ink again and again in one engine, each time a little wider so that nothing is remembered. */
async function main(): Promise<void> {
  const engine = startEngine();
  const read = async (at: number) => {
    const wider = 1 + (at % 997) / 10_000;
    const { ink } = composed(TEXTS[at % TEXTS.length] ?? '');
    await engine.ask(readInk, {
      model: path.resolve('media', 'models', 'characters'),
      lines: path.resolve('media', 'models', 'lines'),
      ink: ink.map((stroke) => stroke.map(([x, y]): [number, number] => [x * wider, y])),
      place: PLACE,
      alphabet: 'all',
      mode: 'auto',
      top: 5,
    });
  };
  try {
    for (let at = 0; at < WARM_UP; at++) await read(at);
    const before = megabytes(engine.process.pid);
    console.log(`before               ${before} MB`);
    const started = performance.now();
    for (let at = 0; at < READINGS; at++) {
      await read(at);
      if ((at + 1) % STEP > 0) continue;
      const seconds = (performance.now() - started) / 1000;
      const now = megabytes(engine.process.pid);
      console.log(`${String(at + 1).padStart(7)} readings     ${now} MB, ${seconds.toFixed(0)} s`);
    }
  } finally {
    await engine.end();
  }
}

/** Memory of a process that is in use. */
function megabytes(pid: number | undefined): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1000);
}

void main();
