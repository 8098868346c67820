import { html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Box } from '../../src/protocol/pageText';
import { Part } from '../base/part';
import type { Size } from '../base/viewport';

/** Pixels of the canvas along each side. */
const SIDE = 112;
/** Of the crop's longer side: what is shown around it. */
const AROUND = 0.12;

/** A box of a picture by itself, its shape kept. */
@customElement('scrawl-crop')
export class CropPicture extends Part {
  @property({ attribute: false }) image: ImageBitmap | undefined;
  /** Of the page that the box is told in, in pixels. */
  @property({ attribute: false }) page: Size = { width: 1, height: 1 };
  @property({ attribute: false }) box: Box | undefined;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  override render() {
    return html`<canvas aria-hidden="true" width=${SIDE} height=${SIDE}></canvas>`;
  }

  override updated(): void {
    const { image, box, page } = this;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, SIDE, SIDE);
    if (!image || !box) return;
    const side = Math.max(box.right - box.left, box.bottom - box.top) * (1 + 2 * AROUND);
    const left = (box.left + box.right - side) / 2;
    const top = (box.top + box.bottom - side) / 2;
    // the picture may be smaller than the page
    const shrunk = image.width / page.width;
    context.drawImage(image, left * shrunk, top * shrunk, side * shrunk, side * shrunk, 0, 0, SIDE, SIDE);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-crop': CropPicture;
  }
}
