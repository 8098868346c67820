import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted } from '../../src/base/words';
import type { HostToRuns, RunRow, RunsToHost } from '../../src/protocol/pages/runs';
import { MOST_PICKED } from '../../src/protocol/pages/training';
import { PageElement } from '../base/pageElement';
import { soon } from '../base/soon';
import '../curves/chart';
import type { Range } from '../curves/chart';
import { Curve } from '../curves/curve';
import { figure, shortPercent } from '../curves/figure';
import { type Line, linesOf, type Quantity, type RunStyle, type ShownRun, STYLES } from '../curves/lines';
import { withSlot } from '../curves/slots';
import { swatch } from '../curves/swatch';
import { arranged, type Arrangement, type Item, itemsOf, usualValues } from './arrange';
import { type Column, columnsOf, type Value } from './columns';
import './runTable';

/** Milliseconds between two drawings of curves that grow. */
const DRAW_AFTER = 400;

const GROUPS: readonly { key: string; label: string }[] = [
  { key: '', label: 'No groups' },
  { key: 'dataset', label: 'By dataset' },
  { key: 'network', label: 'By network' },
  { key: 'state', label: 'By state' },
];

const CHARTS: readonly { quantity: Quantity; heading: string; format: (value: number) => string }[] = [
  { quantity: 'accuracy', heading: 'Accuracy', format: shortPercent },
  { quantity: 'loss', heading: 'Loss', format: figure },
];

const savedSchema = z.object({
  picked: z.array(z.nullable(z.string())).check(z.maxLength(MOST_PICKED)),
  arrangement: z.object({
    filter: z.string(),
    sort: z.string(),
    descending: z.boolean(),
    group: z.string(),
  }),
  all: z.boolean(),
  folded: z.array(z.string()),
});
type Saved = z.infer<typeof savedSchema>;

/** Every run in a table: holds how it is looked at and what is compared, and passes intents to the host. */
export default class Runs extends PageElement<RunsToHost, HostToRuns, Saved> {
  @state() private rows: readonly RunRow[] | undefined;
  @state() private columns: readonly Column[] = [];
  @state() private arrangement: Arrangement = { filter: '', sort: 'created', descending: true, group: '' };
  @state() private picked: readonly (string | null)[] = [];
  /** Whether settings that are the same everywhere have columns too. */
  @state() private all = false;
  @state() private folded: ReadonlySet<string> = new Set();
  @state() private zoom: Range | undefined;
  @state() private at: number | undefined;
  /** Grows with the curves. */
  @state() private version = 0;

  protected override readonly savedSchema = savedSchema;
  private readonly curves = new Map<string, Curve>();
  private readonly drawSoon = soon(() => this.version++, DRAW_AFTER);
  private found: readonly RunRow[] = [];
  private items: readonly Item[] = [];
  private shownColumns: readonly Column[] = [];
  private usual: ReadonlyMap<string, Value> = new Map();
  private styles: ReadonlyMap<string, RunStyle> = new Map();
  private charts: readonly (readonly Line[])[] = [];
  private whole: Range = [0, 1];

  protected override begin(saved: Saved | undefined) {
    if (saved) {
      ({ picked: this.picked, arrangement: this.arrangement, all: this.all } = saved);
      this.folded = new Set(saved.folded);
    }
    return { type: 'ready' as const, picked: this.pickedIds() };
  }

  override willUpdate(changed: PropertyValues): void {
    const has = (...names: string[]) => names.some((name) => changed.has(name));
    if (has('rows', 'columns', 'arrangement', 'folded', 'all')) this.arrange();
    if (has('rows', 'columns', 'arrangement', 'picked')) this.compare();
    if (has('rows', 'picked', 'version')) this.draw();
  }

