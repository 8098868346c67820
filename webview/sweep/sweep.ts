import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { accuracyPercent, counted, duration, percentDone } from '../../src/base/words';
import type {
  HostToSweep,
  ShownSweep,
  ShownTrial,
  SweepAction,
  SweepToHost,
} from '../../src/protocol/pages/sweep';
import { PageElement } from '../base/pageElement';
import '../curves/chart';
import type { Range } from '../curves/chart';
import { Curve } from '../curves/curve';
import { shortPercent } from '../curves/figure';
import { linesOf, type RunStyle, type ShownRun } from '../curves/lines';
import { swatch } from '../curves/swatch';
import { type Axis, axesOf, valueText } from './axes';
import { type Column, columnsOf } from './columns';
import './parallelPlot';
import './trialTable';

const METHODS: Readonly<Record<ShownSweep['method'], string>> = {
  grid: 'Grid',
  random: 'Random',
  halving: 'Successive halving',
};

const STANDINGS: Readonly<Record<ShownSweep['standing'], string>> = {
  training: 'training',
  waiting: 'waiting for other trainings',
  pausing: 'pausing',
  elsewhere: 'in another window',
  resting: 'paused',
  finished: 'finished',
};

/** As in the plot, and by dashes for whoever does not see the colors. */
const BEST_STYLE: RunStyle = { color: '--scrawl-green', dash: [] };
const CHOSEN_STYLE: RunStyle = { color: '--scrawl-orange', dash: [8, 4] };

const savedSchema = z.object({
  /** By which the host knows the tab after a reload. */
  sweep: z.string(),
  chosen: z.optional(z.number()),
  sort: z.string(),
  descending: z.boolean(),
});
type Saved = z.infer<typeof savedSchema>;
type Progress = Extract<HostToSweep, { type: 'progress' }>;

/** A sweep: its trials as lines across parameters and results and in a table, and the curves of two of them. */
export default class Sweep extends PageElement<SweepToHost, HostToSweep, Saved> {
  @state() private sweep: ShownSweep | undefined;
  @state() private progress: Progress | undefined;
  /** Number of the trial that the user looks at. */
  @state() private chosen: number | undefined;
  @state() private sort = 'accuracy';
  @state() private descending = true;
  @state() private zoom: Range | undefined;
  @state() private at: number | undefined;

  protected override readonly savedSchema = savedSchema;
  private axes: readonly Axis[] = [];
  private columns: readonly Column[] = [];
  private readonly curves = new Map<number, Curve>();
  /** Numbers of the trials whose curves were asked for. */
  private picked: readonly number[] = [];

  protected override begin(saved: Saved | undefined) {
    if (saved) ({ chosen: this.chosen, sort: this.sort, descending: this.descending } = saved);
    return { type: 'ready' as const };
  }

  override render() {
    const { sweep, failure } = this;
    if (!sweep) return html`<p class="nothing" role="status">${failure ?? 'Looking for the sweep…'}</p>`;
    const { trials, best } = sweep;
    const { chosen } = this;
    return html`${this.alert()}${this.bar(sweep)}
      <scrawl-parallel-plot
        .axes=${this.axes}
        .trials=${trials}
        .best=${best}
        .chosen=${chosen}
        @choose=${this.onChoose}
      ></scrawl-parallel-plot>
      <div class="below">
        <div class="window">
          <scrawl-trial-table
            .trials=${trials}
            .columns=${this.columns}
            .sort=${this.sort}
            .descending=${this.descending}
            .best=${best}
            .chosen=${chosen}
            @choose=${this.onChoose}
            @sort=${(event: CustomEvent<string>) => this.sortBy(event.detail)}
            @train=${(event: CustomEvent<number>) => this.tell({ type: 'train', trial: event.detail })}
          ></scrawl-trial-table>
        </div>
        ${this.detail(sweep)}
      </div>`;
  }

  private bar(sweep: ShownSweep) {
    const { name, method, dataset, standing, trials } = sweep;
    const done = trials.filter(({ state: each }) => each !== 'waiting' && each !== 'training').length;
    const words = [
      `${METHODS[method]} on ${dataset}`,
      STANDINGS[standing],
      `${done} of ${counted(trials.length, 'trial')} compared`,
    ];
    return html`<div class="bar">
      <div class="about">
        <h1 title=${name}>${name}</h1>
        <p class="total" role="status">${words.join(' · ')}</p>
        <p class="total">${this.progressText(sweep)}</p>
      </div>
      ${this.buttons(sweep)}
    </div>`;
  }

  private progressText({ standing }: ShownSweep): string {
    if (standing !== 'training' || !this.progress) return '';
    const { trial, done, total, secondsLeft } = this.progress;
    const left = secondsLeft === undefined ? '' : `, at most ${duration(secondsLeft)} left`;
    return `Trial ${trial}: ${percentDone(done, total)} of a whole run${left}`;
  }

