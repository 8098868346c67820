import { html, svg } from 'lit';
import { grouped, percent } from '../../src/base/words';
import type { Calibration } from '../../src/protocol/pages/evaluation';

const SIDE = 200;
const LEFT = 38;
const BOTTOM = 32;
const TICKS = [0, 0.5, 1];

/** How often predictions of each probability are right: on the diagonal, probabilities can be taken at their word. */
export function reliability({ bins, error }: Calibration) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return html`<svg
    class="reliability"
    viewBox="${-LEFT} -6 ${SIDE + LEFT + 6} ${SIDE + BOTTOM + 6}"
    role="img"
    aria-label="Reliability diagram: expected calibration error ${percent(error)}"
  >
    <rect class="ground" width=${SIDE} height=${SIDE} />
    ${TICKS.map(tick)} ${bins.filter(({ count }) => count > 0).map((bin) => bar(bin, most))}
    <path class="ideal" d="M0 ${SIDE}L${SIDE} 0" />
    <text class="middle" x=${SIDE / 2} y=${SIDE + 28}>probability of the answer</text>
    <text class="middle" transform="translate(-28 ${SIDE / 2}) rotate(-90)">share that is right</text>
  </svg>`;
}

function tick(share: number) {
  const at = share * SIDE;
  return svg`<path class="line" d="M${at} 0v${SIDE}M0 ${SIDE - at}h${SIDE}" />
    <text class="middle" x=${at} y=${SIDE + 12}>${share}</text>
    <text class="end" x="-4" y=${SIDE - at + 3}>${share}</text>`;
}

/** The bar is as high as what is right, its color as strong as the bin is full. */
function bar({ low, high, count, confidence, accuracy }: Calibration['bins'][number], most: number) {
  const y = (1 - accuracy) * SIDE;
  const strength = 0.3 + 0.7 * Math.sqrt(count / most);
  return svg`<g class="bin">
    <title>${percent(low)} to ${percent(high)}: ${grouped(count)} samples, right ${percent(accuracy)}, mean probability ${percent(confidence)}</title>
    <rect x=${low * SIDE + 1} y=${y} width=${(high - low) * SIDE - 2} height=${SIDE - y} fill-opacity=${strength} />
    <path d="M${low * SIDE + 1} ${y}h${(high - low) * SIDE - 2}" />
  </g>`;
}
