import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part } from '../base/part';
import type { Fit } from './frame';
import type { Ruling } from './ruling';

/** The lines that one writes on: of each row the base line and the height of small letters. */
@customElement('scrawl-guide-lines')
export class GuideLines extends Part {
  @property({ attribute: false }) ruling: Ruling = { baseline: 0, xHeight: 1, pitch: 1, wraps: false };
  /** Where the frame lies on the paper. */
  @property({ attribute: false }) fit: Fit = { scale: 1, left: 0, top: 0 };
  /** Of the paper, in CSS pixels. */
  @property({ type: Number }) height = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('aria-hidden', 'true');
  }

  override render() {
    return this.lines().map(({ kind }) => html`<div class=${kind}></div>`);
  }

  override updated(): void {
    this.lines().forEach(({ y }, at) => {
      const line = this.children[at];
      if (line instanceof HTMLElement) line.style.transform = `translateY(${Math.round(y)}px)`;
    });
  }

  private lines(): { kind: 'base-line' | 'middle-line'; y: number }[] {
    const { baseline, xHeight, pitch } = this.ruling;
    const { scale, top } = this.fit;
    const first = Math.max(0, Math.floor((-top / scale - baseline) / pitch));
    const rows = Math.ceil(this.height / scale / pitch) + 1;
    return Array.from({ length: rows }, (_, row) => baseline + (first + row) * pitch).flatMap((y) => [
      { kind: 'middle-line' as const, y: (y - xHeight) * scale + top },
      { kind: 'base-line' as const, y: y * scale + top },
    ]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-guide-lines': GuideLines;
  }
}
