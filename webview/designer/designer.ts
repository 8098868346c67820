import { html, nothing } from 'lit';
import { query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted } from '../../src/base/words';
import {
  type Catalog,
  classesSchema,
  type DesignerToHost,
  type HostToDesigner,
  type LayerKind,
  type ShownNetwork,
} from '../../src/protocol/pages/designer';
import { countSchema } from '../../src/protocol/pages/number';
import { takeKey } from '../base/keys';
import { PageElement } from '../base/pageElement';
import { type ClassChoice, FIRST_CHOICE } from './classes';
import { Drag, type Dragged } from './drag';
import { Edits, type Plan } from './edits';
import { inputCard, lastCard } from './fixedCards';
import './layerCard';
import type { CardAction, LayerCard, ParameterChange } from './layerCard';
import { actionAt, type LayerAction } from './layerKeys';
import './wholePicture';
import type { WholePicture } from './wholePicture';
import './palette';
import type { Palette } from './palette';
import { toAdd, toDuplicate, toMove, toRemove, toResize, toSet } from './plans';
import { toolbar, type ToolbarActions } from './toolbar';

/** What outlives hiding the editor tab and reloading the window. */
const savedSchema = z.object({
  chosen: z.optional(countSchema),
  classes: z.object({ classes: classesSchema, of: z.string() }),
  pictureOpen: z.boolean(),
  top: z.number(),
});
type Saved = z.infer<typeof savedSchema>;

/** Below this the palette stands over the network and is closed until it is wanted. */
const NARROW = '(max-width: 620px)';

/** A network as a list of layers to add, move, set and remove; the file in the host is what counts. */
export default class Designer extends PageElement<DesignerToHost, HostToDesigner, Saved> {
  @state() private catalog: Catalog | undefined;
  @state() private network: ShownNetwork | undefined;
  @state() private broken: string | undefined;
  @state() private chosen: number | undefined;
  @state() private classes: ClassChoice = FIRST_CHOICE;
  /** Where what is dragged would go. */
  @state() private dropAt: number | undefined;
  @state() private pictureOpen = true;
  @state() private paletteOpen = false;
  /** Changes that were refused: with each, forms show the file's values again. */
  @state() private refusals = 0;
  @query('scrawl-palette') private readonly palette!: Palette;
  @query('scrawl-whole-picture') private readonly picture: WholePicture | null | undefined;
  @query('.network') private readonly scroller!: HTMLElement | null;

  protected override readonly savedSchema = savedSchema;
  private readonly edits = new Edits((edit) => {
    if (this.network) this.tell({ type: 'edit', revision: this.network.revision, edit });
  });
  private readonly narrow = matchMedia(NARROW);
  private readonly drag = new Drag({
    scroller: () => this.scroller,
    layers: () => [...this.querySelectorAll('scrawl-layer')],
    over: (place) => (this.dropAt = place),
    drop: (dragged, place) => this.drop(dragged, place),
  });
  private kinds: ReadonlyMap<string, LayerKind> = new Map();
  /** Where the list was scrolled to before the page was hidden. */
  private restoredTop: number | undefined;

  protected override begin(saved: Saved | undefined) {
    if (saved) {
      ({ classes: this.classes, pictureOpen: this.pictureOpen, top: this.restoredTop } = saved);
      this.chosen = saved.chosen;
    }
    this.narrow.addEventListener('change', () => this.requestUpdate());
    window.addEventListener('focus', () => this.takeKeyboard());
    return { type: 'ready' as const, classes: this.classes.classes };
  }

  override render() {
    const { broken, catalog, network } = this;
    if (broken !== undefined) return this.brokenFile(broken);
    if (!catalog || !network) return html`<p class="nothing" role="status">Reading the network…</p>`;
    return html`${toolbar(network, this.tools())} ${this.palettePane(catalog)}
      <section class="network" aria-label="Network" @scroll=${() => this.saveSoon()}>
        ${this.pictureOf(network)} ${this.list(network, catalog)}
      </section>
      <footer>${this.status(network)}</footer>
      <div class="hidden" role="status" aria-live="polite">${this.notice?.text ?? nothing}</div>`;
  }

  private brokenFile(message: string) {
    return html`<div class="nothing" role="alert">
      <p class="failure">${message}</p>
      <button class="control primary" @click=${() => this.tell({ type: 'openAsText' })}>Open as Text</button>
    </div>`;
  }

  private tools(): ToolbarActions {
    const tell = (type: 'undo' | 'redo' | 'train') => () => this.tell({ type });
    return {
      rename: (box) => this.rename(box),
      undo: tell('undo'),
      redo: tell('redo'),
      exportPicture: () => this.exportPicture(),
      verify: () => this.verify(),
      train: tell('train'),
    };
  }

