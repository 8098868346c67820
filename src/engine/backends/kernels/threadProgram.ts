import type { Arena } from './arena';
import type { ChainLayer } from './chain';
import { paddingOf } from './chain';
import { isProduct, readsLists, type Step } from './flow';
import {
  ALONE,
  BARRIER,
  END,
  FUNCTIONS,
  GROUP,
  LOSS_KINDS,
  ONCE,
  PERFORM,
  placed,
  type DoneOnce,
  type FunctionName,
  type Performed,
} from './layouts';
import { strideOf, type Parameter } from './parameters';
import { learnsAtOnce, sumBytes, type NetworkMemory, type Room } from './networkMemory';
import { inputsOf } from './networkParameters';
import { FLOAT, type Geometry } from './values';

type Operation = readonly [kind: Performed, on: number];

/** Writes what one thread does in a step. */
export class ThreadProgram {
  private readonly arena: Arena;
  private readonly room: Room;
  /** What the operations of each step work on. */
  private readonly instances = new Map<Step, number>();
  private readonly backwardNormalizations = new Map<Step, number>();
  private readonly parameters = new Map<Parameter, number>();

  constructor(
    private readonly memory: NetworkMemory,
    private readonly thread: number,
  ) {
    this.arena = memory.arena;
    this.room = memory.rooms[thread] as Room;
    const { steps } = memory.flow;
    for (const parameter of steps.flatMap((step) => memory.parametersOf(step)))
      if (parameter.variable.trainable) this.parameters.set(parameter, this.placeParameter(parameter));
    for (const step of steps) this.instances.set(step, this.placeStep(step));
  }

  /** The words of the program that learns, and of the one that judges. */
  make(): { train: Int32Array; judge: Int32Array } {
    const judged = this.group(this.memory.options.batch, [['judge', this.loss()]]);
    const clear = [...this.clear(this.room.result, 16), ...this.pack()];
    return {
      train: Int32Array.from([
        ...[...this.parameters.values()].flatMap((each) => this.once('shrink', each)),
        BARRIER,
        ...this.clearGradients(),
        ...clear,
        BARRIER,
        ...this.forward(true),
        ...judged,
        ...this.backward(),
        BARRIER,
        ...this.products.filter(learnsAtOnce).flatMap((step) => this.once('learn', this.instance(step))),
        ...this.reduced('reduce'),
        END,
      ]),
      judge: Int32Array.from([...clear, BARRIER, ...this.forward(false), ...judged, END]),
    };
  }

  /** The words of programs whose loss somebody else finds: forward to learn and to judge, and back to the gradients. */
  makeParts(): { forward: Int32Array; judge: Int32Array; backward: Int32Array } {
    return {
      forward: Int32Array.from([
        ...this.clearGradients(),
        ...this.pack(),
        BARRIER,
        ...this.forward(true),
        END,
      ]),
      judge: Int32Array.from([...this.pack(), BARRIER, ...this.forward(false), END]),
      backward: Int32Array.from([...this.backward(), BARRIER, ...this.reduced('addUp'), END]),
    };
  }

  private get products(): Step[] {
    return this.steps.filter(({ layer }) => isProduct(layer));
  }

  private pack(): number[] {
    const packed = this.products.filter((step) => !readsLists(step));
    return packed.flatMap((step) => this.once('pack', this.instance(step)));
  }

  private clear(from: number, bytes: number): number[] {
    return this.once('clear', this.arena.place(Int32Array.of(from, bytes)));
  }

  private clearGradients(): number[] {
    return this.clear(this.room.gradients, this.memory.gradientBytes);
  }

  /** What is done with the threads' gradients of all parameters that do not learn at once. */
  private reduced(how: 'reduce' | 'addUp'): number[] {
    return [...this.parameters]
      .filter(([each]) => this.memory.gradientPlaces.has(each))
      .flatMap(([, at]) => this.once(how, at));
  }

  private get steps(): readonly Step[] {
    return this.memory.flow.steps;
  }

  private instance(step: Step): number {
    return this.instances.get(step) ?? 0;
  }

  private once(kind: DoneOnce, on: number): number[] {
    return [ALONE, ONCE[kind], on];
  }

