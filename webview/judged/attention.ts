import { html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Occluded } from '../../src/protocol/pages/gallery';
import { Part } from '../base/part';
import { watchTheme } from '../base/theme';

/** Smaller changes of a probability are not stretched to full color. */
const LEAST_DROP = 0.02;
/** Of the strongest color: the ink below is to be seen. */
const OPACITY = 0.75;

/** The greatest change of the probability, either way. */
export function strongest({ drops }: Occluded): number {
  return drops.reduce((most, drop) => Math.max(most, Math.abs(drop)), LEAST_DROP);
}

/** Where the network looked, as a layer over a picture: what speaks for an answer, and what against it. */
@customElement('scrawl-attention')
export class Attention extends Part {
  @property({ attribute: false }) occluded: Occluded | undefined;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  override firstUpdated(): void {
    watchTheme(this, () => this.requestUpdate());
  }

  override render() {
    const { width = 1, height = 1 } = this.occluded ?? {};
    return html`<canvas aria-hidden="true" width=${width} height=${height}></canvas>`;
  }

  override updated(): void {
    const { occluded } = this;
    const context = this.canvas.getContext('2d');
    if (!context || !occluded) return;
    const { width, height, drops } = occluded;
    const most = strongest(occluded);
    const [speaksFor, speaksAgainst] = ['red', 'blue'].map((name) => this.rgb(name));
    const image = new ImageData(width, height);
    drops.forEach((drop, at) => {
      const color = drop > 0 ? speaksFor : speaksAgainst;
      const alpha = Math.round((255 * OPACITY * Math.abs(drop)) / most);
      image.data.set([...(color ?? [0, 0, 0]), alpha], 4 * at);
    });
    context.putImageData(image, 0, 0);
  }

  /** A color of marks as red, green and blue. */
  private rgb(name: string): number[] {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (!context) return [0, 0, 0];
    context.fillStyle = getComputedStyle(this).getPropertyValue(`--scrawl-${name}`).trim();
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-attention': Attention;
  }
}
