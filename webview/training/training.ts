import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { accuracyPercent } from '../../src/base/words';
import {
  type HostToTraining,
  MOST_PICKED,
  type Progress,
  type RunAction,
  type RunSummary,
  type TrainingToHost,
} from '../../src/protocol/pages/training';
import { PageElement } from '../base/pageElement';
import { soon } from '../base/soon';
import { figure, shortPercent } from '../curves/figure';
import { withSlot } from '../curves/slots';
import '../curves/chart';
import type { Range } from '../curves/chart';
import { chartsSvg, type SvgChart } from './chartSvg';
import { Curve, lastUpTo } from '../curves/curve';
import './finishedRun';
import './liveRun';
import {
  type CurveOptions,
  linesOf,
  type Quantity,
  type RunStyle,
  type ShownRun,
  STYLES,
} from '../curves/lines';
import './runList';
import type { Reading } from './runList';

/** Moving averages to choose from, points; 1 is none. */
const AVERAGES: readonly number[] = [1, 5, 20, 100, 500];

/** Milliseconds between two drawings of curves that grow. */
const DRAW_AFTER = 400;

const savedSchema = z.object({
  /** Runs by the number of their style. */
  picked: z.array(z.nullable(z.string())).check(z.maxLength(MOST_PICKED)),
  options: z.object({
    per: z.enum(['batch', 'epoch']),
    average: z.number().check(z.refine((each) => AVERAGES.includes(each))),
    logLoss: z.boolean(),
  }),
  zoom: z.optional(z.tuple([z.number(), z.number()])),
});
type Saved = z.infer<typeof savedSchema>;

const CHARTS: readonly {
  quantity: Quantity;
  heading: string;
  height: number;
  format: (value: number) => string;
}[] = [
  {
    quantity: 'accuracy',
    heading: 'Accuracy',
    height: 140,
    format: shortPercent,
  },
  { quantity: 'loss', heading: 'Loss', height: 140, format: figure },
  { quantity: 'learningRate', heading: 'Learning rate', height: 80, format: figure },
];

/** Runs and their curves: holds what is compared and how, and passes intents to the host. */
export default class Training extends PageElement<TrainingToHost, HostToTraining, Saved> {
  @state() private runs: readonly RunSummary[] | undefined;
  @state() private picked: readonly (string | null)[] = [];
  @state() private options: CurveOptions = { per: 'batch', average: 5, logLoss: false };
  @state() private zoom: Range | undefined;
  @state() private at: number | undefined;
  /** Grows with the curves. */
  @state() private version = 0;

  protected override readonly savedSchema = savedSchema;
  private readonly curves = new Map<string, Curve>();
  private readonly live = new Map<string, Progress>();
  /** Whether the user chose what shows, before this page was there. */
  private restored = false;
  /** Curves that grow ten times a second need not be drawn as often. */
  private readonly drawSoon = soon(() => this.version++, DRAW_AFTER);
  /** What is drawn, made anew only where it changed: the cursor moves much more often. */
  private shown: readonly ShownRun[] = [];
  private charts: readonly SvgChart[] = [];
  private whole: Range = [0, 1];

  protected override begin(saved: Saved | undefined) {
    this.restored = saved !== undefined;
    if (saved) ({ picked: this.picked, options: this.options, zoom: this.zoom } = saved);
    return { type: 'ready' as const, picked: this.pickedIds() };
  }

  override willUpdate(changed: PropertyValues): void {
    if (!['runs', 'picked', 'options', 'version'].some((name) => changed.has(name))) return;
    this.shown = this.shownRuns();
    this.charts = this.chartsOf(this.shown);
    const ends = this.shown.flatMap(({ curve }) => [curve.at.at(-1) ?? 0, curve.epochs.at(-1)?.epoch ?? 0]);
    this.whole = [0, Math.max(...ends, 0) || 1];
  }

  override render() {
    const { runs, failure, shown } = this;
    if (!runs) return html`<p class="nothing" role="status">${failure ?? 'Looking for runs…'}</p>`;
    if (runs.length === 0) return this.welcome();
    return html`${this.alert()}
      ${runs.filter(({ where }) => where === 'here').map((run) => this.liveRun(run))} ${this.result(runs[0])}
      ${shown.length > 0 ? this.chartsAndTools() : nothing}
      <scrawl-run-list
        .runs=${runs}
        .styles=${this.styles()}
        .readings=${this.readings()}
        ?full=${this.pickedIds().length >= MOST_PICKED}
        @pick=${(event: CustomEvent<{ run: string; picked: boolean }>) => this.pick(event.detail)}
        @act=${(event: CustomEvent<{ run: string; action: RunAction }>) => this.act(event.detail)}
      ></scrawl-run-list>
      <div class="hidden" role="status" aria-live="polite">${this.announcement()}</div>`;
  }

