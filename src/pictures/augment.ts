import { grayAt } from './grayAt';

/** How strongly pictures are varied. Lengths are of a picture 28 pixels wide, and grow with it. */
export interface Augmentation {
  /** Standard deviation, pixels. */
  readonly shift: number;
  /** Standard deviation, degrees. */
  readonly rotation: number;
  /** Standard deviation of the size's natural logarithm. */
  readonly scale: number;
  /** Standard deviation of the lean, x by y. */
  readonly shear: number;
  /** Standard deviation of a smooth displacement, pixels. */
  readonly elastic: number;
  /** Probability that a rectangle is erased. */
  readonly erase: number;
}

/** A picture's width that lengths are told for. */
const USUAL_WIDTH = 28;

/** An augmentation whose every part is a share of another one's. */
export function weakened(augmentation: Augmentation, share: number): Augmentation {
  const { shift, rotation, scale, shear, elastic, erase } = augmentation;
  return {
    shift: share * shift,
    rotation: share * rotation,
    scale: share * scale,
    shear: share * shear,
    elastic: share * elastic,
    erase: share * erase,
  };
}

/** Nodes of the elastic field along each side. */
const NODES = 4;

/**
 * Writes a varied copy of one picture: an affine map and an elastic field (Simard et al. 2003), read bilinearly, of
 * which a rectangle may be erased (Zhong et al. 2020).
 *
 * @param source height x width gray values from `from` on
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
  const zoom = width / USUAL_WIDTH;
  const { rotation, scale, shear } = augmentation;
  const shift = augmentation.shift * zoom;
  const elastic = augmentation.elastic * zoom;
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
      target[to + row * width + column] = grayAt(source, from, x, y, height, width) / 255;
    }
  }
  if (augmentation.erase > 0 && random() < augmentation.erase) erase(target, to, { height, width }, random);
}

/** Least and most of a picture that a rectangle takes, and of its height by its width. */
const ERASED_AREA = [0.02, 0.2] as const;
const ERASED_ASPECT = [1 / 3, 3] as const;

/** Makes a random rectangle background. */
function erase(
  target: Float32Array,
  to: number,
  { height, width }: { height: number; width: number },
  random: () => number,
): void {
  const between = ([least, most]: readonly [number, number]) => least * (most / least) ** random();
  const area = between(ERASED_AREA) * height * width;
  const aspect = between(ERASED_ASPECT);
  const rows = Math.min(height, Math.max(1, Math.round(Math.sqrt(area * aspect))));
  const columns = Math.min(width, Math.max(1, Math.round(Math.sqrt(area / aspect))));
  const top = Math.floor(random() * (height - rows + 1));
  const left = Math.floor(random() * (width - columns + 1));
  for (let row = top; row < top + rows; row++) {
    target.fill(0, to + row * width + left, to + row * width + left + columns);
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
