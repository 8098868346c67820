import type { Calibration, CalibrationBin } from '../metrics/calibration';
import { grouped, percent } from '../base/words';
import { html, type Html } from './html';

const SIDE = 300;
const LEFT = 44;
const BOTTOM = 36;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How often predictions of each probability are right: on the diagonal, probabilities can be taken at their word. */
export function reliabilityDiagram({ bins }: Calibration): Html {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return html`<svg
    class="reliability"
    viewBox="${-LEFT} -8 ${SIDE + LEFT + 8} ${SIDE + BOTTOM + 8}"
    role="img"
    aria-label="Reliability diagram"
  >
    <rect class="ground" width="${SIDE}" height="${SIDE}" />
    ${TICKS.map(tick)}
    <path class="ideal" d="M0 ${SIDE}L${SIDE} 0" />
    ${bins.filter(({ count }) => count > 0).map((bin) => bar(bin, most))}
    <text class="axis" x="${SIDE / 2}" y="${SIDE + 32}">probability of the prediction</text>
    <text class="axis" transform="translate(-34 ${SIDE / 2}) rotate(-90)">share that is right</text>
  </svg>`;
}

function tick(share: number): Html {
  const at = share * SIDE;
  return html`<path class="grid" d="M${at} 0v${SIDE}M0 ${SIDE - at}h${SIDE}" />
    <text class="tick x" x="${at}" y="${SIDE + 14}">${share}</text
    ><text class="tick y" x="-6" y="${SIDE - at}">${share}</text>`;
}

/** The bar is as high as what is right, its color as strong as the bin is full. */
function bar({ low, high, count, confidence, accuracy }: CalibrationBin, most: number): Html {
  const [x, width, y] = [low * SIDE + 1, (high - low) * SIDE - 2, (1 - accuracy) * SIDE];
  const strength = 0.25 + 0.75 * Math.sqrt(count / most);
  const title = `${percent(low)} to ${percent(high)}: ${grouped(count)} samples, mean probability ${percent(confidence)}, right ${percent(accuracy)}`;
  return html`<g class="bin"
    ><title>${title}</title
    ><rect
      x="${x}"
      y="${y}"
      width="${width}"
      height="${SIDE - y}"
      fill-opacity="${strength.toFixed(2)}" /><circle cx="${confidence * SIDE}" cy="${y}" r="3"
  /></g>`;
}
