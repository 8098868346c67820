import { html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Picture } from '../../src/protocol/ink';
import { Part } from '../base/part';

/** What the network sees, pixel by pixel. */
@customElement('scrawl-network-picture')
export class NetworkPicture extends Part {
  @property({ attribute: false }) picture: Picture | undefined;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'img');
    this.setAttribute('aria-label', 'What the network sees');
    this.title = 'What the network sees';
  }

  override render() {
    return html`<canvas width=${this.picture?.width ?? 1} height=${this.picture?.height ?? 1}></canvas>`;
  }

  override updated(): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.picture) context.putImageData(image(this.picture, getComputedStyle(this.canvas).color), 0, 0);
  }
}

/** Draws a picture in the theme's ink over the middle of a canvas, as large as it fits. */
export function drawPicture(context: CanvasRenderingContext2D, picture: Picture): void {
  const { canvas } = context;
  const drawn = new OffscreenCanvas(picture.width, picture.height);
  drawn.getContext('2d')?.putImageData(image(picture, getComputedStyle(canvas).color), 0, 0);
  const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  context.resetTransform();
  context.imageSmoothingEnabled = false;
  context.drawImage(drawn, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}

/** The picture in the theme's ink: gray values become opacity. */
function image({ width, height, pixels }: Picture, color: string): ImageData {
  const [red = 0, green = 0, blue = 0] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  const result = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    result.data.set([red, green, blue, pixels[pixel] ?? 0], 4 * pixel);
  }
  return result;
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-network-picture': NetworkPicture;
  }
}
