import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { SPLIT_NAMES } from '../../src/base/split';
import { counted, grouped, percentDone } from '../../src/base/words';
import type {
  HostToReport,
  ReportedDataset,
  ReportedFinding,
  ReportToHost,
  ShownReport,
} from '../../src/protocol/pages/datasetReport';
import { PageElement } from '../base/pageElement';
import './classBars';
import { ORDERS, type Order } from './order';

const savedSchema = z.object({
  /** The dataset's id: what the host opens again. */
  id: z.string(),
  order: z.enum(ORDERS),
});
type Saved = z.infer<typeof savedSchema>;

/** The report of a dataset: what may be wrong with its samples, and how many each class has. */
export default class DatasetReport extends PageElement<ReportToHost, HostToReport, Saved> {
  @state() private reported: ReportedDataset | undefined;
  @state() private report: ShownReport | undefined;
  @state() private working: { done: number; total: number } | undefined;
  @state() private stopped = false;
  @state() private order: Order = 'class';

  protected override readonly savedSchema = savedSchema;

  protected override begin(saved: Saved | undefined) {
    this.order = saved?.order ?? this.order;
    return { type: 'ready' as const };
  }

  override render() {
    const { reported, report } = this;
    if (!reported)
      return html`<p class="nothing" role="status">${this.failure ?? 'Reading the dataset…'}</p>`;
    return html`<header>
        <h1>Report of ${reported.name}</h1>
        <p class="about">${about(reported, report)}</p>
        ${this.alert()} ${this.progress()}
      </header>
      ${report ? this.findings(report.findings) : nothing}
      <scrawl-class-bars
        .reported=${reported}
        .means=${report?.means}
        .order=${this.order}
        @order=${(event: CustomEvent<Order>) => this.orderBy(event.detail)}
        @open=${(event: CustomEvent<number>) => this.tell({ type: 'openClass', class: event.detail })}
      ></scrawl-class-bars>`;
  }

  private progress() {
    const { working, stopped } = this;
    if (working) {
      const { done, total } = working;
      return html`<div class="working" role="status">
        <progress aria-label="Samples looked through" max=${Math.max(1, total)} .value=${done}></progress>
        <span>Looking through the samples: ${percentDone(done, total)}</span>
        <button class="control" @click=${() => this.tell({ type: 'stop' })}>Stop</button>
      </div>`;
    }
    if (!stopped) return nothing;
    return html`<div class="working">
      <span>The samples were not looked through.</span>
      <button class="control" @click=${() => this.lookAgain()}>Look Through Them</button>
    </div>`;
  }

  private findings(findings: readonly ReportedFinding[]) {
    return html`<section aria-labelledby="findings">
      <h2 id="findings">What to look at</h2>
      ${
        findings.length === 0
          ? html`<p class="caption">No doubles, no leaks between splits, no blank or odd samples.</p>`
          : html`<ul class="findings">
              ${findings.map((finding) => this.finding(finding))}
            </ul>`
      }
    </section>`;
  }

  private finding({ id, title, meaning, total, shown, excluded }: ReportedFinding) {
    const notes = [
      ...(excluded > 0 ? [`${grouped(excluded)} of them are excluded.`] : []),
      ...(shown < total ? [`The first ${grouped(shown)} can be shown.`] : []),
    ];
    return html`<li>
      <span class="total">${grouped(total)}</span>
      <div class="what">
        <h3>${title}</h3>
        <p class="caption">${[meaning, ...notes].join(' ')}</p>
      </div>
      <button
        class="control"
        aria-label="Show samples: ${title}"
        @click=${() => this.tell({ type: 'open', finding: id })}
      >
        Show Samples
      </button>
    </li>`;
  }

  private orderBy(order: Order): void {
    this.order = order;
    this.save();
  }

  private lookAgain(): void {
    this.stopped = false;
    this.notice = undefined;
    this.tell({ type: 'look' });
  }

  protected override toSave(): Saved | undefined {
    return this.reported && { id: this.reported.id, order: this.order };
  }

  protected override receive(message: HostToReport): void {
    switch (message.type) {
      case 'dataset':
        this.reported = message;
        this.save();
        return;
      case 'report':
        this.report = message;
        this.working = undefined;
        this.stopped = false;
        return;
      case 'working':
        this.working = message;
        this.stopped = false;
        return;
      case 'stopped':
        this.working = undefined;
        this.stopped = true;
    }
  }
}

function about({ classes, splits, texts }: ReportedDataset, report: ShownReport | undefined): string {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const samples = splits.map(({ split, counts }) =>
    split === 'all'
      ? counted(sum(counts), 'sample')
      : `${grouped(sum(counts))} ${SPLIT_NAMES[split].toLowerCase()}`,
  );
  const kinds = texts ? counted(classes.length, 'text') : counted(classes.length, 'class', 'classes');
  const when = report ? [`looked through on ${report.created.slice(0, 16).replace('T', ' ')}`] : [];
  return [samples.join(' + '), kinds, ...when].join(' · ');
}
