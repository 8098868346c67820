import { Arena } from './arena';
import { NotInKernels, type Chain } from './chain';
import { LAYOUTS } from './layouts';
import { NetworkMemory, type PlanOptions } from './networkMemory';
import type { Parameter } from './parameters';
import { ThreadProgram } from './threadProgram';
import type { Values } from './values';

/** Where everything lies in the memory of a machine, and what its threads do. */
export interface Plan {
  readonly arena: Arena;
  readonly batch: number;
  readonly threads: number;
  readonly control: number;
  /** Tables of the threads' programs. */
  readonly train: number;
  readonly judge: number;
  readonly input: Values;
  readonly allowed: Values;
  /** [batch], how much each sample counts. */
  readonly weights: number;
  /** Of each thread: two double numbers, the sum of losses and the right answers. */
  readonly results: readonly number[];
  readonly parameters: readonly Parameter[];
}

/** The most bytes that a machine may take of WebAssembly's four gigabytes. */
export const MOST_BYTES = 3 * 2 ** 30;

/**
 * Lays out the memory for a network and writes the programs of its threads.
 *
 * @throws NotInKernels where it takes more memory than there is
 */
export function makePlan(chain: Chain, options: PlanOptions): Plan {
  const arena = new Arena();
  const control = arena.reserve(4 * LAYOUTS.Control.length);
  const memory = new NetworkMemory(arena, chain, options);
  const programs = Array.from({ length: options.threads }, (_, thread) =>
    new ThreadProgram(memory, thread).make(),
  );
  const train = arena.place(Int32Array.from(programs, (program) => arena.place(program.train)));
  const judge = arena.place(Int32Array.from(programs, (program) => arena.place(program.judge)));
  if (arena.bytes > MOST_BYTES) throw new NotInKernels('it takes more memory than they have');
  const { batch, threads } = options;
  const { allowed, weights, rooms } = memory;
  return {
    arena,
    batch,
    threads,
    control,
    train,
    judge,
    input: memory.valuesOf(memory.flow.input),
    allowed,
    weights,
    results: rooms.map(({ result }) => result),
    parameters: memory.flow.steps.flatMap((step) => memory.parametersOf(step)),
  };
}
