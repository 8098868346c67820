import { PAGE_SIZE } from '../../src/protocol/pages/browse';
import type { PicturePage } from './pages';

/** Pictures in a row of an atlas. */
const ACROSS = Math.sqrt(PAGE_SIZE);

/** The pictures of a page in one canvas, in the theme's ink: gray values become opacity. */
export class Atlas {
  private readonly canvas: OffscreenCanvas;

  constructor(
    { pixels }: PicturePage,
    private readonly width: number,
    private readonly height: number,
    ink: string,
  ) {
    this.canvas = new OffscreenCanvas(ACROSS * width, ACROSS * height);
    const image = new ImageData(this.canvas.width, this.canvas.height);
    fill(image, pixels, width, height, ink);
    this.canvas.getContext('2d')?.putImageData(image, 0, 0);
  }

  /** Draws one picture of the page. */
  draw(
    context: CanvasRenderingContext2D,
    at: number,
    x: number,
    y: number,
    to: { readonly width: number; readonly height: number },
  ): void {
    const left = (at % ACROSS) * this.width;
    const top = Math.floor(at / ACROSS) * this.height;
    context.drawImage(this.canvas, left, top, this.width, this.height, x, y, to.width, to.height);
  }
}

function fill(image: ImageData, pixels: Uint8Array, width: number, height: number, ink: string): void {
  const color = packed(ink);
  const words = new Uint32Array(image.data.buffer);
  const stride = image.width;
  let from = 0;
  for (let at = 0; from < pixels.length; at++) {
    const corner = Math.floor(at / ACROSS) * height * stride + (at % ACROSS) * width;
    for (let row = 0; row < height; row++) {
      const start = corner + row * stride;
      for (let column = 0; column < width; column++) {
        words[start + column] = color | ((pixels[from++] ?? 0) << 24);
      }
    }
  }
}

/** A color as the least bytes of a pixel in memory, without its opacity. */
function packed(color: string): number {
  const [red = 0, green = 0, blue = 0] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return red | (green << 8) | (blue << 16);
}
