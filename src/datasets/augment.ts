/** How strongly pictures are varied; each figure is the standard deviation of its random part. */
export interface Augmentation {
  /** Pixels. */
  readonly shift: number;
  /** Degrees. */
  readonly rotation: number;
  /** Of the size, as a natural logarithm. */
  readonly scale: number;
  /** Of x by y, as a fraction. */
  readonly shear: number;
  /** Smooth displacement, pixels. */
  readonly elastic: number;
}

/** Pictures as they are. */
export const NO_AUGMENTATION: Augmentation = { shift: 0, rotation: 0, scale: 0, shear: 0, elastic: 0 };

/** So little that no character becomes another one. */
export const GENTLE_AUGMENTATION: Augmentation = {
  shift: 0.7,
  rotation: 5,
  scale: 0.06,
  shear: 0.09,
  elastic: 0.5,
};

/** An augmentation whose every part is a share of another one's. */
export function weakened(augmentation: Augmentation, share: number): Augmentation {
  const { shift, rotation, scale, shear, elastic } = augmentation;
  return {
    shift: share * shift,
    rotation: share * rotation,
    scale: share * scale,
    shear: share * shear,
    elastic: share * elastic,
  };
}

/** Nodes of the elastic field along each side. */
const NODES = 4;

/**
 * Writes a varied copy of one picture: an affine map and an elastic field (Simard et al. 2003), read bilinearly.
 *
 * @param source height x width grey values from `from` on
 * @param target gets the copy, as fractions 0 to 1, from `to` on
 * @param random gives uniform numbers in [0, 1)
 */
export function augmentPicture(
  source: Uint8Array,
  from: number,
  target: Float32Array,
  to: number,
  { height, width }: { height: number; width: number },
  augmentation: Augmentation,
  random: () => number,
): void {
  const { rotation, scale, shear, shift, elastic } = augmentation;
  // the sum of four uniform numbers is near enough to a normal one, and cannot be extreme
  const vary = (deviation: number) => deviation * 1.732 * (random() + random() + random() + random() - 2);
  const angle = (vary(rotation) * Math.PI) / 180;
  const lean = vary(shear);
  const zoomX = Math.exp(vary(scale));
  const zoomY = Math.exp(vary(scale));
  const shiftX = vary(shift);
  const shiftY = vary(shift);
  const nodes = Float32Array.from({ length: elastic > 0 ? 2 * NODES * NODES : 0 }, () => vary(elastic));
  const a = Math.cos(angle) * zoomX;
  const b = -Math.sin(angle) * zoomY + lean;
  const c = Math.sin(angle) * zoomX;
  const d = Math.cos(angle) * zoomY;
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  const nodesPerPixelX = (NODES - 1) / width;
  const nodesPerPixelY = (NODES - 1) / height;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let x = a * (column - middleX) + b * (row - middleY) + middleX + shiftX;
      let y = c * (column - middleX) + d * (row - middleY) + middleY + shiftY;
      if (elastic > 0) {
        x += fieldAt(nodes, 0, column * nodesPerPixelX, row * nodesPerPixelY);
        y += fieldAt(nodes, 1, column * nodesPerPixelX, row * nodesPerPixelY);
      }
      target[to + row * width + column] = greyAt(source, from, x, y, height, width) / 255;
    }
  }
}

function fieldAt(nodes: Float32Array, axis: number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const index = 2 * (row * NODES + column) + axis;
  const fx = x - column;
  const fy = y - row;
  const above = (nodes[index] as number) * (1 - fx) + (nodes[index + 2] as number) * fx;
  const below =
    (nodes[index + 2 * NODES] as number) * (1 - fx) + (nodes[index + 2 * NODES + 2] as number) * fx;
  return above * (1 - fy) + below * fy;
}

function greyAt(
  source: Uint8Array,
  from: number,
  x: number,
  y: number,
  height: number,
  width: number,
): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) return 0;
  const index = from + row * width + column;
  const fx = x - column;
  const fy = y - row;
  const above = (source[index] as number) * (1 - fx) + (source[index + 1] as number) * fx;
  const below = (source[index + width] as number) * (1 - fx) + (source[index + width + 1] as number) * fx;
  return above * (1 - fy) + below * fy;
}
