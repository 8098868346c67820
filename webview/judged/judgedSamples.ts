import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted, grouped } from '../../src/base/words';
import type { Range } from '../../src/protocol/pages/browse';
import {
  type FoundNeighbors,
  type GalleryAbout,
  type GalleryList,
  type GalleryPage,
  type GalleryToHost,
  type HostToGallery,
  type LookedAt,
  type Occluded,
  type Sort,
  SORTS,
} from '../../src/protocol/pages/gallery';
import { countSchema } from '../../src/protocol/pages/number';
import type { Notice } from '../base/pageElement';
import { Part } from '../base/part';
import '../samples/actions';
import { allExcluded, type CellList } from '../samples/cells';
import '../samples/grid';
import type { Grid } from '../samples/grid';
import { LARGEST, SMALLEST } from '../samples/layout';
import { Pages } from '../samples/pages';
import { Selection } from '../samples/selection';
import { zoomField } from '../samples/zoomField';
import { type Action, ACTION_KEYS, actionsFor } from './actions';
import { heightOfRows } from './heightOfRows';
import { cellsOf } from './sample';
import './sampleView';
import type { SampleView } from './sampleView';

const SORT_WORDS: Record<Sort, string> = {
  wrongAndSure: 'Most confident errors first',
  surest: 'Most confident first',
  leastSure: 'Least confident first',
  class: 'By class',
  stored: 'As stored',
};

/** What outlives the page. */
export const samplesStateSchema = z.object({
  /** What the host opens again, and how it is ordered. */
  remember: z.unknown(),
  sort: z.enum(SORTS),
  zoom: z.number().check(z.minimum(SMALLEST), z.maximum(LARGEST)),
  top: countSchema,
  current: countSchema,
  looking: z.boolean(),
  attention: z.boolean(),
});
export type SamplesState = z.infer<typeof samplesStateSchema>;

/** Room for a picture and two short lines. */
const USUAL_ZOOM = 64;
/** Milliseconds that a sample has to be looked at before it is asked about. */
const LOOK_AFTER = 120;

/** What is known of the sample that is looked at closely. */
interface Looked {
  readonly sample?: LookedAt;
  readonly occluded?: Occluded;
  readonly found?: FoundNeighbors;
  readonly searching?: Extract<HostToGallery, { type: 'searching' }>;
  readonly missing: readonly Extract<HostToGallery, { type: 'missing' }>[];
}
const NOTHING_LOOKED: Looked = { missing: [] };

/**
 * Samples that a model has read: holds what shows and what is chosen, and passes intents on.
 *
 * @fires save when its state is another one
 * @fires heed when the last notice has been seen
 */
@customElement('scrawl-judged-samples')
export class JudgedSamples extends Part {
  /** Tells the host. */
  @property({ attribute: false }) tell!: (message: Exclude<GalleryToHost, { type: 'ready' }>) => void;
  @property({ attribute: false }) notice: Notice | undefined;
  /** Whether it stands among other parts of a page, rather than being the page. */
  @property({ type: Boolean }) inset = false;
  /** What is said where no sample is listed. */
  @property() empty = 'No sample is among these any more.';
  @state() private about: GalleryAbout | undefined;
  @state() private list: GalleryList | undefined;
  @state() private cells: CellList | undefined;
  @state() private zoom = USUAL_ZOOM;
  @state() private selection = Selection.NONE;
  @state() private current = 0;
  /** Whether a sample is looked at closely. */
  @state() private looking = false;
  @state() private looked = NOTHING_LOOKED;
  @state() private attention = true;
  @query('scrawl-grid') private readonly grid: Grid | undefined;
  @query('scrawl-sample-view') private readonly sampleView: SampleView | undefined;
  @query('.parts') private readonly parts: HTMLElement | undefined;

  /** What a page of before had; taken up where the same samples are listed. */
  saved: SamplesState | undefined;
  private readonly pages = new Pages<GalleryPage>((revision, page) =>
    this.tell({ type: 'page', revision, page }),
  );
  private lookingSoon: ReturnType<typeof setTimeout> | undefined;

  override firstUpdated(): void {
    if (this.inset) new ResizeObserver(() => this.fitRows()).observe(this);
  }

  override updated(): void {
    this.fitRows();
  }