  private buttons({ standing, canKeep, hasModel }: ShownSweep) {
    const goesOn = standing === 'training' || standing === 'waiting';
    const isHere = goesOn || standing === 'pausing';
    const button = (action: SweepAction, icon: string, label: string, primary = false) =>
      html`<button
        class="control ${primary ? 'primary' : ''}"
        @click=${() => this.tell({ type: 'act', action })}
      >
        <span class="codicon codicon-${icon}" aria-hidden="true"></span>${label}
      </button>`;
    return [
      goesOn ? button('pause', 'debug-pause', 'Pause') : nothing,
      standing === 'resting' ? button('resume', 'play', 'Resume', true) : nothing,
      canKeep ? button('keep', 'save', 'Keep Best Model') : nothing,
      hasModel ? button('use', 'edit', 'Use on Pad', standing === 'finished') : nothing,
      hasModel ? button('evaluate', 'beaker', 'Evaluate…') : nothing,
      button('exportCsv', 'table', 'Export CSV…'),
      standing === 'elsewhere' ? nothing : button('remove', 'trash', isHere ? 'Cancel' : 'Remove'),
    ];
  }

  /** The trial that is looked at: what it is made with, and its curve beside the best one's. */
  private detail({ trials, best }: ShownSweep) {
    const trial = trials.find(({ number }) => number === (this.chosen ?? best));
    if (!trial) return nothing;
    const shown = this.shownCurves(best);
    return html`<section class="detail" aria-label="Trial ${trial.number}">
      <h2>Trial ${trial.number}${trial.number === best ? ', the best' : ''}</h2>
      <p>${this.aboutTrial(trial)}</p>
      ${trial.message === undefined ? nothing : html`<p class="failure">${trial.message}</p>`}
      <button class="control" @click=${() => this.tell({ type: 'train', trial: trial.number })}>
        <span class="codicon codicon-settings" aria-hidden="true"></span>Train with These Settings…
      </button>
      ${shown.length > 0 ? this.chart(shown) : nothing}
    </section>`;
  }

  private aboutTrial({ values, accuracy, epochs, state: each }: ShownTrial): string {
    const made = this.axes.flatMap(({ key, label }) =>
      key in values ? [`${label.toLowerCase()} ${valueText(values[key])}`] : [],
    );
    const result =
      accuracy === undefined
        ? each
        : `${accuracyPercent(accuracy)} of the validation right after ${counted(epochs, 'epoch')}`;
    return [...made, result].join(' · ');
  }

  private chart(shown: readonly ShownRun[]) {
    const lines = linesOf('accuracy', shown, { per: 'epoch', average: 1, logLoss: false });
    const whole: Range = [0, Math.max(1, ...shown.map(({ curve }) => curve.epochs.at(-1)?.epoch ?? 0))];
    return html`<ul class="legend">
        ${shown.map(({ name, style }) => html`<li>${swatch(style)}<span>${name}</span></li>`)}
      </ul>
      <scrawl-chart
        heading="Accuracy by epoch, validation with dots"
        .lines=${lines}
        .format=${shortPercent}
        .height=${150}
        .whole=${whole}
        .range=${this.zoom}
        .at=${this.at}
        @hover=${(event: CustomEvent<number | null>) => (this.at = event.detail ?? undefined)}
        @zoom=${(event: CustomEvent<Range | null>) => (this.zoom = event.detail ?? undefined)}
      ></scrawl-chart>`;
  }

  private shownCurves(best: number | undefined): ShownRun[] {
    return this.picked.flatMap((number): ShownRun[] => {
      const curve = this.curves.get(number);
      if (!curve || curve.epochs.length === 0) return [];
      const style = number === this.chosen ? CHOSEN_STYLE : BEST_STYLE;
      const name = `Trial ${number}${number === best ? ', the best' : ''}`;
      return [{ id: String(number), name, curve, style }];
    });
  }

  // --- what the user does

  private readonly onChoose = (event: CustomEvent<number>): void => {
    this.chosen = event.detail;
    this.save();
    this.pick();
  };

  /** Sorts the other way where it is sorted by the column already; results begin with the best. */
  private sortBy(key: string): void {
    this.descending = this.sort === key ? !this.descending : key === 'accuracy' || key === 'epochs';
    this.sort = key;
    this.save();
  }

  /** Asks for the curves of the best trial and the chosen one. */
  private pick(): void {
    const wanted = [this.sweep?.best, this.chosen].filter((each) => each !== undefined);
    const trials = [...new Set(wanted)];
    if (trials.join() === this.picked.join()) return;
    this.picked = trials;
    this.tell({ type: 'pick', trials });
  }

  protected override toSave(): Saved | undefined {
    const { sweep, chosen, sort, descending } = this;
    return sweep && { sweep: sweep.id, sort, descending, ...(chosen !== undefined && { chosen }) };
  }

  // --- what the host tells

  protected override receive(message: HostToSweep): void {
    switch (message.type) {
      case 'sweep':
        this.take(message.sweep);
        return;
      case 'curve':
        this.curves.set(Number(message.run), new Curve(message));
        this.requestUpdate();
        return;
      case 'progress':
        this.progress = message;
        return;
      case 'failed':
        return;
    }
  }

  private take(sweep: ShownSweep): void {
    this.sweep = sweep;
    this.axes = axesOf(sweep);
    this.columns = columnsOf(sweep);
    this.save();
    this.pick();
  }
}
