import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import * as z from 'zod/mini';
import { counted, grouped } from '../../src/base/words';
import { MOST_PROJECTED, PROJECTION_METHODS, USUAL_PROJECTED } from '../../src/protocol/projection';
import {
  type HostToProjector,
  type Layout,
  layoutSchema,
  type ProjectorToHost,
} from '../../src/protocol/pages/projector';
import { PageElement } from '../base/pageElement';
import type { Viewport } from '../base/viewport';
import { type PlacedClass, placedClasses } from './classes';
import { CLASS_COLORS } from './colors';
import { Points } from './points';
import './scatter';
import type { Chosen, Scatter } from './scatter';
import { Thumbnails } from './thumbnails';
import { countLabel, describe, METHOD_NAMES, progress, summary } from './words';

type About = Extract<HostToProjector, { type: 'about' }>;
type Working = Extract<HostToProjector, { type: 'working' }>;

const savedSchema = z.object({
  spec: z.unknown(),
  layout: layoutSchema,
  /** Name of the class that is lit alone. */
  named: z.optional(z.string()),
  errorsOnly: z.boolean(),
  view: z.optional(z.object({ scale: z.number(), x: z.number(), y: z.number() })),
});
type Saved = z.infer<typeof savedSchema>;

/** Numbers of samples that are offered. */
const COUNTS = [500, 1000, USUAL_PROJECTED, 5000, 10_000, MOST_PROJECTED];

/** The projector: what the network takes for alike lies together. Shows what the host tells, and passes intents on. */
export default class Projector extends PageElement<ProjectorToHost, HostToProjector, Saved> {
  @state() private about: About | undefined;
  @state() private layout: Layout = { method: 'umap', most: USUAL_PROJECTED };
  @state() private working: Working | undefined;
  @state() private stopped = false;
  @state() private points: Points | undefined;
  @state() private named: string | undefined;
  @state() private errorsOnly = false;
  @state() private lassoing = false;
  @state() private view: Viewport | undefined;
  /** Samples on the screen, and those of them that are read wrong. */
  @state() private inView: { all: readonly number[]; wrong: readonly number[] } = { all: [], wrong: [] };
  @query('scrawl-scatter') private readonly scatter!: Scatter | null;

  private classes: readonly PlacedClass[] = [];
  protected override readonly savedSchema = savedSchema;
  private readonly thumbnails = new Thumbnails((revision, page) =>
    this.tell({ type: 'page', revision, page }),
  );

  protected override begin(saved: Saved | undefined) {
    if (saved) {
      ({ layout: this.layout, named: this.named, errorsOnly: this.errorsOnly, view: this.view } = saved);
    }
    return { type: 'ready' as const, ...(saved && { layout: saved.layout }) };
  }

  override render() {
    const { points } = this;
    return html`${this.bar()} ${this.working ? this.progressRow(this.working) : nothing} ${this.alert()}
    ${points ? this.map(points) : this.nothingYet()}`;
  }

  private bar() {
    const { about, layout } = this;
    if (!about) return nothing;
    const { samples: total } = about;
    return html`<header>
      <h1 class="hidden">Projector: ${about.model} on ${about.dataset}, ${about.split}</h1>
      <div class="options" role="group" aria-label="Layout">
        <select
          class="control"
          aria-label="How the samples are laid out"
          title="UMAP keeps clusters apart from each other as far as they differ; t-SNE shows best what is near a sample"
          @change=${(event: Event) => this.layOut({ ...layout, method: valueOf(event) as Layout['method'] })}
        >
          ${PROJECTION_METHODS.map(
            (method) =>
              html`<option value=${method} ?selected=${method === layout.method}>
                ${METHOD_NAMES[method]}
              </option>`,
          )}
        </select>
        <select
          class="control"
          aria-label="How many samples are laid out"
          title="Of a larger split so many samples, evenly spread. Times were measured on two cores; the network comes on top."
          @change=${(event: Event) => this.layOut({ ...layout, most: Number(valueOf(event)) })}
        >
          ${countsFor(total, layout.most).map(
            (most) =>
              html`<option value=${most} ?selected=${most === layout.most}>
                ${countLabel(layout.method, most, total)}
              </option>`,
          )}
        </select>
      </div>
      ${this.points ? this.lights(this.points) : nothing}
      <span class="space"></span>
      <button class="control" @click=${() => this.tell({ type: 'export', most: layout.most })}>
        <span class="codicon codicon-export" aria-hidden="true"></span>Export for TensorBoard…
      </button>
    </header>`;
  }

  private lights(points: Points) {
    const { named, errorsOnly, classes } = this;
    return html`<div class="options" role="group" aria-label="What is lit">
        <select
          class="control"
          aria-label="Class that is lit"
          title="Lights the samples of a class, and those that are taken for it"
          @change=${(event: Event) => this.light({ named: valueOf(event) || undefined })}
        >
          <option value="" ?selected=${named === undefined}>All ${grouped(classes.length)} classes</option>
          ${classes.map(
            ({ name, count }) =>
              html`<option value=${name} ?selected=${name === named} ?disabled=${count === 0}>
                ${name} (${grouped(count)})
              </option>`,
          )}
        </select>
        <label class="check"
          ><input
            type="checkbox"
            .checked=${errorsOnly}
            @change=${(event: Event) => this.light({ errorsOnly: (event.target as HTMLInputElement).checked })}
          />Errors only</label
        >
      </div>
      <p class="hidden" role="status">${summary(points)}</p>`;
  }