  private palettePane({ groups, kinds }: Catalog) {
    const palette = html`<scrawl-palette
      .groups=${groups}
      .kinds=${kinds}
      @add=${({ detail }: CustomEvent<string>) => this.add(detail)}
      @grab=${({ detail }: CustomEvent<{ event: PointerEvent; type: string; name: string }>) => {
        if (detail.event.pointerType !== 'touch')
          this.drag.start(detail.event, { type: detail.type }, detail.name);
      }}
      @leave=${() => this.leavePalette()}
    ></scrawl-palette>`;
    if (!this.narrow.matches) return html`<aside class="palette">${palette}</aside>`;
    return html`<details
      class="palette"
      ?open=${this.paletteOpen}
      @toggle=${(event: Event) => (this.paletteOpen = (event.target as HTMLDetailsElement).open)}
    >
      <summary>Add a layer</summary>
      ${palette}
    </details>`;
  }

  private pictureOf(network: ShownNetwork) {
    return html`<details
      class="picture"
      ?open=${this.pictureOpen}
      @toggle=${(event: Event) => {
        this.pictureOpen = (event.target as HTMLDetailsElement).open;
        this.save();
      }}
    >
      <summary>Picture</summary>
      <div class="canvas" tabindex="0" role="group" aria-label="Picture of the network">
        <scrawl-whole-picture
          .network=${network}
          .kinds=${this.kinds}
          .chosen=${this.chosen}
          @choose=${({ detail }: CustomEvent<number>) => this.choose(detail, 'head')}
        ></scrawl-whole-picture>
      </div>
    </details>`;
  }

  // --- the list

  private list(network: ShownNetwork, { datasets }: Catalog) {
    const { layers } = network;
    return html`${inputCard(network, (index, size) => this.plan((shown) => toResize(shown, index, size)))}
      <ol class="layers" aria-label="Layers" @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
        ${
          layers.length === 0
            ? html`<li class="empty ${this.dropAt === undefined ? '' : 'target'}">
                No layers yet. Choose one ${this.narrow.matches ? 'above' : 'on the left'}, or drag it here.
              </li>`
            : layers.map((_, index) => this.item(network, index))
        }
      </ol>
      ${lastCard(network, datasets, this.classes, (choice) => this.countFor(choice))}`;
  }

  private item({ layers, problem }: ShownNetwork, index: number) {
    const layer = layers[index];
    if (!layer) return nothing;
    const drop = this.dropAt;
    const marked =
      drop === index ? 'drop-before' : drop === index + 1 && drop === layers.length ? 'drop-behind' : '';
    return html`<li class=${marked}>
      <scrawl-layer
        .layer=${layer}
        .kind=${this.kinds.get(layer.type)}
        .place=${index}
        .count=${layers.length}
        .chosen=${index === this.chosen}
        .reachable=${index === (this.chosen ?? 0)}
        .refusals=${this.refusals}
        .problem=${problem?.layer === index ? problem.reason : undefined}
        @choose=${() => this.choose(index)}
        @grab=${({ detail }: CustomEvent<PointerEvent>) =>
          this.drag.start(detail, { from: index }, this.nameAt(index))}
        @act=${({ detail }: CustomEvent<CardAction>) => this.act(index, detail)}
        @set=${({ detail: { parameter, value } }: CustomEvent<ParameterChange>) =>
          this.plan(() => toSet(index, parameter, value))}
      ></scrawl-layer>
    </li>`;
  }

  private status({ layers, problem, total }: ShownNetwork) {
    const { notice } = this;
    const state = problem
      ? html`<button class="link failure" @click=${() => this.verify()}>
          Layer ${problem.layer + 1}, ${this.nameAt(problem.layer)}, cannot work.
        </button>`
      : html`<span>${counted(layers.length, 'layer')}, ${counted(total ?? 0, 'weight')}</span>`;
    return html`${state}<span class="caption notice ${notice?.failed ? 'failure' : ''}"
        >${notice?.text ?? ''}</span
      >`;
  }

  // --- what is chosen

  private choose(index: number, focus?: 'head' | 'form'): void {
    this.chosen = index;
    this.save();
    if (focus) void this.updateComplete.then(() => this.focusLayer(focus));
  }

  private async focusLayer(where: 'head' | 'form'): Promise<void> {
    const card = this.cardAt(this.chosen);
    await card?.updateComplete;
    const fields = [...(card?.querySelectorAll('scrawl-field') ?? [])];
    await Promise.all(fields.map((field) => field.updateComplete));
    card?.focusOn(where);
  }

  private cardAt(index: number | undefined): LayerCard | undefined {
    return index === undefined ? undefined : this.querySelectorAll('scrawl-layer')[index];
  }

  private nameAt(index: number): string {
    return this.nameOf(this.network?.layers[index]?.type ?? '');
  }

  private verify(): void {
    const { problem, total, layers = [] } = this.network ?? {};
    if (problem) {
      this.choose(problem.layer, 'head');
      const where = `Layer ${problem.layer + 1}, ${this.nameAt(problem.layer)}`;
      this.say(`${where}, cannot work. ${problem.reason}`, true);
    } else {
      this.say(`Every layer fits: ${counted(layers.length, 'layer')}, ${counted(total ?? 0, 'weight')}.`);
    }
  }

  private countFor(choice: ClassChoice): void {
    this.classes = choice;
    this.save();
    this.tell({ type: 'classes', classes: choice.classes });
  }