  private welcome() {
    return html`<div class="nothing">
      <p>Nothing was trained yet. Curves of every run show here.</p>
      <button class="primary" @click=${() => this.tell({ type: 'train' })}>Train Model…</button>
    </div>`;
  }

  private liveRun(run: RunSummary) {
    return html`<scrawl-live-run
      .run=${run}
      .progress=${this.live.get(run.id)}
      @act=${(event: CustomEvent<RunAction>) => this.act({ run: run.id, action: event.detail })}
    ></scrawl-live-run>`;
  }

  /** What came of the newest run, once there is a model of it. */
  private result(newest: RunSummary | undefined) {
    if (newest?.where !== 'nowhere' || !newest.hasModel) return nothing;
    return html`<scrawl-finished-run
      .run=${newest}
      @act=${(event: CustomEvent<RunAction>) => this.act({ run: newest.id, action: event.detail })}
    ></scrawl-finished-run>`;
  }

  // --- the curves

  private chartsAndTools() {
    return html`${this.tools()}
      <div class="charts">
        ${this.charts.map(
          (chart, index) =>
            html`<scrawl-chart
              .heading=${chart.heading}
              .lines=${chart.lines}
              .log=${chart.log}
              .format=${chart.format}
              .height=${CHARTS[index]?.height ?? 0}
              .whole=${this.whole}
              .range=${this.zoom}
              .at=${this.at}
              @hover=${(event: CustomEvent<number | null>) => (this.at = event.detail ?? undefined)}
              @zoom=${(event: CustomEvent<Range | null>) => this.zoomTo(event.detail ?? undefined)}
            ></scrawl-chart>`,
        )}
      </div>`;
  }

  private chartsOf(shown: readonly ShownRun[]): SvgChart[] {
    return CHARTS.map(({ quantity, heading, format }) => ({
      heading,
      format,
      lines: linesOf(quantity, shown, this.options),
      log: quantity === 'loss' && this.options.logLoss,
    }));
  }

  private tools() {
    const { per, average, logLoss } = this.options;
    return html`<div class="tools" role="toolbar" aria-label="Curves">
      <select
        aria-label="Points"
        title="A point for each"
        .value=${per}
        @change=${(event: Event) => this.choose({ per: valueOf(event) === 'epoch' ? 'epoch' : 'batch' })}
      >
        <option value="batch" ?selected=${per === 'batch'}>Batches</option>
        <option value="epoch" ?selected=${per === 'epoch'}>Epochs</option>
      </select>
      <select
        aria-label="Moving average"
        title="Moving average"
        ?disabled=${per === 'epoch'}
        @change=${(event: Event) => this.choose({ average: Number(valueOf(event)) })}
      >
        ${AVERAGES.map(
          (each) =>
            html`<option value=${each} ?selected=${each === average}>
              ${each === 1 ? 'As they are' : `Mean of ${each}`}
            </option>`,
        )}
      </select>
      <label class="check" title="Logarithmic scale for the loss">
        <input
          type="checkbox"
          .checked=${logLoss}
          @change=${(event: Event) => this.choose({ logLoss: (event.target as HTMLInputElement).checked })}
        />Log loss
      </label>
      <span class="space"></span>
      ${this.tool('Show All', 'screen-normal', () => this.zoomTo(undefined), this.zoom === undefined)}
      ${this.tool('Export as SVG', 'file-media', () => this.exportSvg())}
      ${this.tool('Export as CSV', 'table', () => this.tell({ type: 'exportCsv', runs: this.pickedIds() }))}
    </div>`;
  }