  private group(chunk: number, operations: readonly Operation[]): number[] {
    if (operations.length === 0) return [];
    return [GROUP, chunk, operations.length, ...operations.flatMap(([kind, on]) => [PERFORM[kind], on])];
  }

  private segments(): Step[][] {
    const segments = new Map<number, Step[]>();
    for (const step of this.steps) {
      const { segment } = step;
      segments.set(segment, [...(segments.get(segment) ?? []), step]);
    }
    return [...segments.values()];
  }

  private forward(training: boolean): number[] {
    return this.segments().flatMap((steps) => {
      const [first] = steps as [Step];
      const chunk = this.memory.chunkOf(first);
      if (first.layer.kind === 'normalization') return this.normalized(this.instance(first), chunk, training);
      return this.group(
        chunk,
        steps.flatMap((step) => this.forwardOf(step)),
      );
    });
  }

  private normalized(on: number, chunk: number, training: boolean): number[] {
    if (!training) return [...this.once('takeMoving', on), ...this.group(chunk, [['normalize', on]])];
    return [
      ...this.once('clearSums', on),
      ...this.group(chunk, [['sumInputs', on]]),
      BARRIER,
      ...this.once('findMean', on),
      ...this.group(chunk, [['sumSquares', on]]),
      BARRIER,
      ...this.once('findVariance', on),
      ...this.group(chunk, [['normalize', on]]),
    ];
  }

  private forwardOf(step: Step): Operation[] {
    const on = this.instance(step);
    switch (step.layer.kind) {
      case 'convolution':
      case 'dense':
        return [[readsLists(step) ? 'forwardByLists' : 'forward', on]];
      case 'pooling':
        return [['pool', on]];
      case 'activation':
        return [['activate', on]];
      case 'dropout':
        return [['drop', on]];
      case 'depthwise':
        return [['depthwise', on]];
      case 'prelu':
        return [['prelu', on]];
      case 'frame':
        return [['frame', on]];
      case 'layerNormalization':
        return [['normalizeLayer', on]];
      case 'add':
        return [['add', on]];
      default:
        return [];
    }
  }

  private backward(): number[] {
    return this.segments()
      .reverse()
      .flatMap((steps) => {
        const [first] = steps as [Step];
        const chunk = this.memory.chunkOf(first);
        const on = this.backwardNormalizations.get(first);
        if (on === undefined)
          return this.group(
            chunk,
            [...steps].reverse().flatMap((step) => this.backwardOf(step)),
          );
        return [
          ...this.once('clearSums', on),
          ...this.group(chunk, [['sumGradients', on]]),
          BARRIER,
          ...this.once('giveParameters', on),
          ...this.group(chunk, [['normalizeBack', on]]),
        ];
      });
  }

  private backwardOf(step: Step): Operation[] {
    const on = this.instance(step);
    const { layer } = step;
    switch (layer.kind) {
      case 'convolution':
      case 'dense': {
        const masked = layer.rectified && !step.maskedBehind;
        return [
          ...(masked ? [['activateBack', this.elements(step, 'relu', 0)] as const] : []),
          [readsLists(step) ? 'backwardByLists' : 'backward', on],
        ];
      }
      case 'pooling':
        return [['poolBack', on]];
      case 'activation':
        return [['activateBack', on]];
      case 'dropout':
        return [['dropBack', on]];
      case 'depthwise':
        return [['depthwiseBack', on]];
      case 'prelu':
        return [['preluBack', on]];
      case 'frame':
        return [['frameBack', on]];
      case 'layerNormalization':
        return [['normalizeLayerBack', on]];
      case 'add':
        return [['addBack', on]];
      default:
        return [];
    }
  }

  private placeStep(step: Step): number {
    const { layer } = step;
    switch (layer.kind) {
      case 'convolution':
      case 'dense':
        return this.product(step, layer);
      case 'pooling':
        return this.pooling(step, layer);
      case 'activation':
        return this.elements(step, layer.name, layer.amount);
      case 'dropout':
        return this.elements(step, 'relu', layer.rate);
      case 'depthwise':
        return this.depthwise(step, layer);
      case 'prelu':
        return this.prelu(step);
      case 'frame':
        return this.frame(step, layer);
      case 'layerNormalization':
        return this.layerNormalization(step, layer);
      case 'add':
        return this.addition(step);
      case 'normalization':
        if (this.learnsBefore(step) || layer.gamma.trainable)
          this.backwardNormalizations.set(step, this.normalization(step, layer, true));
        return this.normalization(step, layer, false);
      default:
        return 0;
    }
  }

