import type { Random } from '../../src/base/random';
import type { Ink, Stroke } from '../../src/ink/ink';
import { boundsOf } from '../../src/ink/rasterize';

/** Strokes of a mark in a square of side 1, y down. */
type Shape = readonly (readonly (readonly [x: number, y: number])[])[];

const arc = (from: number, to: number, radius = 0.4): (readonly [number, number])[] =>
  Array.from({ length: 13 }, (_, index) => {
    const angle = (Math.PI * (from + ((to - from) * index) / 12)) / 180;
    return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)] as const;
  });

/** How each of Unicode's combining marks is drawn, and whether it hangs below its letter. */
const MARKS: Readonly<Record<string, { readonly shapes: readonly Shape[]; readonly isBelow?: true }>> = {
  '\u0300': {
    shapes: [
      [
        [
          [0.2, 0.1],
          [0.75, 0.9],
        ],
      ],
    ],
  },
  '\u0301': {
    shapes: [
      [
        [
          [0.75, 0.1],
          [0.2, 0.9],
        ],
      ],
      [
        [
          [0.2, 0.9],
          [0.75, 0.1],
        ],
      ],
    ],
  },
  '\u0302': {
    shapes: [
      [
        [
          [0.05, 0.85],
          [0.5, 0.15],
          [0.95, 0.85],
        ],
      ],
    ],
  },
  '\u0303': {
    shapes: [
      [
        [
          [0, 0.65],
          [0.12, 0.4],
          [0.28, 0.3],
          [0.5, 0.5],
          [0.72, 0.7],
          [0.88, 0.6],
          [1, 0.35],
        ],
      ],
    ],
  },
  '\u0304': {
    shapes: [
      [
        [
          [0, 0.5],
          [1, 0.5],
        ],
      ],
    ],
  },
  '\u0306': { shapes: [[arc(160, 20)]] },
  '\u0307': {
    shapes: [
      [[[0.5, 0.6]]],
      [
        [
          [0.45, 0.5],
          [0.55, 0.65],
        ],
      ],
    ],
  },
  '\u0308': {
    shapes: [
      [[[0.15, 0.5]], [[0.85, 0.5]]],
      [
        [
          [0.15, 0.3],
          [0.15, 0.75],
        ],
        [
          [0.85, 0.3],
          [0.85, 0.75],
        ],
      ],
      [
        arc(0, 360, 0.1).map(([x, y]) => [x - 0.35, y] as const),
        arc(0, 360, 0.1).map(([x, y]) => [x + 0.35, y] as const),
      ],
    ],
  },
  '\u030a': { shapes: [[arc(-90, 270, 0.35)]] },
  '\u030b': {
    shapes: [
      [
        [
          [0.4, 0.1],
          [0.1, 0.9],
        ],
        [
          [0.95, 0.1],
          [0.6, 0.9],
        ],
      ],
    ],
  },
  '\u030c': {
    shapes: [
      [
        [
          [0.05, 0.15],
          [0.5, 0.85],
          [0.95, 0.15],
        ],
      ],
    ],
  },
  '\u0327': {
    shapes: [
      [
        [
          [0.5, 0],
          [0.45, 0.25],
          [0.7, 0.45],
          [0.65, 0.8],
          [0.3, 0.9],
        ],
      ],
      [
        [
          [0.55, 0],
          [0.3, 0.9],
        ],
      ],
    ],
    isBelow: true,
  },
  '\u0328': {
    shapes: [
      [
        [
          [0.75, 0],
          [0.5, 0.4],
          [0.55, 0.85],
          [0.9, 0.9],
        ],
      ],
    ],
    isBelow: true,
  },
};

/** A letter and the combining mark that it is written with; undefined for what is no letter with one mark. */
export function letterAndMark(text: string): { letter: string; mark: string } | undefined {
  const [letter = '', mark = '', ...more] = text.normalize('NFD');
  return more.length === 0 && /^[A-Za-z]$/.test(letter) && mark in MARKS ? { letter, mark } : undefined;
}

/** Sets a mark over or under a letter, as large and as far as hands do it. */
export function withMark(letter: Ink, mark: string, random: Random): Ink {
  const form = MARKS[mark];
  const shape = form?.shapes[random.integer(form.shapes.length)];
  if (!form || !shape) return letter;
  const base = mark === '\u0327' || mark === '\u0328' ? letter : withoutDot(letter);
  const { left, top, right, bottom } = boundsOf(base);
  const between = (least: number, most: number) => least + (most - least) * random.next();
  const extent = Math.max(right - left, bottom - top);
  const width = extent * between(0.25, 0.55);
  const height = extent * (mark === '\u0303' || mark === '\u0308' ? between(0.12, 0.3) : between(0.18, 0.4));
  const gap = extent * between(0.06, 0.3);
  const middle = (left + right) / 2 + extent * between(-0.12, 0.18) - width / 2;
  const from = form.isBelow ? bottom - extent * between(0, 0.08) : top - gap - height;
  const place = ([x, y]: readonly [number, number]) => [middle + x * width, from + y * height] as const;
  return [...base, ...shape.map((stroke): Stroke => stroke.map(place))];
}

/** An i or j without its dot: the stroke that ends where the others begin. */
function withoutDot(ink: Ink): Ink {
  if (ink.length < 2) return ink;
  const body = ink.filter((stroke) => {
    const others = ink.filter((each) => each !== stroke);
    return boundsOf([stroke]).bottom > boundsOf(others).top;
  });
  return body.length > 0 ? body : ink;
}
