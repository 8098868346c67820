/** A picture in memory, in the screen's own pixels: with many small marks it is far quicker than a canvas. */
export class Pixels {
  readonly words: Uint32Array;
  private readonly image: ImageData;
  private readonly ground: number;

  constructor(
    readonly width: number,
    readonly height: number,
    ground: string,
  ) {
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
    this.ground = wordOf(ground);
  }

  clear(): void {
    this.words.fill(this.ground);
  }

  drawTo(context: CanvasRenderingContext2D): void {
    context.putImageData(this.image, 0, 0);
  }
}

/** A small picture that is laid over others many times. */
export class Mark {
  /** Its pixels that are not clear: where they are from its left top corner, and what they are. */
  private readonly columns: Uint8Array;
  private readonly rows: Uint8Array;
  private readonly words: Uint32Array;

  constructor({ data, width }: ImageData) {
    const words = new Uint32Array(data.buffer);
    const seen = [...words.keys()].filter((at) => (words[at] ?? 0) >>> 24 > 0);
    this.columns = Uint8Array.from(seen, (at) => at % width);
    this.rows = Uint8Array.from(seen, (at) => Math.floor(at / width));
    this.words = Uint32Array.from(seen, (at) => words[at] ?? 0);
  }

  /** Lays it over a picture; what is outside is cut off. */
  drawTo({ words, width, height }: Pixels, left: number, top: number): void {
    for (let at = 0; at < this.words.length; at++) {
      const [column, row] = [left + (this.columns[at] ?? 0), top + (this.rows[at] ?? 0)];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const to = row * width + column;
      words[to] = over(this.words[at] ?? 0, words[to] ?? 0);
    }
  }
}

/** A color laid over another, which is not transparent. */
function over(color: number, under: number): number {
  const opacity = color >>> 24;
  if (opacity === 255) return color;
  const mix = (shift: number) => {
    const [above, below] = [(color >>> shift) & 255, (under >>> shift) & 255];
    return (below + ((above - below) * opacity) / 255) << shift;
  };
  return (mix(0) & 0xff) | (mix(8) & 0xff00) | (mix(16) & 0xff0000) | 0xff000000;
}

/** A CSS color as a pixel in memory. */
function wordOf(color: string): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return 0;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
}