  private tool(label: string, icon: string, act: () => void, disabled = false) {
    return html`<button class="icon" title=${label} aria-label=${label} ?disabled=${disabled} @click=${act}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private shownRuns(): ShownRun[] {
    return this.picked.flatMap((id, slot) => {
      const curve = id === null ? undefined : this.curves.get(id);
      const run = this.runs?.find((each) => each.id === id);
      const style = STYLES[slot];
      return curve && run && style ? [{ id: run.id, name: run.name, curve, style }] : [];
    });
  }

  private styles(): Map<string, RunStyle> {
    return new Map(
      this.picked.flatMap((id, slot) => {
        const style = STYLES[slot];
        return id !== null && style ? [[id, style] as const] : [];
      }),
    );
  }

  /** What the curves say under the cursor, or at their end. */
  private readings(): Map<string, Reading> {
    return new Map(this.shown.map(({ id, curve }) => [id, this.reading(curve)]));
  }

  private reading(curve: Curve): Reading {
    const at = this.at ?? Infinity;
    const words = (loss: number | undefined, accuracy: number | undefined) =>
      loss === undefined || accuracy === undefined
        ? undefined
        : `${accuracyPercent(accuracy)} · ${figure(loss)}`;
    const epoch =
      curve.epochs[
        lastUpTo(
          curve.epochs.map((point) => point.epoch),
          at,
        )
      ];
    const validation = words(epoch?.validationLoss, epoch?.validationAccuracy);
    if (this.options.per === 'epoch') return { training: words(epoch?.loss, epoch?.accuracy), validation };
    const index = lastUpTo(curve.at, at);
    const window = this.options.average;
    const training = words(curve.average('loss', window)[index], curve.average('accuracy', window)[index]);
    return { training, validation };
  }

  /** What a screen reader says when the cursor moves. */
  private announcement() {
    if (this.at === undefined) return nothing;
    const values = this.shown.map(({ name, curve }) => {
      const { training, validation } = this.reading(curve);
      return `${name}: ${training ?? ''}${validation === undefined ? '' : `, validation ${validation}`}`;
    });
    return `Epoch ${this.at.toFixed(2)}. ${values.join('. ')}`;
  }

  // --- what the user does

  private pick({ run, picked }: { run: string; picked: boolean }): void {
    const slots = withSlot(this.picked, run, picked);
    if (!slots) return;
    this.picked = slots;
    if (!picked) this.curves.delete(run);
    this.save();
    this.tell({ type: 'pick', runs: this.pickedIds() });
  }

  private act({ run, action }: { run: string; action: RunAction }): void {
    this.notice = undefined;
    this.tell({ type: 'act', run, action });
  }

  private choose(changed: Partial<CurveOptions>): void {
    this.options = { ...this.options, ...changed };
    this.save();
  }

  private zoomTo(range: Range | undefined): void {
    this.zoom = range;
    this.save();
  }

  private exportSvg(): void {
    const color = (variable: string) => {
      this.style.setProperty('color', `var(${variable})`);
      const value = getComputedStyle(this).color;
      this.style.removeProperty('color');
      return value;
    };
    const svg = chartsSvg(this.charts, this.zoom ?? this.whole, {
      background: color('--vscode-sideBar-background'),
      text: color('--vscode-foreground'),
      grid: color('--vscode-widget-border'),
      line: color,
    });
    this.tell({ type: 'exportSvg', svg });
  }

  protected override toSave(): Saved {
    const { picked, options, zoom } = this;
    return { picked: [...picked], options, zoom: zoom && [...zoom] };
  }

  private pickedIds(): string[] {
    return this.picked.filter((id) => id !== null);
  }

  // --- what the host tells

  protected override receive(message: HostToTraining): void {
    switch (message.type) {
      case 'runs':
        this.listed(message.runs);
        return;
      case 'curve':
        this.curves.set(message.run, new Curve(message));
        this.version++;
        return;
      case 'progress':
        this.live.set(message.run, message);
        this.curves.get(message.run)?.add(message.points);
        this.drawSoon();
        return;
      case 'epoch':
        this.curves.get(message.run)?.addEpoch(message);
        this.drawSoon();
        return;
      case 'show':
        this.pick({ run: message.run, picked: true });
    }
  }

  private listed(runs: readonly RunSummary[]): void {
    // before anything was picked, the newest run is
    const [newest] = this.runs || this.restored ? [] : runs;
    this.runs = runs;
    if (newest) this.pick({ run: newest.id, picked: true });
    const known = new Set(runs.map(({ id }) => id));
    for (const id of this.pickedIds()) if (!known.has(id)) this.pick({ run: id, picked: false });
    for (const { id, where } of runs) if (where !== 'here') this.live.delete(id);
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
