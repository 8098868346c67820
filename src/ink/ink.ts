/**
 * A sampled pen position: x and y in any unit, y down; t in milliseconds from any origin; pressure 0 to 1.
 */
export type Point = readonly [x: number, y: number, t?: number | undefined, pressure?: number | undefined];

/** The points from pen-down to pen-up, in the order they were drawn. */
export type Stroke = readonly Point[];

/** The strokes of one character, in the order they were drawn. */
export type Ink = readonly Stroke[];
