import type { Frames } from '../../../../src/engine/recognition/lines/frames';

/** Every path through few frames: its text and the logarithm of its probability. */
export function* allPaths({ count, characters, logProbabilities }: Frames): Iterable<Path> {
  const width = characters.length + 1;
  const total = width ** count;
  for (let number = 0; number < total; number++) {
    const classes = Array.from({ length: count }, (_, frame) => Math.floor(number / width ** frame) % width);
    const score = classes.reduce(
      (sum, each, frame) => sum + (logProbabilities[frame * width + each] ?? 0),
      0,
    );
    const read = classes.filter((each, frame) => each < width - 1 && each !== classes[frame - 1]);
    yield { classes, read, text: read.map((each) => characters[each] ?? '').join(''), score };
  }
}

export interface Path {
  readonly classes: readonly number[];
  readonly read: readonly number[];
  readonly text: string;
  readonly score: number;
}
