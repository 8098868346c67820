import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted, grouped } from '../../src/base/words';
import {
  type BrowsedDataset,
  type BrowseToHost,
  type BrowseView,
  type Filter,
  filterSchema,
  type HostToBrowse,
  type Page,
} from '../../src/protocol/pages/browse';
import { countSchema } from '../../src/protocol/pages/number';
import { PageElement } from '../base/pageElement';
import '../samples/actions';
import { allExcluded, type CellList } from '../samples/cells';
import '../samples/grid';
import type { Grid } from '../samples/grid';
import { DEFAULT_ZOOM, LARGEST, SMALLEST } from '../samples/layout';
import { Pages } from '../samples/pages';
import { Selection } from '../samples/selection';
import { type Action, actionsFor } from './actions';
import './filters';
import type { Filters } from './filters';
import { sampleAt } from './sample';
import { describeSample } from './words';

const savedSchema = z.object({
  /** The dataset's id: what the host opens again. */
  id: z.string(),
  filter: filterSchema,
  /** The finding whose samples show. */
  only: z.optional(z.string()),
  zoom: z.number().check(z.minimum(SMALLEST), z.maximum(LARGEST)),
  top: countSchema,
  current: countSchema,
});
type Saved = z.infer<typeof savedSchema>;

/** A dataset's samples: holds what is shown and chosen, and passes intents to the host. */
export default class Browse extends PageElement<BrowseToHost, HostToBrowse, Saved> {
  @state() private browsed: BrowsedDataset | undefined;
  @state() private view: BrowseView | undefined;
  @state() private list: CellList | undefined;
  @state() private zoom = DEFAULT_ZOOM;
  @state() private selection = Selection.NONE;
  @state() private current = 0;
  @query('scrawl-grid') private readonly grid: Grid | undefined;
  @query('scrawl-filters') private readonly filters: Filters | undefined;

  protected override readonly savedSchema = savedSchema;
  private readonly pages = new Pages<Page>((revision, page) => this.tell({ type: 'page', revision, page }));
  private saved: Saved | undefined;

  protected override begin(saved: Saved | undefined) {
    this.saved = saved;
    this.zoom = saved?.zoom ?? this.zoom;
    return { type: 'ready' as const, ...(saved && { filter: saved.filter, only: saved.only }) };
  }

  override render() {
    const { browsed: dataset, view, list, notice, selection } = this;
    if (!dataset || !view || !list) {
      return html`<p class="nothing ${notice?.failed ? 'failure' : ''}" role="status">
        ${notice?.text ?? 'Reading the dataset…'}
      </p>`;
    }
    return html`<scrawl-filters
        .browsed=${dataset}
        .view=${view}
        .zoom=${this.zoom}
        @filter=${(event: CustomEvent<Filter>) => this.show(event.detail)}
        @zoom=${(event: CustomEvent<number>) => this.zoomTo(event.detail)}
        @all=${() => this.showAll()}
        @jump=${(event: CustomEvent<number>) => this.jump(event.detail)}
      ></scrawl-filters>
      <scrawl-grid
        .list=${list}
        .empty=${'No sample passes this filter.'}
        .shortcuts=${'R Delete Enter Control+A Control+Z'}
        .selection=${selection}
        .current=${this.current}
        .zoom=${this.zoom}
        @select=${(event: CustomEvent<Selection>) => this.select(event.detail)}
        @move=${(event: CustomEvent<number>) => this.move(event.detail)}
        @open=${(event: CustomEvent<number>) => this.sendToPad(event.detail)}
        @zoom=${(event: CustomEvent<number>) => this.zoomTo(this.zoom + 4 * event.detail)}
        @scrolled=${() => this.saveSoon()}
      ></scrawl-grid>
      <scrawl-actions
        .chosen=${this.chosenInWords()}
        .buttons=${actionsFor(selection.count, this.allExcluded(), view.undo)}
        .notice=${notice}
        @act=${(event: CustomEvent<Action>) => this.act(event.detail)}
      ></scrawl-actions>
      <div class="hidden" role="status" aria-live="polite">${notice?.text ?? this.announcement()}</div>`;
  }

  private chosenInWords(): string {
    const { selection, browsed: dataset } = this;
    if (selection.count === 0) return 'Nothing chosen';
    if (selection.count > 1) return `${counted(selection.count, 'sample')} chosen`;
    const place = selection.ranges[0]?.[0] ?? 0;
    const sample = sampleAt(this.pages, place);
    return sample && dataset ? describeSample(sample, dataset) : `sample ${grouped(place + 1)}`;
  }

  /** What a screen reader says besides the cell that the keyboard is at. */
  private announcement() {
    return this.selection.count > 1 ? this.chosenInWords() : nothing;
  }

  private allExcluded(): boolean {
    const { list, selection, view } = this;
    // a long selection can be excluded, and the filter shows what is
    return view?.filter.shown === 'excluded' || (list !== undefined && allExcluded(selection, list));
  }