  override render() {
    const { rows, failure } = this;
    if (!rows) return html`<p class="nothing" role="status">${failure ?? 'Looking for runs…'}</p>`;
    if (rows.length === 0) return this.welcome();
    return html`${this.alert()}${this.bar(rows)}
      <scrawl-run-table
        .items=${this.items}
        .columns=${this.shownColumns}
        .sort=${this.arrangement.sort}
        .descending=${this.arrangement.descending}
        .styles=${this.styles}
        .usual=${this.usual}
        .marked=${this.styles.size > 1 ? new Set(this.styles.keys()) : new Set<string>()}
        ?full=${this.pickedIds().length >= MOST_PICKED}
        @sort=${(event: CustomEvent<string>) => this.sortBy(event.detail)}
        @fold=${(event: CustomEvent<string>) => this.fold(event.detail)}
        @pick=${(event: CustomEvent<{ run: string; picked: boolean }>) => this.pick(event.detail)}
        @open=${(event: CustomEvent<string>) => this.tell({ type: 'open', run: event.detail })}
        @repeat=${(event: CustomEvent<string>) => this.tell({ type: 'repeat', run: event.detail })}
      ></scrawl-run-table>
      ${this.styles.size > 0 ? this.overlay() : nothing}`;
  }

  private welcome() {
    return html`<div class="nothing">
      <p>Nothing was trained yet. Every run stands here in a row.</p>
      <button class="control primary" @click=${() => this.tell({ type: 'train' })}>Train Model…</button>
    </div>`;
  }

  private bar(rows: readonly RunRow[]) {
    const { filter, group } = this.arrangement;
    const count =
      this.found.length === rows.length
        ? counted(rows.length, 'run')
        : `${counted(this.found.length, 'run')} of ${rows.length.toLocaleString('en')}`;
    return html`<div class="bar" role="toolbar" aria-label="Runs">
      <input
        class="control filter"
        type="search"
        placeholder="Filter: adam, dataset=mnist"
        aria-label="Filter"
        .value=${filter}
        @input=${(event: Event) => this.look({ filter: (event.target as HTMLInputElement).value })}
      />
      <select
        class="control"
        aria-label="Groups"
        @change=${(event: Event) => this.look({ group: (event.target as HTMLSelectElement).value })}
      >
        ${GROUPS.map(
          ({ key, label }) => html`<option value=${key} ?selected=${key === group}>${label}</option>`,
        )}
      </select>
      <label class="check" title="Also the settings that all of these runs have alike">
        <input
          type="checkbox"
          .checked=${this.all}
          @change=${(event: Event) => {
            this.all = (event.target as HTMLInputElement).checked;
            this.save();
          }}
        />All settings
      </label>
      <span class="total" role="status">${count}</span>
      <span class="space"></span>
      <button
        class="control"
        @click=${() => this.tell({ type: 'exportCsv', runs: this.found.map(({ id }) => id) })}
      >
        <span class="codicon codicon-table" aria-hidden="true"></span>Export CSV…
      </button>
    </div>`;
  }

  /** The curves of the runs that are compared. */
  private overlay() {
    return html`<section class="overlay" aria-label="Curves of the chosen runs">
      <ul class="legend">
        ${[...this.styles].map(
          ([id, style]) =>
            html`<li>
              ${swatch(style)}<span>${this.nameOf(id)}</span>
              <button
                class="icon"
                title="Do Not Compare"
                aria-label="Do Not Compare ${this.nameOf(id)}"
                @click=${() => this.pick({ run: id, picked: false })}
              >
                <span class="codicon codicon-close" aria-hidden="true"></span>
              </button>
            </li>`,
        )}
      </ul>
      <div class="charts">
        ${CHARTS.map(
          ({ heading, format }, index) =>
            html`<scrawl-chart
              .heading=${heading}
              .lines=${this.charts[index] ?? []}
              .format=${format}
              .height=${150}
              .whole=${this.whole}
              .range=${this.zoom}
              .at=${this.at}
              @hover=${(event: CustomEvent<number | null>) => (this.at = event.detail ?? undefined)}
              @zoom=${(event: CustomEvent<Range | null>) => (this.zoom = event.detail ?? undefined)}
            ></scrawl-chart>`,
        )}
      </div>
    </section>`;
  }

