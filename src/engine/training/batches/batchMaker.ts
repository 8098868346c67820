import { augmentPicture } from '../../../pictures/augment';
import { PictureReader } from '../../../datasets/store/pictureReader';
import { Random } from '../../../base/random';
import type { StoredSplit } from '../../../datasets/store/storedSplit';
import { distort, type Distortion } from '../../../ink/distort';
import { rasterize } from '../../../ink/rasterize';
import { scalePictures } from '../../../ink/scalePicture';
import type { AugmentationSettings } from '../../../runs/runSettings';
import { sharedInk, type SharedSamples } from './sharedSamples';

/** Side of the box that ink is drawn into, in the pixels that an augmentation is told in. */
const INK_BOX = 24;

/** What batches are made of. It is plain data, for threads to get. */
export interface BatchSource {
  readonly samples: SharedSamples;
  /** Height and width of the network's input. */
  readonly side: number;
  readonly augmentation: AugmentationSettings;
  readonly seed: number;
}

/** Which batch is wanted. */
export interface BatchRequest {
  /** Of the samples. */
  readonly indices: Uint32Array;
  /** What makes its random variation unlike any other batch's; without it the samples stay as they are. */
  readonly variation?: { readonly epoch: number; readonly batch: number } | undefined;
}

/** Makes a network's input of samples. A batch depends on its request alone, not on what was made before it. */
export class BatchMaker {
  private readonly varies: boolean;
  private reader: PictureReader | undefined;

  constructor(private readonly source: BatchSource) {
    const { strokeWidth, ...ofPictures } = source.augmentation;
    const ofInk = source.samples.kind === 'ink' ? strokeWidth : 0;
    this.varies = ofInk > 0 || Object.values(ofPictures).some((strength) => strength > 0);
  }

  /**
   * @returns [indices, side, side, 1], 0 background to 1 ink
   * @throws InkError where a drawing is empty or not finite; DatasetError where a file is damaged
   */
  make({ indices, variation }: BatchRequest): Float32Array {
    const { samples, seed } = this.source;
    const random =
      variation && this.varies ? Random.of(seed, variation.epoch, variation.batch).next : undefined;
    if (samples.kind === 'ink') return this.makeOfInk(samples, indices, random);
    const { height, width } = samples.kind === 'stored' ? samples.split : samples;
    const { side } = this.source;
    const pictures = scalePictures(
      samples.kind === 'stored' ? this.read(samples.split, indices) : pick(samples, indices),
      indices.length,
      { height, width },
      { height: side, width: side },
    );
    return this.makeOfPictures(pictures, random);
  }

  private read(split: StoredSplit, indices: Uint32Array): Uint8Array {
    this.reader ??= new PictureReader(split);
    return this.reader.read(indices);
  }

  /** Lets go of the files. */
  dispose(): void {
    this.reader?.close();
    this.reader = undefined;
  }

  private makeOfPictures(pictures: Uint8Array, random: (() => number) | undefined): Float32Array {
    const { side, augmentation } = this.source;
    if (!random) return fractions(pictures);
    const size = { height: side, width: side };
    const batch = new Float32Array(pictures.length);
    for (let at = 0; at < pictures.length; at += side * side) {
      augmentPicture(pictures, at, batch, at, size, augmentation, random);
    }
    return batch;
  }

  /** Ink is bent as ink, and drawn; what would move or cut its picture is done to that. */
  private makeOfInk(
    samples: SharedSamples & { kind: 'ink' },
    indices: Uint32Array,
    random: (() => number) | undefined,
  ): Float32Array {
    const { side, augmentation } = this.source;
    const pictures = new Uint8Array(indices.length * side * side);
    const distortion = distortionOf(augmentation);
    indices.forEach((index, i) => {
      const ink = sharedInk(samples, index);
      const penWidth = samples.penWidths[index];
      const drawn = random
        ? rasterize(distort(ink, distortion, random), {
            penWidth,
            side,
            boldness: boldness(augmentation, random),
          })
        : rasterize(ink, { penWidth, side });
      pictures.set(drawn, i * side * side);
    });
    const { shift, scale, erase } = augmentation;
    const ofPicture = { shift, scale, erase, rotation: 0, shear: 0, elastic: 0 };
    if (!random || shift + scale + erase === 0) return fractions(pictures);
    const batch = new Float32Array(pictures.length);
    for (let at = 0; at < pictures.length; at += side * side) {
      augmentPicture(pictures, at, batch, at, { height: side, width: side }, ofPicture, random);
    }
    return batch;
  }
}

function pick(
  { pixels, height, width }: SharedSamples & { kind: 'images' },
  indices: Uint32Array,
): Uint8Array {
  const size = height * width;
  const chosen = new Uint8Array(indices.length * size);
  indices.forEach((index, i) => {
    chosen.set(pixels.subarray(index * size, (index + 1) * size), i * size);
  });
  return chosen;
}

const STEPS = Float32Array.from({ length: 256 }, (_, gray) => gray / 255);

function fractions(pixels: Uint8Array): Float32Array {
  const result = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) result[i] = STEPS[pixels[i] as number] as number;
  return result;
}

/** An augmentation of pictures as a distortion of ink, whose lengths are shares of its extent. */
function distortionOf({ shear, rotation, scale, elastic }: AugmentationSettings): Distortion {
  return {
    slant: shear,
    rotation,
    aspect: scale,
    strokeShift: elastic / INK_BOX / 2,
    elastic: elastic / INK_BOX,
  };
}

function boldness({ strokeWidth }: AugmentationSettings, random: () => number): number {
  // the sum of four uniform numbers is near enough to a normal one, and cannot be extreme
  return Math.exp(strokeWidth * 1.732 * (random() + random() + random() + random() - 2));
}