  /** Whether the gradient of what a step takes is needed. */
  private learnsBefore(step: Step): boolean {
    return step.x !== this.memory.flow.input;
  }

  private placeParameter(parameter: Parameter): number {
    const { options, rooms, gradientPlaces } = this.memory;
    const decay = parameter.decays ? options.weightDecay : 0;
    const shrinks = options.optimizer === 'adamw';
    const [one, other] = rooms;
    return placed(this.arena, 'Parameter', {
      values: parameter.values,
      first: parameter.first,
      second: parameter.second,
      count: parameter.count,
      decay: shrinks ? 0 : 2 * decay,
      shrinks: Number(shrinks && decay > 0),
      gradients: (one?.gradients ?? 0) + (gradientPlaces.get(parameter) ?? 0),
      apart: (other?.gradients ?? 0) - (one?.gradients ?? 0),
    });
  }

  private product(step: Step, layer: ChainLayer & { kind: 'convolution' | 'dense' }): number {
    const { arena, memory, room, thread } = this;
    const { x, y } = step;
    const [kernel, bias] = memory.parametersOf(step);
    const chunk = memory.chunkOf(step);
    const dense = layer.kind === 'dense';
    const lists = readsLists(step);
    const gradient = memory.gradientOf(y);
    const inputs = inputsOf(step);
    const outputs = this.offsets(chunk, y.geometry, [1, 1], y.geometry);
    return placed(arena, 'Product', {
      x: memory.valuesOf(x).padded(arena, thread),
      y: memory.valuesOf(y).view(arena, thread),
      places: this.offsets(chunk, y.geometry, dense ? [1, 1] : layer.strides, x.geometry),
      outputs,
      slopes: outputs,
      pixels: y.geometry.places,
      runs: dense ? 1 : layer.window[0],
      length: dense ? inputs : inputs / layer.window[0],
      step: x.geometry.row,
      outs: y.geometry.lanes,
      weights: kernel?.values ?? 0,
      stride: FLOAT * strideOf(lists ? y.geometry.lanes : inputs),
      packed: memory.parameters.packedOf(step),
      bias: memory.parameters.biasOf(step),
      floor: layer.rectified ? 0 : -Infinity,
      edge: room.edge,
      dy: gradient.view(arena, thread),
      dx: this.learnsBefore(step) ? memory.gradientOf(x).padded(arena, thread) : 0,
      // what learns at once needs no more room than it works on at a time
      gradient: dense ? arena.reserve(FLOAT * 48) : this.gradientFor(kernel),
      biasGradient: bias ? this.gradientFor(bias) : arena.reserve(FLOAT * y.geometry.lanes),
      byPlace: room.byPlace,
      placeEnds: room.placeEnds,
      byOutput: room.byOutput,
      outputCounts: room.outputCounts,
      capacity: memory.listedPlaces(step) + 1,
      taps: dense || x.geometry.lanes % 4 === 0 ? 0 : this.taps(layer.window, x.geometry),
      atOnce: Number(learnsAtOnce(step)),
      parameter: (kernel && this.parameters.get(kernel)) ?? 0,
      adds: Number(step.adds),
      channels: x.geometry.lanes,
    });
  }

