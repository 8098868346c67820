import { fromFloat16, toFloat16 } from '../models/float16';

/**
 * The probabilities of a model's outputs for some samples, kept as natural logarithms in half precision: two bytes hold
 * a share of 1e-30 as well as one near 1, so that any alphabet can be judged from them later. A probability is kept to
 * about a thousandth of its logarithm.
 */
export class Predictions {
  /** @param logs [count, width] half-precision bits */
  constructor(
    readonly width: number,
    readonly logs: Uint16Array,
  ) {}

  static empty(count: number, width: number): Predictions {
    return new Predictions(width, new Uint16Array(count * width));
  }

  get count(): number {
    return this.logs.length / this.width;
  }

  /** Keeps the probabilities of samples that follow each other, from a row on. */
  write(row: number, probabilities: Float32Array): void {
    // rounding may leave a sure one a hair above 1
    this.logs.set(toFloat16(probabilities.map((p) => Math.min(0, Math.log(p)))), row * this.width);
  }

  /** Reads the probabilities of one sample. */
  read(row: number, into: Float32Array): void {
    const start = row * this.width;
    const shares = probabilityTable();
    for (let output = 0; output < this.width; output++) {
      into[output] = shares[this.logs[start + output] ?? 0] ?? 0;
    }
  }

  /** Whether every number is the logarithm of a probability. */
  get sound(): boolean {
    return this.logs.every((bits) => bits === 0 || (bits >= 0x8000 && bits <= 0xfc00));
  }
}

let table: Float32Array | undefined;

/** The probability for every half-precision logarithm. */
function probabilityTable(): Float32Array {
  table ??= fromFloat16(Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits)).map(Math.exp);
  return table;
}
