import {
  paddingOf,
  NO_PADDING,
  shapeBehind,
  type Chain,
  type ChainLayer,
  type Padding,
  type Shape,
} from './chain';
import { Geometry } from './values';

/** Values between two layers, and their gradient. */
export interface Slot {
  readonly geometry: Geometry;
  /** Whether they, and their gradient, are kept for a chunk of samples only. */
  local: boolean;
  localGradient: boolean;
  /** The slot whose gradient is this one's too: what lies between changes it where it is. */
  readonly sharing?: Slot | undefined;
}

/** A layer with what it takes and gives. */
export interface Step {
  readonly layer: ChainLayer;
  /** Steps of one segment are done together, a chunk of samples after the other. */
  readonly segment: number;
  /** Its samples are lists of numbers, not pictures: all of a thread are done at once. */
  readonly list: boolean;
  readonly x: Slot;
  readonly y: Slot;
  /** What it adds to what it takes. */
  readonly other?: Slot | undefined;
  /** It is the first of a residual block: the gradient of what it takes has a part already. */
  readonly adds: boolean;
  /** What it takes comes from a rectifier: a maximum of zero takes no gradient. */
  readonly rectified: boolean;
  /** It is a product whose rectifier the maxima behind it see to. */
  readonly maskedBehind: boolean;
}

export interface Flow {
  readonly input: Slot;
  readonly steps: readonly Step[];
}

/** Lays the layers of a network one behind the other. */
export function makeFlow(chain: Chain): Flow {
  const input = slotOf(
    new Geometry(chain.input, paddingBehind(chain, -1, chain.input), chain.input.channels),
  );
  const steps: Step[] = [];
  /** What there is behind so many layers. */
  const behind: Slot[] = [input];
  const blocks = new Set(chain.layers.map((layer) => (layer.kind === 'add' ? layer.behind : undefined)));
  let [segment, list, shape, x, rectified] = [0, isList(chain.input), chain.input, input, false];
  for (const [index, layer] of chain.layers.entries()) {
    if (layer.kind === 'flatten') {
      segment++;
      list = true;
      behind.push(x);
      continue;
    }
    if (layer.kind === 'normalization') segment++;
    shape = shapeBehind(layer, shape);
    const y = slotBehind(layer, steps, x, new Geometry(shape, paddingBehind(chain, index, shape)));
    const next = chain.layers[index + 1];
    const maskedBehind = rectifies(layer) && isProduct(layer) && next?.kind === 'pooling' && !next.mean;
    const other = layer.kind === 'add' ? behind[layer.behind] : undefined;
    steps.push({ layer, segment, list, x, y, other, adds: blocks.has(index), rectified, maskedBehind });
    behind.push(y);
    rectified = rectifies(layer) || (rectified && layer.kind === 'dropout');
    x = y;
    if (layer.kind === 'normalization') segment++;
    if (layer.kind === 'pooling' && !list && layer.window === undefined) {
      segment++;
      list = true;
    }
  }
  decideLocal(steps);
  return { input, steps };
}

const isList = ({ height, width }: Shape) => height * width === 1;

function slotOf(geometry: Geometry, sharing?: Slot): Slot {
  return { geometry, local: false, localGradient: false, sharing };
}

export function isProduct(layer: ChainLayer): layer is ChainLayer & { kind: 'convolution' | 'dense' } {
  return layer.kind === 'convolution' || layer.kind === 'dense';
}

/** A convolution along a row of what a rectifier gave, of stride 1: it reads lists of what is not zero. */
export function readsLists({ layer, x, rectified }: Step): boolean {
  if (layer.kind !== 'convolution' || !rectified) return false;
  return x.geometry.height === 1 && layer.window[0] === 1 && layer.strides.every((stride) => stride === 1);
}

export function rectifies(layer: ChainLayer): boolean {
  return isProduct(layer) ? layer.rectified : layer.kind === 'activation' && layer.name === 'relu';
}

/** The zeros that a convolution behind a layer needs around what it takes. */
function paddingBehind(chain: Chain, index: number, shape: Shape): Padding {
  const next = chain.layers.slice(index + 1).find((layer) => !isInPlace(layer));
  return next?.kind === 'convolution' || next?.kind === 'depthwise' ? paddingOf(next, shape) : NO_PADDING;
}

/** Whether a layer may leave its values where it takes them. */
function isInPlace({ kind }: ChainLayer): boolean {
  return kind === 'activation' || kind === 'dropout' || kind === 'add';
}

/** Where a layer's values go: over what it takes, where that is not needed for the gradient. */
function slotBehind(layer: ChainLayer, steps: readonly Step[], x: Slot, geometry: Geometry): Slot {
  if (!isInPlace(layer)) return slotOf(geometry);
  const needed = steps.filter(
    ({ y, layer: each }) => y === x && (each.kind === 'activation' || rectifies(each)),
  );
  // what dropout makes of a rectifier's values still tells which were positive
  const free = layer.kind === 'dropout' ? needed.every((step) => rectifies(step.layer)) : needed.length === 0;
  return free ? x : slotOf(x.geometry, x.sharing ?? x);
}

/** What one segment makes and uses is kept for its chunk only. */
function decideLocal(steps: readonly Step[]): void {
  const root = (slot: Slot) => slot.sharing ?? slot;
  for (const [index, step] of steps.entries()) {
    const { y, segment, list, maskedBehind } = step;
    const touching = steps.filter(({ x, y: made, other }) =>
      [x, made, ...(other ? [other] : [])].some((slot) => root(slot) === root(y)),
    );
    const alone = !list && touching.every((each) => each.segment === segment);
    root(y).localGradient = alone && index < steps.length - 1;
    // of a convolution before maxima nobody needs the values afterwards
    y.local = alone && maskedBehind;
  }
}