  // --- what is changed

  private readonly nameOf = (type: string): string => this.kinds.get(type)?.name ?? type;

  /** Asks for a change of the network as it will be by then. */
  private plan(make: (network: ShownNetwork) => Plan | undefined): void {
    this.edits.plan(() => this.network && make(this.network));
  }

  private add(type: string, place?: number): void {
    this.plan((network) => toAdd(network, type, place, this.chosen, this.nameOf));
  }

  private move(from: number, to: number): void {
    this.plan((network) => toMove(network, from, to, this.nameOf));
  }

  private drop(dragged: Dragged, place: number): void {
    if ('type' in dragged) this.add(dragged.type, place);
    else this.move(dragged.from, place > dragged.from ? place - 1 : place);
  }

  private rename(box: HTMLInputElement): void {
    const name = box.value.trim();
    if (name === '') box.value = this.network?.name ?? '';
    else this.plan(() => ({ edit: { type: 'rename', name } }));
  }

  private act(index: number, action: CardAction): void {
    switch (action) {
      case 'up':
        return this.move(index, index - 1);
      case 'down':
        return this.move(index, index + 1);
      case 'duplicate':
        return this.plan((network) => toDuplicate(network, index, this.nameOf));
      case 'remove':
        return this.plan((network) => toRemove(network, index, this.nameOf));
    }
  }

  private edited(plan: Plan, refused: string | undefined): void {
    if (refused !== undefined) {
      this.refusals += 1;
      this.say(refused, true);
      return;
    }
    if (plan.say !== undefined) this.say(`${plan.say}.`);
    if (plan.chosen === undefined) return;
    if (plan.chosen >= 0) {
      this.choose(plan.chosen, plan.focus);
    } else {
      this.chosen = undefined;
      this.goToPalette();
    }
  }

  private exportPicture(): void {
    this.pictureOpen = true;
    void this.updateComplete.then(() => {
      const svg = this.picture?.toSvg();
      if (svg) this.tell({ type: 'picture', svg });
    });
  }

  // --- the keyboard

  private onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const index = [...this.querySelectorAll('scrawl-layer')].findIndex((card) =>
      card.contains(target ?? null),
    );
    if (index < 0) return;
    const inBox = target?.closest('input, select') != null;
    const action = actionAt(event, { inBox, onHead: target?.closest('.head') != null });
    if (action) takeKey(event, () => this.obey(action, index));
  }

  private obey(action: LayerAction, index: number): void {
    const last = (this.network?.layers.length ?? 0) - 1;
    const goTo = (to: number) => this.choose(Math.max(0, Math.min(to, last)), 'head');
    switch (action) {
      case 'previous':
        return goTo(index - 1);
      case 'next':
        return goTo(index + 1);
      case 'first':
        return goTo(0);
      case 'last':
        return goTo(last);
      case 'edit':
        return this.choose(index, 'form');
      case 'leave':
        return this.choose(index, 'head');
      case 'add':
        this.choose(index);
        return this.goToPalette();
      default:
        return this.act(index, action);
    }
  }

  /** Where the keyboard is when VS Code hands it to the page: the chosen layer, or the palette of an empty network. */
  private takeKeyboard(): void {
    if (document.activeElement !== document.body || !this.network) return;
    if (this.network.layers.length === 0 && !this.narrow.matches) this.goToPalette();
    else this.querySelector<HTMLElement>('.head[tabindex="0"]')?.focus({ preventScroll: true });
  }

  private goToPalette(): void {
    this.paletteOpen = true;
    void this.updateComplete.then(() => this.palette.focus());
  }

  private leavePalette(): void {
    if (this.network?.layers.length) this.choose(this.chosen ?? 0, 'head');
  }

  // --- the host

  protected override receive(message: HostToDesigner): void {
    switch (message.type) {
      case 'catalog':
        this.catalog = message;
        this.kinds = new Map(message.kinds.map((kind) => [kind.type, kind]));
        return;
      case 'network':
        this.showNetwork(message);
        return;
      case 'broken':
        this.broken = message.message;
        return;
      case 'edited': {
        const plan = this.edits.done();
        if (plan) this.edited(plan, message.refused);
        this.edits.next();
        return;
      }
      case 'exportPicture':
        this.exportPicture();
    }
  }

  private showNetwork(network: ShownNetwork): void {
    this.broken = undefined;
    this.network = network;
    if (this.chosen !== undefined && this.chosen >= network.layers.length) {
      this.chosen = network.layers.length > 0 ? network.layers.length - 1 : undefined;
    }
    if (document.hasFocus()) void this.updateComplete.then(() => this.takeKeyboard());
    const top = this.restoredTop;
    this.restoredTop = undefined;
    if (top !== undefined) void this.updateComplete.then(() => this.scroller?.scrollTo({ top }));
  }

  protected override toSave(): Saved {
    const { chosen, classes, pictureOpen, scroller } = this;
    return { chosen, classes, pictureOpen, top: scroller?.scrollTop ?? 0 };
  }
}
