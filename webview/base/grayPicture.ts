import { html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Gray } from '../../src/protocol/pages/importPreview';
import { Part } from './part';
import { watchTheme } from './theme';

/** A picture pixel by pixel: as it is, or in the theme's ink. */
@customElement('scrawl-gray-picture')
export class GrayPicture extends Part {
  @property({ attribute: false }) picture: Gray | undefined;
  /** Whether its values are ink on nothing, rather than light. */
  @property({ type: Boolean }) ink = false;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  override firstUpdated(): void {
    if (this.ink) watchTheme(this, () => this.requestUpdate());
  }

  override render() {
    return html`<canvas
      aria-hidden="true"
      width=${this.picture?.width ?? 1}
      height=${this.picture?.height ?? 1}
    ></canvas>`;
  }

  override updated(): void {
    const { picture, ink } = this;
    const context = this.canvas.getContext('2d');
    if (!context || !picture) return;
    const { width, height, pixels } = picture;
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(this)
        .color.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    const image = new ImageData(width, height);
    pixels.forEach((gray, at) => {
      image.data.set(ink ? [red, green, blue, gray] : [gray, gray, gray, 255], 4 * at);
    });
    context.putImageData(image, 0, 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-gray-picture': GrayPicture;
  }
}
