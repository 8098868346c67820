import { html, svg } from 'lit';
import type { RunStyle } from './lines';

/** A piece of the run's line. */
export function swatch({ color, dash }: RunStyle) {
  return html`<svg width="28" height="8" viewBox="0 0 28 8" aria-hidden="true" data-color=${color}>
    ${svg`<path d="M0 4H28" fill="none" stroke="var(${color})" stroke-width="2.5" stroke-dasharray=${dash.join(' ')} />`}
  </svg>`;
}
