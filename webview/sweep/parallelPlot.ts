import { html, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { accuracyPercent } from '../../src/base/words';
import type { ShownTrial } from '../../src/protocol/pages/sweep';
import { Part } from '../base/part';
import { type Axis, resultRange, valueText } from './axes';

/** CSS pixels: of the picture, and around its axes. */
const HEIGHT = 280;
const TOP = 30;
const BOTTOM = 14;
const LEFT = 22;
const RIGHT = 66;
/** An axis has at least so much room; where there is less, the picture scrolls. */
const NARROWEST = 104;
/** Colors from the worst to the best. */
const SHADES = 5;
/** As much of an axis' name as there is room for, characters. */
const MOST_LETTERS = 17;

/**
 * Parallel coordinates: an axis for each parameter and the result, a line for each trial. What it shows stands in the
 * table of trials as well, where the keyboard chooses a trial.
 *
 * @fires choose with a trial's number
 */
@customElement('scrawl-parallel-plot')
export class ParallelPlot extends Part {
  @property({ attribute: false }) axes: readonly Axis[] = [];
  @property({ attribute: false }) trials: readonly ShownTrial[] = [];
  /** Numbers of trials. */
  @property({ attribute: false }) best: number | undefined;
  @property({ attribute: false }) chosen: number | undefined;

  @state() private width = 600;
  @query('.plane') private readonly plane!: HTMLElement;
  private readonly resized = new ResizeObserver(() => (this.width = this.plane.clientWidth));
  private range: [number, number] = [0, 1];

  override firstUpdated(): void {
    this.resized.observe(this.plane);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('trials')) this.range = resultRange(this.trials);
  }

  override render() {
    const { axes, trials } = this;
    const width = Math.max(this.width, LEFT + RIGHT + NARROWEST * (axes.length - 1));
    const names = axes.map(({ label }) => label).join(', ');
    return html`<div class="plane" tabindex="0" role="group" aria-label="Parallel coordinates">
        <svg
          width=${width}
          height=${HEIGHT}
          viewBox="0 0 ${width} ${HEIGHT}"
          role="img"
          aria-label="A line for each of ${trials.length} trials across ${names}. The table of trials has the same."
        >
          <path class="axes" d=${axes.map((axis, index) => this.rule(axis, this.x(index, width))).join('')} />
          ${this.inOrder().map((trial) => this.line(trial, width))}
          ${axes.map((axis, index) => this.names(axis, this.x(index, width), index === axes.length - 1))}
        </svg>
      </div>
      ${this.legend()}`;
  }

  private legend() {
    const [least, most] = this.range;
    const isKnown = this.trials.some(({ accuracy }) => accuracy !== undefined);
    const failed = this.trials.some(({ state: each }) => each === 'failed');
    return html`<ul class="legend">
      ${
        isKnown
          ? html`<li>
              ${accuracyPercent(least)}${Array.from(
                { length: SHADES },
                (_, shade) => html`<span class="key shade-${shade}" aria-hidden="true"></span>`,
              )}${accuracyPercent(most)}
            </li>`
          : nothing
      }
      ${this.best === undefined ? nothing : keyed('best', `Best: trial ${this.best}`)}
      ${this.chosen === undefined ? nothing : keyed('chosen', `Chosen: trial ${this.chosen}`)}
      ${failed ? keyed('failed', 'Failed') : nothing}
    </ul>`;
  }

  /** What is best and chosen lies on top. */
  private inOrder(): ShownTrial[] {
    const rank = ({ number, accuracy = -1 }: ShownTrial) =>
      number === this.chosen ? 3 : number === this.best ? 2 : accuracy;
    return this.trials
      .filter(({ state: each, number }) => each !== 'waiting' || number === this.chosen)
      .sort((a, b) => rank(a) - rank(b));
  }

  /** An axis and its ticks. */
  private rule({ ticks }: Axis, x: number): string {
    const across = ticks.map(({ at }) => `M${x - 4} ${this.y(at)}h4`).join('');
    return `M${x} ${TOP}V${HEIGHT - BOTTOM}${across}`;
  }

  private names({ label, ticks }: Axis, x: number, isLast: boolean) {
    const short = label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label;
    return svg`<g class="axis">
      <text class="label" x=${isLast ? x + RIGHT - 8 : x - 8} y="14" text-anchor=${isLast ? 'end' : 'start'}>
        <title>${label}</title>${short}
      </text>
      ${ticks.map(({ at, text }) => svg`<text x=${x + 8} y=${this.y(at) + 4}>${text}</text>`)}
    </g>`;
  }

  private line(trial: ShownTrial, width: number) {
    const { number, accuracy } = trial;
    const points = this.axes.flatMap((axis, index): [number, number][] => {
      const at = axis.place(trial);
      return at === undefined ? [] : [[this.x(index, width), this.y(at)]];
    });
    const path = `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;
    const isMarked = number === this.best || number === this.chosen;
    const result = accuracy === undefined ? trial.state : accuracyPercent(accuracy);
    return svg`<g class="trial ${this.classOf(trial)}" data-trial=${number}
        @click=${() => this.fire('choose', number)}>
      <title>Trial ${number}: ${wordsOf(trial, this.axes)}${result}</title>
      <path class="line" d=${path} />
      ${isMarked ? points.map(([x, y]) => svg`<circle cx=${x} cy=${y} r="4" />`) : nothing}
      <path class="reach" d=${path} />
    </g>`;
  }

  private classOf({ number, state: each, accuracy }: ShownTrial): string {
    if (number === this.chosen) return 'chosen';
    if (number === this.best) return 'best';
    if (each === 'failed') return 'failed';
    if (accuracy === undefined) return 'open';
    const [least, most] = this.range;
    return `shade-${Math.min(SHADES - 1, Math.floor((SHADES * (accuracy - least)) / (most - least)))}`;
  }

  private x(index: number, width: number): number {
    const { length } = this.axes;
    return length < 2 ? LEFT : LEFT + (index * (width - LEFT - RIGHT)) / (length - 1);
  }

  private y(at: number): number {
    return TOP + (1 - at) * (HEIGHT - TOP - BOTTOM);
  }
}

function keyed(name: string, text: string) {
  return html`<li><span class="key ${name}" aria-hidden="true"></span>${text}</li>`;
}

function wordsOf({ values }: ShownTrial, axes: readonly Axis[]): string {
  return axes
    .flatMap(({ key, label }) => (key in values ? [`${label} ${valueText(values[key])}, `] : []))
    .join('');
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-parallel-plot': ParallelPlot;
  }
}
