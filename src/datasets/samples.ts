import type { Ink } from '../ink/ink';
import type { Guide } from '../ink/lines/guide';

/** Labeled pictures in memory. */
export interface ImageSamples {
  readonly kind: 'images';
  readonly height: number;
  readonly width: number;
  /** Gray values 0 (background) to 255 (ink): count x height x width. */
  readonly pixels: Uint8Array;
  /** Index into the dataset's classes, one a sample. */
  readonly labels: Uint16Array;
}

/** Labeled ink in memory. */
export interface InkSamples {
  readonly kind: 'ink';
  readonly inks: readonly Ink[];
  /** Width of the pen in each ink's unit, where it is known. */
  readonly penWidths: readonly (number | undefined)[];
  /** The lines that each was written on, where any says it. */
  readonly guides?: readonly (Guide | undefined)[] | undefined;
  /** Index into the dataset's classes, one a sample. */
  readonly labels: Uint16Array;
  /** Who wrote each sample, where it is known. */
  readonly writers: readonly (string | undefined)[];
}

export type Samples = ImageSamples | InkSamples;

export function sampleCount(samples: Samples): number {
  return samples.labels.length;
}

/** Who wrote each sample, where it is known; empty of pictures, which do not say. */
export function writersOf(samples: Samples): readonly (string | undefined)[] {
  return samples.kind === 'ink' ? samples.writers : [];
}
