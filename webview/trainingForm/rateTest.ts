import { html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RateCurve } from '../../src/protocol/pages/trainingForm';
import { Part } from '../base/part';

/** Where a test of learning rates stands. */
export type RateTestState = 'none' | 'under way' | RateCurve | { readonly problem: string };

const WIDTH = 420;
const HEIGHT = 130;
/** For the numbers at the axes. */
const [LEFT, BOTTOM] = [40, 18];

/**
 * Finds a learning rate: the loss over the rates that were tried, with the one to train with. Tells when a test is to
 * begin (`test`) or to end (`stop`), and that the rate is to be taken (`take`).
 */
@customElement('scrawl-rate-test')
export class RateTest extends Part {
  @property({ attribute: false }) test: RateTestState = 'none';

  override render() {
    const { test } = this;
    const busy = test === 'under way';
    return html`<button type="button" class="control" @click=${() => this.fire(busy ? 'stop' : 'test')}>
        ${busy ? 'Stop' : 'Find Learning Rate'}
      </button>
      <span class="about" role="status">${this.words()}</span>
      ${typeof test === 'object' && 'points' in test ? this.curve(test) : nothing}`;
  }

  private words() {
    const { test } = this;
    if (test === 'none') return 'Trains a short while with a rate that grows, and keeps nothing.';
    if (test === 'under way') return 'Trying rates…';
    if ('problem' in test) return html`<span class="failure">${test.problem}</span>`;
    return test.suggestion === undefined
      ? 'The loss falls at no rate: check the data, or take another network.'
      : `The loss falls fastest at ${rateText(test.suggestion)}.`;
  }

  private curve({ points, suggestion }: RateCurve) {
    const { x, y, decades, highest, lowest } = scalesOf(points);
    const path = points.map(({ rate, loss }) => `${x(rate).toFixed(1)},${y(loss).toFixed(1)}`).join(' ');
    return html`<svg
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        role="img"
        aria-label="Loss over the learning rate, from ${highest.toFixed(2)} to ${lowest.toFixed(2)}"
      >
        ${decades.map(
          (rate) =>
            svg`<line class="grid" x1=${x(rate)} x2=${x(rate)} y1="0" y2=${HEIGHT - BOTTOM} />
              <text x=${x(rate)} y=${HEIGHT - 4} text-anchor="middle">${rateText(rate)}</text>`,
        )}
        ${[highest, lowest].map(
          (loss) =>
            svg`<text x=${LEFT - 4} y=${Math.max(10, y(loss))} text-anchor="end">${loss.toFixed(2)}</text>`,
        )}
        <polyline points=${path} />
        ${
          suggestion === undefined
            ? nothing
            : svg`<line class="suggestion" x1=${x(suggestion)} x2=${x(suggestion)} y1="0" y2=${HEIGHT - BOTTOM} />`
        }
      </svg>
      ${
        suggestion === undefined
          ? nothing
          : html`<button type="button" class="control" @click=${() => this.fire('take', rateOf(suggestion))}>
              Use ${rateText(suggestion)}
            </button>`
      }`;
  }
}

/** Two digits are all that a test can tell. */
const rateOf = (rate: number) => Number(rate.toPrecision(2));
const rateText = (rate: number) => String(rateOf(rate));

/** Rates are drawn by their logarithm; of a loss that diverges only the beginning shows. */
function scalesOf(points: RateCurve['points']) {
  const losses = points.map(({ loss }) => loss);
  const first = losses[0] ?? 1;
  const lowest = Math.min(...losses);
  const highest = Math.min(Math.max(...losses), first + (first - lowest) / 2 || first + 1);
  const [from, to] = [points[0]?.rate ?? 1e-6, points.at(-1)?.rate ?? 1].map(Math.log10) as [number, number];
  const decades = Array.from({ length: 20 }, (_, at) => Math.ceil(from) + at).filter((each) => each <= to);
  return {
    ...{ lowest, highest },
    decades: decades.map((each) => 10 ** each),
    x: (rate: number) => LEFT + ((Math.log10(rate) - from) / (to - from || 1)) * (WIDTH - LEFT - 16),
    y: (loss: number) =>
      4 + ((highest - Math.min(loss, highest)) / (highest - lowest || 1)) * (HEIGHT - BOTTOM - 8),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-rate-test': RateTest;
  }
}
