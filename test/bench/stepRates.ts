/** Steps that are not measured: code becomes fast in them. */
const WARM_UP = 4;
const FEWEST = 5;

/** Samples a second of both trainers, from the middle of their steps. */
export interface StepRates {
  readonly kernels: number;
  readonly wasm: number;
  /** Bytes that the kernels have for the network. */
  readonly bytes: number;
}

/**
 * Lets two trainers take steps by turns, so that whatever else the machine does slows both alike.
 *
 * @param samples of a step
 * @param milliseconds to measure for, after the first steps
 */
export async function alternate(
  samples: number,
  steps: Readonly<Record<'kernels' | 'wasm', () => Promise<unknown>>>,
  milliseconds: number,
): Promise<Pick<StepRates, 'kernels' | 'wasm'>> {
  const times = { kernels: [] as number[], wasm: [] as number[] };
  let end = Infinity;
  for (let step = 0; performance.now() < end || times.wasm.length < FEWEST; step++) {
    if (step === WARM_UP) end = performance.now() + milliseconds;
    const found = { kernels: await timeOf(steps.kernels), wasm: await timeOf(steps.wasm) };
    if (step < WARM_UP) continue;
    times.kernels.push(found.kernels);
    times.wasm.push(found.wasm);
  }
  const rate = (each: readonly number[]) => (1000 * samples) / middle(each);
  return { kernels: rate(times.kernels), wasm: rate(times.wasm) };
}

async function timeOf(step: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await step();
  return performance.now() - started;
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