  private nameOf(id: string) {
    return this.rows?.find((row) => row.id === id)?.name ?? id;
  }

  // --- what follows from what is looked at

  private arrange(): void {
    const { columns, arrangement, folded } = this;
    this.found = arranged(this.rows ?? [], columns, arrangement);
    const group = columns.find(({ key }) => key === arrangement.group);
    this.items = itemsOf(this.found, group, folded);
    const differing = usualValues(this.found, columns);
    const isNeeded = ({ key, isSetting }: Column) => !isSetting || this.all || differing.has(key);
    // a table of one run would have no settings at all
    const alone = this.found.length === 1;
    this.shownColumns = columns.filter(
      (column) => isNeeded(column) || alone || ['dataset', 'network'].includes(column.key),
    );
  }

  private compare(): void {
    this.styles = new Map(
      this.picked.flatMap((id, slot) => {
        const style = STYLES[slot];
        return id !== null && style ? [[id, style] as const] : [];
      }),
    );
    const compared = this.found.filter(({ id }) => this.styles.has(id));
    this.usual = usualValues(compared.length > 1 ? compared : this.found, this.columns);
  }

  private draw(): void {
    const shown = [...this.styles].flatMap(([id, style]): ShownRun[] => {
      const curve = this.curves.get(id);
      return curve ? [{ id, name: this.nameOf(id), curve, style }] : [];
    });
    const options = { per: 'epoch', average: 1, logLoss: false } as const;
    this.charts = CHARTS.map(({ quantity }) => linesOf(quantity, shown, options));
    this.whole = [0, Math.max(1, ...shown.map(({ curve }) => curve.epochs.at(-1)?.epoch ?? 0))];
  }

  // --- what the user does

  private look(changed: Partial<Arrangement>): void {
    this.arrangement = { ...this.arrangement, ...changed };
    this.save();
  }

  /** Sorts the other way where it is sorted by the column already; numbers begin with the greatest. */
  private sortBy(key: string): void {
    const { sort, descending } = this.arrangement;
    const isNumber = this.columns.find((column) => column.key === key)?.isNumber ?? false;
    this.look({ sort: key, descending: sort === key ? !descending : isNumber });
  }

  private fold(name: string): void {
    const folded = new Set(this.folded);
    if (!folded.delete(name)) folded.add(name);
    this.folded = folded;
    this.save();
  }

  private pick({ run, picked }: { run: string; picked: boolean }): void {
    const slots = withSlot(this.picked, run, picked);
    if (!slots) return;
    this.picked = slots;
    if (!picked) this.curves.delete(run);
    this.save();
    this.tell({ type: 'pick', runs: this.pickedIds() });
  }

  protected override toSave(): Saved {
    const { picked, arrangement, all, folded } = this;
    return { picked: [...picked], arrangement, all, folded: [...folded] };
  }

  private pickedIds(): string[] {
    return this.picked.filter((id) => id !== null);
  }

  // --- what the host tells

  protected override receive(message: HostToRuns): void {
    switch (message.type) {
      case 'runs':
        this.listed(message);
        return;
      case 'curve':
        this.curves.set(message.run, new Curve(message));
        this.version++;
        return;
      case 'progress':
        this.curves.get(message.run)?.add(message.points);
        return;
      case 'epoch':
        this.curves.get(message.run)?.addEpoch(message);
        this.drawSoon();
    }
  }

  private listed({ rows, settings }: Extract<HostToRuns, { type: 'runs' }>): void {
    this.rows = rows;
    if (this.columns.length === 0) this.columns = columnsOf(settings);
    const known = new Set(rows.map(({ id }) => id));
    for (const id of this.pickedIds()) if (!known.has(id)) this.pick({ run: id, picked: false });
  }
}
