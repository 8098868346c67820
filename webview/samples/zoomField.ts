import { html } from 'lit';
import { LARGEST, SMALLEST } from './layout';

/** How large the pictures of a grid are. */
export function zoomField(zoom: number, change: (zoom: number) => void) {
  return html`<label class="zoom" title="Size of the pictures (+ and −)">
    <span class="codicon codicon-zoom-in" aria-hidden="true"></span>
    <input
      type="range"
      aria-label="Size of the pictures"
      min=${SMALLEST}
      max=${LARGEST}
      step="4"
      .value=${String(zoom)}
      @input=${(event: Event) => change(Number((event.target as HTMLInputElement).value))}
    />
  </label>`;
}