  private map(points: Points) {
    const { leftOut } = points.projected;
    const named = this.classes.findIndex(({ name }) => name === this.named);
    return html`<div class="map">
        ${keyed(
          points,
          html`<scrawl-scatter
            .points=${points}
            .classes=${this.classes}
            .thumbnails=${this.thumbnails}
            .named=${named < 0 ? undefined : named}
            .errorsOnly=${this.errorsOnly}
            .lassoing=${this.lassoing}
            .view=${this.view}
            @choose=${(event: CustomEvent<Chosen>) => this.open(points, event.detail)}
            @view=${(event: CustomEvent<Viewport | null>) => this.looked(event.detail ?? undefined)}
            @lasso=${(event: CustomEvent<boolean>) => (this.lassoing = event.detail)}
          ></scrawl-scatter>`,
        )}
        ${this.tools()}
      </div>
      <footer>
        ${this.galleryButton('Show in Gallery', this.inView.all, 'all in view')}
        ${this.galleryButton('Errors in Gallery', this.inView.wrong, 'errors in view')}
        <span class="space"></span>
        ${leftOut === 0 ? nothing : html`<span class="hint">${grouped(leftOut)} not shown: excluded, or of classes that the model cannot give</span>`}
      </footer>`;
  }

  private galleryButton(label: string, chosen: readonly number[], title: string) {
    return html`<button
      class="control"
      ?disabled=${chosen.length === 0}
      @click=${() => this.tellGallery(chosen, title)}
    >
      ${label} (${grouped(chosen.length)})
    </button>`;
  }

  private tools() {
    return html`<div class="tools" role="toolbar" aria-label="Map">
      ${this.tool('edit', 'Lasso: draw around samples (L)', () => (this.lassoing = !this.lassoing), this.lassoing)}
      ${this.tool('zoom-in', 'Zoom in (+)', () => this.scatter?.zoom(1.5))}
      ${this.tool('zoom-out', 'Zoom out (-)', () => this.scatter?.zoom(1 / 1.5))}
      ${this.tool('screen-full', 'Show all (0)', () => this.scatter?.fit())}
    </div>`;
  }

  private tool(icon: string, label: string, click: () => void, pressed?: boolean) {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      aria-pressed=${pressed ?? nothing}
      @click=${click}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private progressRow({ phase, done, total, secondsLeft }: Working) {
    const share = total > 0 ? done / total : 0;
    return html`<div class="progress" role="status">
      <progress aria-label="Laying out" max="1" .value=${share}></progress>
      <span class="words">${progress(phase, done, total, secondsLeft)}</span>
      <button class="control" @click=${() => this.tell({ type: 'stop' })}>Stop</button>
    </div>`;
  }

  private nothingYet() {
    if (this.working)
      return html`<p class="nothing">What the network takes for alike will lie together here.</p>`;
    if (!this.stopped && this.failure === undefined)
      return html`<p class="nothing" role="status">Opening…</p>`;
    return html`<div class="nothing">
      ${this.stopped ? html`<p>The layout was stopped.</p>` : nothing}
      <button class="control primary" @click=${() => this.layOut(this.layout)}>Lay Out</button>
    </div>`;
  }

  // --- what the user does

  private layOut(layout: Layout): void {
    this.layout = layout;
    this.notice = undefined;
    this.stopped = false;
    this.view = undefined;
    this.save();
    this.tell({ type: 'layOut', layout });
  }

  private light(changed: { named?: string | undefined; errorsOnly?: boolean }): void {
    if ('named' in changed) this.named = changed.named;
    this.errorsOnly = changed.errorsOnly ?? this.errorsOnly;
    this.save();
    void this.updateComplete.then(() => this.countInView());
  }

  private looked(view: Viewport | undefined): void {
    this.view = view;
    this.save();
    this.countInView();
  }

  private countInView(): void {
    const { points, scatter } = this;
    if (!points || !scatter) return;
    const all = scatter.inView;
    this.inView = { all, wrong: all.filter((at) => points.isWrong(at)) };
  }

  private open(points: Points, { samples: chosen, how }: Chosen): void {
    const [first] = chosen;
    const title =
      how === 'one' && first !== undefined
        ? describe(points, first)
        : `${counted(chosen.length, 'sample')} inside the lasso`;
    this.tellGallery(chosen, title);
  }

  private tellGallery(chosen: readonly number[], title: string): void {
    const places = chosen.map((at) => this.points?.projected.places[at] ?? 0);
    this.tell({ type: 'open', places, title: `Projector: ${title}`.slice(0, 200) });
  }

  protected override toSave(): Saved | undefined {
    const { about, layout, named, errorsOnly, view } = this;
    return about && { spec: about.spec, layout, named, errorsOnly, view };
  }

  // --- the host

  protected override receive(message: HostToProjector): void {
    switch (message.type) {
      case 'about':
        this.about = message;
        this.layout = message.layout;
        this.save();
        return;
      case 'working':
        this.notice = undefined;
        this.stopped = false;
        this.working = message;
        return;
      case 'projected':
        this.notice = undefined;
        this.working = undefined;
        this.layout = message.layout;
        this.points = new Points(message);
        this.classes = placedClasses(this.points, CLASS_COLORS);
        this.thumbnails.startOver(message.revision);
        void this.updateComplete.then(() => this.countInView());
        return;
      case 'page':
        if (this.thumbnails.pages.accept(message)) this.scatter?.repaint();
        return;
      case 'stopped':
        this.working = undefined;
        this.stopped = true;
        return;
      case 'failed':
        this.working = undefined;
    }
  }
}

function countsFor(total: number, chosen: number): number[] {
  const smaller = COUNTS.filter((count) => count < total);
  // the first that takes all of them, where that is allowed
  const all = COUNTS.find((count) => count >= total);
  const counts = all === undefined ? smaller : [...smaller, all];
  return counts.includes(chosen) ? counts : [...counts, chosen].sort((a, b) => a - b);
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