  override render() {
    const { about, list, cells, notice } = this;
    if (!about || !list || !cells) {
      return html`<p class="nothing ${notice?.failed ? 'failure' : ''}" role="status">
        ${notice?.text ?? 'Reading the samples…'}
      </p>`;
    }
    return html`${this.inset ? this.order(list) : this.head(about, list)}
      <div class="parts ${this.looking ? 'looking' : ''}">
        <scrawl-grid
          .list=${cells}
          .empty=${this.empty}
          .shortcuts=${'Enter R Delete K S D O P Control+A Control+Z'}
          .selection=${this.selection}
          .current=${this.current}
          .zoom=${this.zoom}
          .takesKeyboard=${!this.inset}
          @select=${(event: CustomEvent<Selection>) => this.select(event.detail)}
          @move=${(event: CustomEvent<number>) => this.move(event.detail)}
          @open=${(event: CustomEvent<number>) => this.lookAt(event.detail)}
          @zoom=${(event: CustomEvent<number>) => this.zoomTo(this.zoom + 4 * event.detail)}
          @scrolled=${() => this.fire('save')}
        ></scrawl-grid>
        ${this.looking ? this.closeLook(about, list) : nothing}
      </div>
      <scrawl-actions
        .chosen=${this.chosenInWords()}
        .buttons=${actionsFor({
          count: this.chosen.count,
          total: list.total,
          excluded: allExcluded(this.chosen, cells),
          ink: about.kind === 'ink',
          undo: list.undo,
        })}
        .notice=${notice}
        @act=${(event: CustomEvent<Action>) => this.act(event.detail)}
      ></scrawl-actions>
      <div class="hidden" role="status" aria-live="polite">${notice?.text ?? nothing}</div>`;
  }

  private head({ title, model, dataset, split }: GalleryAbout, list: GalleryList) {
    const { total, wrong } = list;
    const right = total - wrong;
    return html`<header class="bar">
      <h1>${title}</h1>
      <p class="about">
        ${counted(total, 'sample')}${wrong > 0 && right > 0 ? `, ${grouped(wrong)} wrong` : ''} · ${model} on
        ${dataset}, ${split === 'all' ? 'all samples' : split}
      </p>
      <span class="space"></span>
      ${this.order(list)} ${zoomField(this.zoom, (zoom) => this.zoomTo(zoom))}
    </header>`;
  }

  private order({ sort, strayed }: GalleryList) {
    return html`${
        strayed > 0
          ? html`<button class="control" title="List them without those" @click=${() => this.refresh()}>
              <span class="codicon codicon-refresh" aria-hidden="true"></span>Refresh: ${grouped(strayed)}
              changed
            </button>`
          : nothing
      }
      <select
        class=${this.inset ? 'order' : 'control'}
        aria-label="Order of the samples"
        title="Order of the samples"
        @change=${(event: Event) => this.sortBy((event.target as HTMLSelectElement).value as Sort)}
      >
        ${SORTS.map((each) => html`<option value=${each} ?selected=${each === sort}>${SORT_WORDS[each]}</option>`)}
      </select>`;
  }

  private closeLook(about: GalleryAbout, { answers }: GalleryList) {
    const { sample, occluded, found, searching, missing } = this.looked;
    return html`<scrawl-sample-view
      .about=${about}
      .answers=${answers}
      .sample=${sample}
      .occluded=${occluded}
      .found=${found}
      .searching=${searching}
      .missing=${missing}
      .attention=${this.attention}
      @answer=${(event: CustomEvent<number>) => this.occlude(event.detail)}
      @attention=${(event: CustomEvent<boolean>) => this.setAttention(event.detail)}
      @step=${(event: CustomEvent<number>) => this.step(event.detail)}
      @close=${() => this.lookAway()}
    ></scrawl-sample-view>`;
  }

  // --- what shows

  /** What actions are about: the selection, or else the sample that is looked at. */
  private get chosen(): Selection {
    if (this.selection.count > 0 || !this.looking || !this.list?.total) return this.selection;
    return Selection.of(this.current);
  }

