import type { ShownLayer, ShownNetwork } from '../../src/protocol/pages/designer';
import { shapeInWords } from './words';

/** What one stage of a network gives, as a stack of planes or a bar; all sizes are pixels of the picture. */
export interface Block {
  /** The layer that gives it; undefined for the input and for the last layer, which are not in the file. */
  readonly layer: number | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Planes that are drawn, each a step right and down of the one before; a list is one. */
  readonly planes: number;
  /** `6 of 28x28`, or `120`. */
  readonly size: string;
  /** Names of the layers that made it. */
  readonly names: readonly string[];
}

export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly Block[];
}

/** The height of the largest plane. */
const TALLEST = 96;
/** The height of the bar of a list of ten, and what a tenfold list adds. */
const BAR_OF_TEN = 32;
const BAR_STEP = 32;
const BAR_WIDTH = 8;
/** Between a plane and the next one of a stack. */
export const PLANE_STEP = 4;
const MOST_PLANES = 10;
const SMALLEST = 4;
const GAP = 26;
const MARGIN = 12;
const LINE = 14;
const LETTER = 6.4;

interface Stage {
  layer: number | undefined;
  shape: readonly number[];
  names: string[];
}

/**
 * Lays a network out from left to right: height and width of the planes are to one scale, their number and the length
 * of lists grow with the logarithm.
 *
 * @param nameOf the name of a layer
 */
export function layOut(network: ShownNetwork, nameOf: (layer: ShownLayer) => string): PictureLayout {
  const stages = stagesOf(network, nameOf);
  const largest = Math.max(
    ...stages.map(({ shape }) => (shape.length === 3 ? Math.max(shape[0] ?? 1, shape[1] ?? 1) : 1)),
  );
  const sizes = stages.map(({ shape }) => sizeOf(shape, TALLEST / largest));
  const tallest = Math.max(...sizes.map(({ height, planes }) => height + (planes - 1) * PLANE_STEP));
  const top = MARGIN + LINE;
  let x = MARGIN;
  const blocks = stages.map(({ layer, shape, names }, index) => {
    const { width, height, planes } = sizes[index] ?? { width: 0, height: 0, planes: 1 };
    const size = describe(shape);
    const drawn = width + (planes - 1) * PLANE_STEP;
    const slot = Math.max(drawn, LETTER * Math.max(size.length, ...names.map((name) => name.length)));
    const left = x + (slot - drawn) / 2;
    const y = top + (tallest - height - (planes - 1) * PLANE_STEP) / 2;
    x += slot + GAP;
    return { layer, x: left, y, width, height, planes, size, names };
  });
  const lines = Math.max(...stages.map(({ names }) => names.length));
  return { width: x - GAP + MARGIN, height: top + tallest + LINE * (lines + 0.5) + MARGIN, blocks };
}

/** A stage for the input and for each layer that changes it; layers that only pass values on share the stage before. */
function stagesOf(network: ShownNetwork, nameOf: (layer: ShownLayer) => string): Stage[] {
  const stages: Stage[] = [{ layer: undefined, shape: network.input, names: ['Input'] }];
  network.layers.forEach((layer, index) => {
    const last = stages.at(-1);
    if (!layer.output || !last) return;
    const passesOn = layer.weights === 0 && layer.output.join() === last.shape.join();
    if (passesOn && last.layer !== undefined) last.names.push(nameOf(layer));
    else stages.push({ layer: index, shape: layer.output, names: [nameOf(layer)] });
  });
  if (network.last) stages.push({ layer: undefined, shape: [network.last.classes], names: ['Classes'] });
  return stages;
}

function sizeOf(shape: readonly number[], scale: number) {
  const [height = 1, width = 1, channels] = shape;
  if (channels === undefined) {
    const units = shape.reduce((product, size) => product * size, 1);
    const bar = BAR_OF_TEN + BAR_STEP * (Math.log10(units) - 1);
    return { width: BAR_WIDTH, height: Math.max(SMALLEST, bar), planes: 1 };
  }
  return {
    width: Math.max(SMALLEST, width * scale),
    height: Math.max(SMALLEST, height * scale),
    planes: Math.min(MOST_PLANES, 1 + Math.round(1.5 * Math.log2(channels))),
  };
}

function describe(shape: readonly number[]): string {
  const [height, width, channels] = shape;
  return channels === undefined
    ? shapeInWords(shape)
    : `${channels} of ${shapeInWords([height ?? 0, width ?? 0])}`;
}
