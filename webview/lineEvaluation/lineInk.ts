import { html, svg } from 'lit';
import { inkBox, inkPath } from '../../src/base/inkOutline';

/** The ink of a line as large as it fits, in the color of the text around it. */
export function lineInk(ink: readonly Float32Array[]) {
  return html`<svg class="ink" viewBox=${inkBox(ink)} preserveAspectRatio="xMinYMid meet" aria-hidden="true">
    ${ink.map((stroke) => svg`<path d=${inkPath(stroke)} />`)}
  </svg>`;
}
