// What a person waits for who opens the pad in a fresh window and writes: `npm run bench -- padOpens`.
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { composed } from '../harness/composed';
import { frameWith } from '../harness/frameWith';
import { until } from '../harness/until';
import { Workbench } from '../harness/workbench';
import { matrixProduct } from './matrixProduct';
import { timePenUps, type TimedPage } from './padTiming';

const ROUNDS = 5;
/** Milliseconds. */
const PATIENCE = 120_000;
/** Milliseconds that somebody takes at least who has opened the pad, until a first letter is written. */
const FIRST_LETTER = 1500;

interface Times {
  /** Milliseconds from the click on Scrawl's icon to a paper that takes ink. */
  readonly opens: number;
  /** Milliseconds from the first lifting of the pen to the candidates. */
  readonly reads: number;
}

async function main(): Promise<void> {
  await startWasm();
  const product = await matrixProduct();
  console.log(`512x512 by 512x512     ${product.toFixed(2)} ms`);
  console.log(`${ROUNDS} fresh windows; the first letter is there ${FIRST_LETTER} ms after the paper`);
  const times: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await inFreshWindow());
  report(
    'click to paper',
    times.map(({ opens }) => opens),
    product,
  );
  report(
    'first reading',
    times.map(({ reads }) => reads),
    product,
  );
}

/** @param product milliseconds of the reference */
function report(what: string, times: readonly number[], product: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [least = NaN, middle = NaN, most = NaN] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  const [low, median, high] = [least, middle, most].map((time) => time.toFixed(0));
  console.log(
    `${what.padEnd(22)} median ${median} ms, ${low} to ${high}, ratio ${(middle / product).toFixed(0)}`,
  );
}

async function inFreshWindow(): Promise<Times> {
  const workbench = await Workbench.open({
    extension: { development: process.cwd() },
    files: { 'foo.ts': 'let total = 0;\n' },
  });
  try {
    await workbench.openFile('foo.ts');
    const { page } = workbench;
    const icon = page.getByRole('tab', { name: 'Scrawl', exact: true });
    await icon.waitFor();
    const clicked = Date.now();
    await icon.click();
    const frame = await frameWith(page, 'scrawl-pad');
    const opened = await until('the paper', () => frame.evaluate(paintedAt), PATIENCE);
    await frame.evaluate(timePenUps);
    const pad = await workbench.pad();
    await page.waitForTimeout(Math.max(0, opened + FIRST_LETTER - Date.now()));
    await pad.write(composed('l').ink, true);
    const reads = await until('a reading', () => frame.evaluate(() => (window as TimedPage).penUp), PATIENCE);
    return { opens: opened - clicked, reads };
  } finally {
    await workbench.close();
  }
}

/** Runs in the pad's page: when it was painted first, in milliseconds since 1970; before its script it has nothing to paint. */
function paintedAt(): number | undefined {
  const [painted] = performance.getEntriesByName('first-contentful-paint');
  return painted && performance.timeOrigin + painted.startTime;
}

void main();