  // --- what shows

  private cells({ total }: BrowseView): CellList | undefined {
    const { browsed: dataset, pages } = this;
    if (!dataset) return undefined;
    const { name, width, height, classes } = dataset;
    const cell = (place: number) => {
      const sample = sampleAt(pages, place);
      if (!sample) return undefined;
      const { label, excluded, relabeled } = sample;
      const description = describeSample(sample, dataset);
      return { caption: [classes[label] ?? ''], strong: false, description, excluded, relabeled };
    };
    return { name: `Samples of ${name}`, total, width, height, lines: 1, pages, cell };
  }

  private show(filter: Filter): void {
    this.startOver();
    this.tell({ type: 'filter', filter });
  }

  /** Shows the samples of the whole dataset again. */
  private showAll(): void {
    this.startOver();
    this.tell({ type: 'showAll' });
  }

  private startOver(): void {
    this.notice = undefined;
    this.selection = Selection.NONE;
    this.current = 0;
  }

  private zoomTo(zoom: number): void {
    this.zoom = Math.min(Math.max(zoom, SMALLEST), LARGEST);
    this.saveSoon();
  }

  private jump(place: number): void {
    this.grid?.goTo(place);
    this.grid?.focus();
  }

  private select(selection: Selection): void {
    this.notice = undefined;
    this.selection = selection;
  }

  private move(place: number): void {
    this.current = place;
    this.saveSoon();
  }

  protected override toSave(): Saved | undefined {
    const { browsed: dataset, view, zoom, current, grid } = this;
    if (!dataset || !view) return undefined;
    const { filter, only } = view;
    return { id: dataset.id, filter, only: only?.id, zoom, top: grid?.top ?? 0, current };
  }

  // --- what is done

  private act(action: Action): void {
    const { selection, view } = this;
    if (!view) return;
    if (action === 'undo') {
      this.tell({ type: 'undo' });
      return;
    }
    if (selection.count === 0) return;
    const [[place] = [0]] = selection.ranges;
    const places = [...selection.ranges];
    const { revision } = view;
    if (action === 'sendToPad') this.sendToPad(place);
    else if (action === 'relabel') this.tell({ type: 'relabel', revision, places });
    else this.tell({ type: 'exclude', revision, places, excluded: action === 'exclude' });
  }

  private sendToPad(place: number): void {
    if (this.view) this.tell({ type: 'sendToPad', revision: this.view.revision, place });
  }

  // --- the host

  protected override receive(message: HostToBrowse): void {
    switch (message.type) {
      case 'dataset':
        this.browsed = message;
        if (this.saved && this.saved.id !== message.id) this.saved = undefined;
        return;
      case 'view':
        this.showView(message);
        return;
      case 'page':
        if (!this.pages.accept(message)) return;
        this.grid?.repaint();
        // what is chosen or at the keyboard may have come with it
        this.requestUpdate();
        this.grid?.requestUpdate();
    }
  }

  private showView(view: BrowseView): void {
    const shows = ({ filter, only }: BrowseView) => JSON.stringify([filter, only]);
    const other = !this.view || shows(view) !== shows(this.view);
    const { saved } = this;
    this.pages.startOver(view.revision, other);
    this.view = view;
    this.list = this.cells(view);
    this.selection = this.selection.within(view.total);
    this.current = Math.min(this.current, Math.max(0, view.total - 1));
    this.comeBack(saved);
    this.saveSoon();
  }

  /** Puts the window and the keyboard where they were before the reload. */
  private comeBack(to: Saved | undefined): void {
    this.saved = undefined;
    if (!to || !this.view) return;
    const last = Math.max(0, this.view.total - 1);
    this.current = Math.min(to.current, last);
    const top = Math.min(to.top, last);
    void this.updateComplete.then(() => this.grid?.showAtTop(top));
  }

  // --- the keyboard

  protected override keyAction(event: KeyboardEvent, target: Element | undefined): (() => void) | undefined {
    if (event.altKey || target?.closest('input, vscode-single-select, .class-list')) return undefined;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === 'a' && this.view && this.view.total > 0) {
        const { total } = this.view;
        return () => this.select(Selection.of(0, total - 1));
      }
      return key === 'z' ? () => this.act('undo') : undefined;
    }
    switch (key) {
      case 'r':
        return () => this.act('relabel');
      case 'delete':
      case 'backspace':
        return () => this.act(this.allExcluded() ? 'include' : 'exclude');
      case 'g':
        return () => this.filters?.focusJump();
      case 'escape':
        return () => this.select(Selection.NONE);
      case '+':
      case '=':
        return () => this.zoomTo(this.zoom + 8);
      case '-':
        return () => this.zoomTo(this.zoom - 8);
      default:
        return undefined;
    }
  }
}
