import { Arena } from './arena';
import { ofLength, type Chain } from './chain';
import { makeFlow } from './flow';
import { LAYOUTS } from './layouts';
import { NetworkMemory } from './networkMemory';
import { NetworkParameters } from './networkParameters';
import type { Parameter } from './parameters';
import { ThreadProgram } from './threadProgram';
import type { Values } from './values';

/** What of a network of lines has one place whatever the lines are. */
export interface LineGround {
  readonly chain: Chain;
  readonly threads: number;
  readonly control: number;
  readonly parameters: NetworkParameters;
  readonly all: readonly Parameter[];
  readonly bytes: number;
}

/** How many lines of how many points are worked on together. */
export interface LineShape {
  readonly lines: number;
  readonly points: number;
}

/** Where everything else lies for lines of one shape, and what the threads do. */
export interface LinePlan {
  readonly arena: Arena;
  /** Tables of the threads' programs. */
  readonly forward: number;
  readonly judge: number;
  readonly backward: number;
  readonly input: Values;
  readonly logits: Values;
  readonly logitsGradient: Values;
  /** All of these have zeros around them. */
  readonly values: readonly Values[];
  /** Where the gradient of what learns is in the end. */
  readonly gradients: ReadonlyMap<Parameter, number>;
}

/** CTC and the optimizer are not the kernels': what these would be told does not matter. */
const NOT_THEIRS = { optimizer: 'sgd', loss: 'cross-entropy', labelSmoothing: 0, weightDecay: 0 } as const;

/** Gives the parameters of a network of lines their places. */
export function groundFor(chain: Chain, threads: number): LineGround {
  const arena = new Arena();
  const control = arena.reserve(4 * LAYOUTS.Control.length);
  const flow = makeFlow(chain);
  const parameters = new NetworkParameters(arena, flow, NOT_THEIRS.optimizer);
  const all = flow.steps.flatMap((step) => parameters.of(step));
  return { chain, threads, control, parameters, all, bytes: arena.bytes };
}

/** Lays out all else for lines of a shape, and writes the programs of the threads. */
export function planLines(
  { chain, threads, parameters, bytes }: LineGround,
  { lines, points }: LineShape,
): LinePlan {
  const arena = new Arena(bytes);
  const options = { ...NOT_THEIRS, batch: lines, threads };
  const memory = new NetworkMemory(arena, ofLength(chain, points), options, parameters);
  const programs = Array.from({ length: threads }, (_, thread) =>
    new ThreadProgram(memory, thread).makeParts(),
  );
  const table = (part: 'forward' | 'judge' | 'backward') =>
    arena.place(Int32Array.from(programs, (program) => arena.place(program[part])));
  const { input, steps } = memory.flow;
  const last = steps.at(-1)?.y ?? input;
  const own = memory.rooms[0]?.gradients ?? 0;
  return {
    arena,
    forward: table('forward'),
    judge: table('judge'),
    backward: table('backward'),
    input: memory.valuesOf(input),
    logits: memory.valuesOf(last),
    logitsGradient: memory.gradientOf(last),
    values: memory.allValues,
    gradients: new Map([...memory.gradientPlaces].map(([parameter, place]) => [parameter, own + place])),
  };
}
