import type { Loss, OptimizerName } from '../../../runs/runSettings';
import { roundedUp, type Arena } from './arena';
import { NO_PADDING, type Chain } from './chain';
import { isProduct, makeFlow, readsLists, type Flow, type Slot, type Step } from './flow';
import { NetworkParameters } from './networkParameters';
import type { Parameter } from './parameters';
import { FLOAT, Geometry, Values } from './values';

/** What a machine is made for. */
export interface PlanOptions {
  /** The most samples of a step. */
  readonly batch: number;
  readonly threads: number;
  readonly optimizer: OptimizerName;
  readonly loss: Loss;
  readonly labelSmoothing: number;
  readonly weightDecay: number;
}

/** Bytes of a chunk that fit into a core's nearer caches, and the most samples of a chunk. */
const NEAR = 192 * 1024;
const MOST_IN_CHUNK = 16;
/** What each thread has for itself. */
export interface Room {
  /** Its gradients of all parameters but those that learn at once. */
  readonly gradients: number;
  readonly edge: number;
  /** The lists of a backward pass. */
  readonly byPlace: number;
  readonly placeEnds: number;
  readonly byOutput: number;
  readonly outputCounts: number;
  /** What the loss gives, and room for what it works with. */
  readonly result: number;
  readonly slopes: number;
}

/** Where a network's values, gradients and parameters lie. */
export class NetworkMemory {
  readonly flow: Flow;
  readonly parameters: NetworkParameters;
  /** Of each parameter that learns its place in a thread's gradients; those that learn at once have none. */
  readonly gradientPlaces = new Map<Parameter, number>();
  readonly gradientBytes: number;
  readonly rooms: readonly Room[];
  readonly allowed: Values;
  readonly weights: number;
  private readonly sums = new Map<Step, number>();
  private readonly values = new Map<Slot, Values>();
  private readonly gradients = new Map<Slot, Values>();
  private readonly chosen = new Map<Step, Values>();

  /** @param known the parameters of the same layers, where they have their places already */
  constructor(
    readonly arena: Arena,
    readonly chain: Chain,
    readonly options: PlanOptions,
    known?: NetworkParameters,
  ) {
    this.flow = makeFlow(chain);
    this.parameters = known ?? new NetworkParameters(arena, this.flow, options.optimizer);
    for (const step of this.flow.steps.filter(({ layer }) => layer.kind === 'normalization'))
      this.sums.set(step, arena.reserve(2 * options.threads * sumBytes(step)));
    this.gradientBytes = this.placeGradients();
    this.rooms = this.makeRooms();
    this.makeValues();
    const classes = { height: 1, width: 1, channels: chain.classes };
    this.allowed = this.makeFor(new Geometry(classes, NO_PADDING));
    this.weights = arena.reserve(FLOAT * options.batch);
  }

  parametersOf(step: Step): readonly Parameter[] {
    return this.parameters.of(step);
  }

  /** Everything that layers take and give. */
  get allValues(): readonly Values[] {
    return [...this.values.values()];
  }

  valuesOf(slot: Slot): Values {
    return found(this.values.get(slot));
  }

  gradientOf(slot: Slot): Values {
    return found(this.gradients.get(slot.sharing ?? slot));
  }

  chosenOf(step: Step): Values | undefined {
    return this.chosen.get(step);
  }

  /** What the threads add up for a normalization, forward or backward. */
  sumsOf(step: Step, backward: boolean): number {
    return (this.sums.get(step) ?? 0) + Number(backward) * this.options.threads * sumBytes(step);
  }

  /** @returns bytes of a thread's gradients */
  private placeGradients(): number {
    let bytes = 0;
    for (const step of this.flow.steps) {
      const made = this.parametersOf(step).filter(({ variable }) => variable.trainable);
      for (const parameter of learnsAtOnce(step) ? made.slice(1) : made) {
        this.gradientPlaces.set(parameter, bytes);
        bytes += roundedUp(parameter.count * FLOAT, 64);
      }
    }
    return bytes;
  }

  private makeRooms(): Room[] {
    const { arena } = this;
    let [entries, places, outs] = [0, 0, 0];
    for (const step of this.flow.steps.filter(({ layer }) => isProduct(layer))) {
      const listed = this.listedPlaces(step);
      const lanes = Math.max(step.y.geometry.lanes, readsLists(step) ? step.x.geometry.lanes : 0);
      places = Math.max(places, listed);
      outs = Math.max(outs, lanes);
      // an entry is written before it is known whether it counts
      entries = Math.max(entries, (listed + 1) * lanes);
    }
    return Array.from({ length: this.options.threads }, () => ({
      gradients: arena.reserve(this.gradientBytes),
      edge: arena.reserve(48),
      byPlace: arena.reserve(8 * entries),
      placeEnds: arena.reserve(4 * places),
      byOutput: arena.reserve(8 * entries),
      outputCounts: arena.reserve(4 * outs),
      result: arena.reserve(16),
      slopes: arena.reserve(8 * this.chain.classes),
    }));
  }

  /** The most places of a chunk that a product lists. */
  listedPlaces(step: Step): number {
    const { geometry } = step.x;
    const padded = readsLists(step) ? geometry.row / (FLOAT * geometry.lanes) : 0;
    return Math.max(this.chunkOf(step) * step.y.geometry.places, padded);
  }

  /** Samples of a chunk of the step's segment. */
  chunkOf({ segment }: Step): number {
    const { batch, threads } = this.options;
    const steps = this.flow.steps.filter((step) => step.segment === segment);
    if (steps.some(({ list }) => list)) return batch;
    const bytes = steps.reduce((sum, { y }) => sum + y.geometry.sample, 0);
    return Math.max(1, Math.min(MOST_IN_CHUNK, Math.floor(NEAR / bytes), Math.ceil(batch / threads)));
  }

  private makeValues(): void {
    const { steps, input } = this.flow;
    this.values.set(input, this.makeFor(input.geometry));
    for (const step of steps) {
      const { y } = step;
      const chunk = this.chunkOf(step);
      if (!this.values.has(y)) this.values.set(y, this.makeFor(y.geometry, y.local ? chunk : undefined));
      const root = y.sharing ?? y;
      if (!this.gradients.has(root))
        this.gradients.set(root, this.makeFor(root.geometry, root.localGradient ? chunk : undefined));
      if (step.layer.kind === 'pooling' && !step.layer.mean)
        this.chosen.set(step, this.makeChosen(y.geometry));
    }
  }

  /** @param chunk samples of each thread's own; undefined for all samples of a step in one place */
  private makeFor(geometry: Geometry, chunk?: number): Values {
    const { arena } = this;
    const { batch, threads } = this.options;
    if (chunk === undefined) return new Values(geometry, batch, arena.reserve(geometry.sample * batch));
    const bases = Array.from({ length: threads }, () => arena.reserve(geometry.sample * chunk));
    return new Values(geometry, chunk, bases);
  }

  /** Two bytes for each output of a pooling. */
  private makeChosen({ height, width, lanes }: Geometry): Values {
    return this.makeFor(new Geometry({ height, width, channels: lanes / 2 }, NO_PADDING, lanes / 2));
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The plan of the kernels has a hole.');
  return value;
}

/** Bytes of what one thread adds up for a normalization. */
export function sumBytes({ y }: Step): number {
  return roundedUp(2 * 8 * y.geometry.lanes, 64);
}

/** A dense layer's gradient is made and used at once: it is as large as its weights. */
export function learnsAtOnce({ layer }: Step): boolean {
  return layer.kind === 'dense';
}
