// What a person waits for on the pad of a real workbench: `npm run bench -- penUp`.
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import type { Ink } from '../../src/protocol/ink';
import { composed } from '../harness/composed';
import { frameWith } from '../harness/frameWith';
import { until } from '../harness/until';
import { Workbench } from '../harness/workbench';
import { matrixProduct } from './matrixProduct';
import { beginTiming, type TimedPage, timePenUps } from './padTiming';

const WARM_UP = 5;
const ROUNDS = 40;
/** Milliseconds: the engine starts with the pad. */
const PATIENCE = 120_000;
const TEXTS = { 'one character': 'a', 'a word': 'total', 'a line of 20': 'const x2 = foo(bar);' };
const FILE = 'function foo(n: number) {\n  return n;\n}\n\nconst bar = 40;\nlet total = 0;\n';

/** From the last stroke's end to the candidates, against a plain product of two 512x512 matrices in the same run. */
async function main(): Promise<void> {
  await startWasm();
  const product = await matrixProduct();
  console.log(`512x512 by 512x512     ${product.toFixed(2)} ms`);
  console.log(`${ROUNDS} each, from the pen's lifting to the candidates on the page of the workbench`);
  const workbench = await Workbench.open({
    extension: { development: process.cwd() },
    files: { 'foo.ts': FILE },
    viewport: { width: 1700, height: 800 },
  });
  try {
    await workbench.openFile('foo.ts');
    await workbench.page.keyboard.press('Control+End');
    const pad = await workbench.openPadInPanel();
    const frame = await frameWith(workbench.page, 'scrawl-pad');
    await frame.evaluate(timePenUps);
    for (const [name, text] of Object.entries(TEXTS)) {
      const { ink } = composed(text);
      await pad.write(ink);
      const times: number[] = [];
      for (let round = 0; round < WARM_UP + ROUNDS; round++) {
        await until('the ink to be read', () => frame.evaluate(beginTiming), PATIENCE);
        await pad.press('Control+z');
        await pad.write(lastStroke(ink, round), true);
        const timed = () => frame.evaluate(() => (window as TimedPage).penUp);
        const time = await until('its candidates', timed, PATIENCE);
        if (round >= WARM_UP) times.push(time);
      }
      console.log(`${name.padEnd(22)} ${inWords(times, product)}`);
      await pad.press('Escape');
      await pad.untilEmpty();
    }
  } finally {
    await workbench.close();
  }
}

/** @param product milliseconds of the reference */
function inWords(times: readonly number[], product: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [middle = NaN, late = NaN] = [0.5, 0.95].map((share) => sorted[Math.floor(share * sorted.length)]);
  return `median ${middle.toFixed(0)} ms, p95 ${late.toFixed(0)} ms, ratio ${(middle / product).toFixed(1)}`;
}

/** The last stroke, each time a little further to the right, so that nothing is remembered. */
function lastStroke(ink: Ink, round: number): Ink {
  return ink.slice(-1).map((stroke) => stroke.map(([x, y]): [number, number] => [x + round / 20, y]));
}

void main();