  /** For each place of each sample of a chunk, how many bytes from the start it lies. */
  private offsets(
    chunk: number,
    { height, width }: Geometry,
    [down, across]: readonly [number, number],
    { sample, row, lanes }: Geometry,
  ): number {
    const offsets = new Int32Array(chunk * height * width);
    let at = 0;
    for (let each = 0; each < chunk; each++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          offsets[at++] = each * sample + y * down * row + x * across * lanes * FLOAT;
    return this.arena.place(offsets);
  }

  /** For each input of a window, how many bytes from the window's first it lies. */
  private taps([height, width]: readonly [number, number], { row, lanes }: Geometry): number {
    const length = width * lanes;
    const offset = (_: unknown, input: number) => Math.floor(input / length) * row + (input % length) * FLOAT;
    return this.arena.place(Int32Array.from({ length: height * length }, offset));
  }

  private elements(step: Step, name: FunctionName, amount: number): number {
    const { arena, memory, thread } = this;
    const { x, y } = step;
    const { geometry } = y;
    const to = memory.valuesOf(y).view(arena, thread);
    return placed(arena, 'Elements', {
      x: x.geometry === geometry && x !== y ? memory.valuesOf(x).view(arena, thread) : to,
      y: to,
      dy: memory.gradientOf(y).view(arena, thread),
      rows: geometry.height,
      width: geometry.width * geometry.lanes * FLOAT,
      kind: FUNCTIONS[name],
      amount,
      salt: this.steps.indexOf(step) + 1,
    });
  }

  private pooling(step: Step, layer: ChainLayer & { kind: 'pooling' }): number {
    const { arena, memory, thread } = this;
    const { x, y } = step;
    const { height, width } = x.geometry;
    const [windowHeight, windowWidth] = layer.window ?? [height, width];
    const { top, left } = paddingOf(layer, x.geometry);
    return placed(arena, 'Pooling', {
      x: memory.valuesOf(x).view(arena, thread),
      y: memory.valuesOf(y).view(arena, thread),
      dx: memory.gradientOf(x).view(arena, thread),
      dy: memory.gradientOf(y).view(arena, thread),
      chosen: memory.chosenOf(step)?.view(arena, thread) ?? memory.valuesOf(y).view(arena, thread),
      height,
      width,
      channels: x.geometry.lanes,
      outHeight: y.geometry.height,
      outWidth: y.geometry.width,
      windowHeight,
      windowWidth,
      strideDown: layer.strides[0],
      strideAcross: layer.strides[1],
      top,
      left,
      mean: Number(layer.mean),
      rectified: Number(step.rectified),
    });
  }

  /** What goes into most layers and comes out, for their instances. */
  private views({ x, y }: Step) {
    const { arena, memory, thread } = this;
    return {
      x: memory.valuesOf(x).view(arena, thread),
      y: memory.valuesOf(y).view(arena, thread),
      dx: memory.gradientOf(x).view(arena, thread),
      dy: memory.gradientOf(y).view(arena, thread),
    };
  }

  /** Where this thread adds up a parameter's gradient. */
  private gradientFor(parameter: Parameter | undefined): number {
    return parameter ? this.room.gradients + (this.memory.gradientPlaces.get(parameter) ?? 0) : 0;
  }

  private depthwise(step: Step, layer: ChainLayer & { kind: 'depthwise' }): number {
    const { arena, memory, thread } = this;
    const { x, y } = step;
    const [kernel, bias] = memory.parametersOf(step);
    return placed(arena, 'Depthwise', {
      ...this.views(step),
      x: memory.valuesOf(x).padded(arena, thread),
      dx: memory.gradientOf(x).padded(arena, thread),
      channels: x.geometry.lanes,
      outHeight: y.geometry.height,
      outWidth: y.geometry.width,
      windowHeight: layer.window[0],
      windowWidth: layer.window[1],
      strideDown: layer.strides[0],
      strideAcross: layer.strides[1],
      kernel: kernel?.values ?? 0,
      bias: memory.parameters.biasOf(step),
      kernelGradient: this.gradientFor(kernel),
      biasGradient: this.gradientFor(bias) || arena.reserve(FLOAT * x.geometry.lanes),
    });
  }

  private prelu(step: Step): number {
    const { height, width, lanes } = step.x.geometry;
    const [slopes] = this.memory.parametersOf(step);
    return placed(this.arena, 'Prelu', {
      ...this.views(step),
      rows: height,
      width: width * lanes * FLOAT,
      slopes: slopes?.values ?? 0,
      slopesGradient: this.gradientFor(slopes),
    });
  }

  private frame(step: Step, { padding }: ChainLayer & { kind: 'frame' }): number {
    const { arena, memory, thread } = this;
    const { height, width, lanes } = step.x.geometry;
    const { x, dx } = this.views(step);
    const { geometry } = step.y;
    const corner = padding.top * geometry.row + padding.left * lanes * FLOAT;
    return placed(arena, 'Frame', {
      x,
      whole: memory.valuesOf(step.y).padded(arena, thread),
      inside: memory.valuesOf(step.y).view(arena, thread, corner),
      dx,
      dy: memory.gradientOf(step.y).view(arena, thread, corner),
      rows: height,
      width: width * lanes * FLOAT,
      bytes: geometry.sample,
    });
  }

  private addition({ x, y, other = x }: Step): number {
    const { arena, memory, thread } = this;
    const { height, width, lanes } = y.geometry;
    const learns = other !== memory.flow.input;
    return placed(arena, 'Addition', {
      x: memory.valuesOf(x).view(arena, thread),
      other: memory.valuesOf(other).view(arena, thread),
      y: memory.valuesOf(y).view(arena, thread),
      dy: memory.gradientOf(y).view(arena, thread),
      dOther: learns ? memory.gradientOf(other).view(arena, thread) : 0,
      whole: learns ? memory.gradientOf(other).padded(arena, thread) : 0,
      rows: height,
      width: width * lanes * FLOAT,
      bytes: other.geometry.sample,
    });
  }

  private layerNormalization(step: Step, { epsilon }: ChainLayer & { kind: 'layerNormalization' }): number {
    const { height, width, channels, lanes } = step.x.geometry;
    const [gamma, beta] = this.memory.parametersOf(step);
    return placed(this.arena, 'LayerNormalization', {
      ...this.views(step),
      rows: height,
      columns: width,
      channels,
      lanes,
      epsilon,
      gamma: gamma?.values ?? 0,
      beta: beta?.values ?? 0,
      gammaGradient: this.gradientFor(gamma),
      betaGradient: this.gradientFor(beta),
    });
  }

  private normalization(
    step: Step,
    layer: ChainLayer & { kind: 'normalization' },
    backward: boolean,
  ): number {
    const { arena, memory, thread } = this;
    const { x, y } = step;
    const { lanes, height, width } = y.geometry;
    const [gamma, beta, movingMean, movingVariance] = memory.parametersOf(step).map(({ values }) => values);
    const [gammaGradient = 0, betaGradient = 0] = memory
      .parametersOf(step)
      .map((parameter) => this.gradientFor(parameter));
    const mean = this.statistics.get(step) ?? arena.reserve(2 * FLOAT * lanes);
    this.statistics.set(step, mean);
    return placed(arena, 'Normalization', {
      x: memory.valuesOf(x).view(arena, thread),
      y: memory.valuesOf(y).view(arena, thread),
      dy: memory.gradientOf(y).view(arena, thread),
      dx: this.learnsBefore(step) ? memory.gradientOf(x).view(arena, thread) : 0,
      rows: height,
      columns: width,
      channels: lanes,
      epsilon: layer.epsilon,
      momentum: layer.momentum,
      gamma: gamma ?? 0,
      beta: beta ?? 0,
      movingMean: movingMean ?? 0,
      movingVariance: movingVariance ?? 0,
      sums: memory.sumsOf(step, backward),
      apart: sumBytes(step),
      mean,
      inverse: mean + FLOAT * lanes,
      gammaGradient,
      betaGradient,
    });
  }

  /** The statistics of a batch, which the backward pass takes from the forward one. */
  private readonly statistics = new Map<Step, number>();

  private loss(): number {
    const { arena, memory, room, thread } = this;
    const last = this.steps.at(-1) as Step;
    const { loss, labelSmoothing } = memory.options;
    return placed(arena, 'Loss', {
      z: memory.valuesOf(last.y).view(arena, thread),
      dz: memory.gradientOf(last.y).view(arena, thread),
      allowed: memory.allowed.view(arena, thread),
      weights: memory.weights,
      classes: memory.chain.classes,
      kind: LOSS_KINDS[loss],
      smoothing: labelSmoothing,
      result: room.result,
      slopes: room.slopes,
    });
  }
}