  private chosenInWords(): string {
    const { chosen, cells } = this;
    if (chosen.count === 0) return 'Nothing chosen';
    if (chosen.count > 1) return `${counted(chosen.count, 'sample')} chosen`;
    const place = chosen.ranges[0]?.[0] ?? 0;
    return cells?.cell(place)?.description ?? `sample ${grouped(place + 1)}`;
  }

  private sortBy(sort: Sort): void {
    this.startOver();
    this.tell({ type: 'sort', sort });
  }

  private refresh(): void {
    this.startOver();
    this.tell({ type: 'refresh' });
  }

  private startOver(): void {
    this.fire('heed');
    this.selection = Selection.NONE;
    this.current = 0;
    this.looked = NOTHING_LOOKED;
  }

  private zoomTo(zoom: number): void {
    this.zoom = Math.min(Math.max(zoom, SMALLEST), LARGEST);
    this.fire('save');
  }

  private select(selection: Selection): void {
    this.fire('heed');
    this.selection = selection;
  }

  private move(place: number): void {
    this.current = place;
    this.fire('save');
    if (this.looking) this.lookSoon();
  }

  /** What a page of later takes up. */
  get state(): SamplesState | undefined {
    const { about, list, zoom, current, looking, attention, grid } = this;
    if (!about || !list) return undefined;
    const { remember } = about;
    return { remember, sort: list.sort, zoom, top: grid?.top ?? 0, current, looking, attention };
  }

  /** Among other parts it is as high as its rows, of which a few show. */
  private fitRows(): void {
    const { inset, parts, list, looking, zoom } = this;
    if (!inset || !parts || !list) return;
    parts.style.height = looking ? '' : `${heightOfRows(list.total, zoom, this.clientWidth)}px`;
  }

  // --- one sample

  private lookAt(place: number): void {
    this.looking = true;
    this.current = place;
    this.lookNow();
    this.fire('save');
    // where there is no room for both, the keyboard goes to what shows
    void this.updateComplete.then(() => {
      if (this.grid?.checkVisibility() === false) this.sampleView?.focus();
    });
  }

  private lookAway(): void {
    this.looking = false;
    this.looked = NOTHING_LOOKED;
    clearTimeout(this.lookingSoon);
    this.tell({ type: 'lookAway' });
    this.fire('save');
    void this.updateComplete.then(() => this.grid?.focus());
  }

  private lookSoon(): void {
    clearTimeout(this.lookingSoon);
    this.lookingSoon = setTimeout(() => this.lookNow(), LOOK_AFTER);
  }

  private lookNow(): void {
    clearTimeout(this.lookingSoon);
    const { list, current } = this;
    if (!this.looking || !list || list.total === 0) return;
    this.tell({ type: 'look', revision: list.revision, place: current });
  }

  private step(by: number): void {
    const total = this.list?.total ?? 0;
    const place = Math.min(Math.max(this.current + by, 0), total - 1);
    if (total === 0 || place === this.current) return;
    this.grid?.goTo(place);
  }

  private occlude(answer: number): void {
    const { sample } = this.looked;
    if (!sample) return;
    const { revision, place } = sample;
    this.setAttention(true);
    this.tell({ type: 'occlude', revision, place, answer });
  }

  private setAttention(attention: boolean): void {
    this.attention = attention;
    this.fire('save');
  }

  // --- what is done

  private act(action: Action): void {
    const { chosen, list } = this;
    if (!list) return;
    if (action === 'undo') {
      this.tell({ type: 'undo' });
      return;
    }
    const { revision, total } = list;
    if (action === 'makeDataset' && total > 0) {
      const all: Range[] = [[0, total - 1]];
      this.tell({ type: action, revision, places: chosen.count > 0 ? rangesOf(chosen) : all });
      return;
    }
    if (chosen.count === 0) return;
    const places = rangesOf(chosen);
    const [place = 0] = places[0] ?? [];
    switch (action) {
      case 'look':
        this.lookAt(place);
        return;
      case 'sendToPad':
        this.tell({ type: 'sendToPad', revision, place });
        return;
      case 'relabel':
      case 'keep':
        this.tell({ type: action, revision, places });
        return;
      case 'exclude':
      case 'include':
        this.tell({ type: 'exclude', revision, places, excluded: action === 'exclude' });
    }
  }

  // --- the host

  /** Takes a message of the host. */
  take(message: HostToGallery): void {
    switch (message.type) {
      case 'about':
        this.showSamples(message);
        return;
      case 'list':
        this.takeList(message);
        return;
      case 'page':
        if (!this.pages.accept(message)) return;
        this.grid?.repaint();
        // what is chosen or at the keyboard may have come with it
        this.requestUpdate();
        this.grid?.requestUpdate();
        return;
      case 'done':
      case 'failed':
        return;
      default:
        if (message.revision !== this.list?.revision || message.place !== this.current) return;
        this.looked = taken(this.looked, message);
    }
  }

  private showSamples(about: GalleryAbout): void {
    const { saved } = this;
    const same = (remember: unknown) => JSON.stringify(remember) === JSON.stringify(about.remember);
    this.saved = undefined;
    if (saved && same(saved.remember)) {
      ({ zoom: this.zoom, looking: this.looking, attention: this.attention } = saved);
      this.comeBack = saved;
    } else if (!this.about || !same(this.about.remember)) {
      this.startOver();
      this.looking = false;
      this.list = undefined;
      this.cells = undefined;
    }
    this.about = about;
    this.pages.startOver(0, true);
  }

  /** Where the window and the keyboard are to be put once the samples are listed. */
  private comeBack: SamplesState | undefined;

  private takeList(list: GalleryList): void {
    const { about, comeBack } = this;
    if (!about) return;
    this.pages.startOver(list.revision, list.sort !== this.list?.sort);
    this.list = list;
    this.cells = cellsOf(about, list, this.pages);
    this.selection = this.selection.within(list.total);
    const last = Math.max(0, list.total - 1);
    this.comeBack = undefined;
    this.current = Math.min(comeBack?.current ?? this.current, last);
    const top = Math.min(comeBack?.top ?? 0, last);
    if (comeBack) void this.updateComplete.then(() => this.grid?.showAtTop(top));
    if (this.looking) this.lookNow();
    this.fire('save');
  }

  // --- the keyboard

  /** What a key means here. */
  keyAction(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined {
    if (event.altKey || !this.list || target?.closest('select, input:not([type="checkbox"])'))
      return undefined;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) return this.commandFor(key);
    const action = ACTION_KEYS[key];
    if (action) return () => this.act(action);
    if (key === 'arrowleft' || key === 'arrowright') {
      const inView = target?.closest('scrawl-sample-view');
      return inView ? () => this.step(key === 'arrowleft' ? -1 : 1) : undefined;
    }
    switch (key) {
      case 'delete':
      case 'backspace':
        return () => this.act(this.cells && allExcluded(this.chosen, this.cells) ? 'include' : 'exclude');
      case 'o':
        return () => this.setAttention(!this.attention);
      case 'p':
        return () => this.sampleView?.toggleReplay();
      case 'escape':
        return this.looking ? () => this.lookAway() : () => this.select(Selection.NONE);
      case '+':
      case '=':
        return () => this.zoomTo(this.zoom + 8);
      case '-':
        return () => this.zoomTo(this.zoom - 8);
      default:
        return undefined;
    }
  }

  private commandFor(key: string): (() => void) | undefined {
    const total = this.list?.total ?? 0;
    if (key === 'a' && total > 0) return () => this.select(Selection.of(0, total - 1));
    return key === 'z' ? () => this.act('undo') : undefined;
  }
}

const rangesOf = ({ ranges }: Selection): Range[] => ranges.map((range): Range => [...range]);

/** What is known of the sample that is looked at, with what has come now. */
function taken(
  looked: Looked,
  message: Extract<HostToGallery, { type: 'sample' | 'occluded' | 'neighbors' | 'searching' | 'missing' }>,
): Looked {
  switch (message.type) {
    case 'sample': {
      // a sample that is told of anew keeps what was found until that is told anew
      const same = message.split === looked.sample?.split && message.index === looked.sample.index;
      return same ? { ...looked, sample: message, missing: [] } : { sample: message, missing: [] };
    }
    case 'occluded':
      return { ...looked, occluded: message };
    case 'neighbors':
      return { ...looked, found: message };
    case 'searching':
      return { ...looked, searching: message };
    case 'missing':
      return { ...looked, missing: [...looked.missing, message] };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scrawl-judged-samples': JudgedSamples;
  }
}
