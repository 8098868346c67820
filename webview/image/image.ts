import { html, nothing, type PropertyValues } from 'lit';
import { query, state } from 'lit/decorators.js';
import * as z from 'zod/mini';
import { counted } from '../../src/base/words';
import { type Box, imageOptionsSchema, type ImageOptions, type Ruling } from '../../src/protocol/pageText';
import {
  type HostToImage,
  type ImageToHost,
  MOST_KEPT,
  type ReadImage,
} from '../../src/protocol/pages/image';
import { PageElement } from '../base/pageElement';
import { takePictures } from '../base/pictureDrop';
import './chosenCharacter';
import type { ChosenCharacter } from './chosenCharacter';
import {
  characterOf,
  corrected,
  further,
  markAt,
  marksOf,
  nearest,
  overline,
  type Place,
  placeOfBox,
  plainText,
  recorrected,
  replaced,
  spaced,
  type Text,
  textSchema,
  unkept,
  withKept,
  withLine,
  withNext,
} from './edits';
import { actionFor, type KeyAction } from './keys';
import './options';
import type { Choices } from './options';
import './pagePicture';
import { decodeSteps, type Step, type StepImages } from './stepImages';
import type { Size } from '../base/viewport';

const savedSchema = z.object({ uri: z.string(), options: imageOptionsSchema, text: textSchema });
type Saved = z.infer<typeof savedSchema>;

/** Corrections that can be undone. */
const MOST_UNDONE = 200;

/** A box that the host reads anew, and what its characters take the place of. */
interface Asked {
  readonly id: number;
  readonly place: Place;
  readonly count: number;
  readonly split: boolean;
  /** Of a line of its own, where the box stands on none. */
  readonly own?: Ruling | undefined;
}

/** The characters of a picture: where each one stands, what it was read as, and what the user makes of it. */
export default class ImageView extends PageElement<ImageToHost, HostToImage, Saved> {
  @state() private picture: Omit<ReadImage, 'type' | 'result'> | undefined;
  @state() private size: Size = { width: 1, height: 1 };
  @state() private text: Text = [];
  @state() private selected: Place | undefined;
  @state() private images: StepImages | undefined;
  @state() private step: Step = 'color';
  @state() private alphabet = 'all';
  /** The name of the picture that is being read. */
  @state() private reading: string | undefined;
  /** Why there is no picture to show. */
  @state() private unread: string | undefined;
  @query('.text') private readonly textBox!: HTMLElement | null;
  @query('scrawl-chosen-character') private readonly chosen!: ChosenCharacter | null;

  protected override readonly savedSchema = savedSchema;
  /** What was corrected before the window was reloaded. */
  private saved: Saved | undefined;
  private history: Text[] = [];
  private asked: Asked | undefined;
  private asking = 0;

  protected override begin(saved: Saved | undefined) {
    this.saved = saved;
    takePictures((picture) => this.tell({ type: 'give', picture }));
    return { type: 'ready' as const, ...(saved && { uri: saved.uri, options: saved.options }) };
  }

  override render() {
    return html`<header>
        <h1>${this.reading ?? this.picture?.name ?? 'Recognize Image'}</h1>
        <p class="caption" role="status">${this.status()}</p>
        ${this.picture ? this.toolbar(this.picture.options) : nothing}
      </header>
      ${this.picture ? this.page() : this.empty()}`;
  }

  private status() {
    if (this.reading !== undefined) {
      return html`Finding the characters…
        <button class="link" @click=${() => this.tell({ type: 'cancel' })}>Cancel</button>`;
    }
    if (this.unread !== undefined) return html`<span class="failure">${this.unread}</span>`;
    if (this.notice) return this.notice.text;
    const count = this.text.reduce((sum, { characters }) => sum + characters.length, 0);
    if (!this.picture) return 'Reads the characters of a photograph or scan; it stays on this machine.';
    const lines = this.text.length === 1 ? '1 line' : `${this.text.length} lines`;
    return `${counted(count, 'character')} on ${lines}`;
  }

  private toolbar(options: ImageOptions) {
    const choices: Choices = { ...options, alphabet: this.alphabet, step: this.step };
    return html`<scrawl-image-options
      .choices=${choices}
      @options=${(event: CustomEvent<ImageOptions>) => this.tell({ type: 'options', options: event.detail })}
      @alphabet=${(event: CustomEvent<string>) => this.tell({ type: 'alphabet', alphabet: event.detail })}
      @step=${(event: CustomEvent<Step>) => (this.step = event.detail)}
      @choose=${() => this.tell({ type: 'choose' })}
    ></scrawl-image-options>`;
  }

  private empty() {
    if (this.reading !== undefined) return nothing;
    return html`<div class="empty">
      <span class="codicon codicon-file-media" aria-hidden="true"></span>
      <p>Paste a picture with <kbd>Ctrl+V</kbd> (<kbd>Cmd+V</kbd>), or drop one here.</p>
      <p class="caption">Hold <kbd>Shift</kbd> while you drop a file from VS Code’s explorer.</p>
      <button class="control primary" @click=${() => this.tell({ type: 'choose' })}>Choose a File…</button>
    </div>`;
  }

  private page() {
    const mark = this.selected && markAt(this.text, this.selected);
    return html`<div class="work" aria-busy=${this.reading !== undefined}>
        <scrawl-page-picture
          .image=${this.images?.[this.step]}
          .page=${this.size}
          .text=${this.text}
          .selected=${this.selected}
          @choose=${(event: CustomEvent<Place>) => this.choose(event.detail)}
          @draw=${(event: CustomEvent<Box>) => this.askDrawn(event.detail)}
        ></scrawl-page-picture>
        <scrawl-chosen-character
          .mark=${mark}
          .images=${this.images}
          .page=${this.size}
          .canMerge=${this.selected !== undefined && withNext(this.text, this.selected) !== undefined}
          @correct=${(event: CustomEvent<string>) => this.correct(event.detail)}
          @edit=${(event: CustomEvent<'merge' | 'split' | 'space' | 'erase'>) => this[event.detail]()}
          @leave=${() => this.textBox?.focus()}
        ></scrawl-chosen-character>
      </div>
      <h2 id="text">Text</h2>
      ${this.lines()}
      <div class="actions">
        <button class="control primary" ?disabled=${!this.plain} @click=${() => this.send('insert')}>
          Insert
        </button>
        <button class="control" ?disabled=${!this.plain} @click=${() => this.send('copy')}>Copy</button>
        ${this.keeping()}
      </div>`;
  }

  /** Corrections become samples only where the user says so. */
  private keeping() {
    const { length } = unkept(this.text);
    if (length === 0)
      return html`<span class="caption">What you correct can be kept as samples of your handwriting.</span>`;
    return html`<button
      class="control"
      title="Their ink becomes samples of My Handwriting, with which a model can be personalized"
      @click=${() => this.tell({ type: 'keep', corrections: unkept(this.text).slice(0, MOST_KEPT) })}
    >
      Keep ${counted(length, 'Correction')}
    </button>`;
  }

  /** The text as it will be inserted, each character an option of a list. */
  private lines() {
    const { selected } = this;
    return html`<div
      class="text"
      role="listbox"
      tabindex="0"
      aria-labelledby="text"
      aria-orientation="horizontal"
      aria-activedescendant=${selected ? idOf(selected) : nothing}
      @keydown=${this.onKey}
      @focus=${() => (this.selected ??= nearest(this.text, { line: 0, index: 0 }))}
    >
      ${this.text.map(
        ({ indent = 0, characters }, line) =>
          html`<div class="line" role="group" aria-label="Line ${line + 1}">
            ${indent > 0 ? html`<span class="space">${' '.repeat(indent)}</span>` : nothing}${characters.map(
              (mark, index) => {
                const chosen = selected?.line === line && selected.index === index;
                return html`${mark.space ? html`<span class="space"> </span>` : nothing}<span
                    class="character ${chosen ? 'chosen' : ''} ${mark.corrected === undefined ? '' : 'corrected'}"
                    id=${idOf({ line, index })}
                    role="option"
                    aria-selected=${chosen}
                    @click=${() => this.choose({ line, index })}
                    >${characterOf(mark)}</span
                  >`;
              },
            )}
          </div>`,
      )}
    </div>`;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('selected') && this.selected) {
      this.querySelector(`#${idOf(this.selected)}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  private get plain(): string {
    return plainText(this.text);
  }

  private send(type: 'insert' | 'copy'): void {
    this.tell({ type, text: this.plain });
  }

  private choose(place: Place): void {
    this.selected = place;
    this.textBox?.focus({ preventScroll: true });
  }

  // --- corrections

  private change(text: Text): void {
    this.history = [...this.history.slice(1 - MOST_UNDONE), this.text];
    this.show(text);
  }

  private show(text: Text): void {
    this.text = text;
    this.selected &&= nearest(text, this.selected);
    this.notice = undefined;
    this.save();
  }

  private undo(): void {
    const before = this.history.pop();
    if (before) this.show(before);
  }

  private correct(character: string): void {
    const { selected } = this;
    if (!selected) return;
    this.change(corrected(this.text, selected, character));
    this.move(1, 'character');
  }

  private erase(): void {
    if (this.selected) this.change(replaced(this.text, this.selected, 1, []));
  }

  private space(): void {
    if (this.selected) this.change(spaced(this.text, this.selected));
  }

  private merge(): void {
    const box = this.selected && withNext(this.text, this.selected);
    if (box) this.askHere(box, 2, false);
  }

  private split(): void {
    const mark = this.selected && markAt(this.text, this.selected);
    if (mark) this.askHere(mark.box, 1, true);
  }

  /** Reads anew what stands at the chosen place. */
  private askHere(box: Box, count: number, split: boolean): void {
    const { selected: place } = this;
    const ruling = place && this.text[place.line]?.ruling;
    if (ruling) this.ask(box, ruling, { place, count, split });
  }

  /** Reads a box that the user drew. */
  private askDrawn(box: Box): void {
    const { place, count, ruling, own } = placeOfBox(this.text, box);
    this.ask(box, ruling, { place, count, split: false, own: own ? ruling : undefined });
  }

  private ask(box: Box, ruling: Ruling, asked: Omit<Asked, 'id'>): void {
    if (this.asked) return;
    this.asked = { ...asked, id: ++this.asking };
    this.tell({ type: 'box', id: this.asking, box, split: asked.split, ruling });
  }

  private answered({ id, characters }: Extract<HostToImage, { type: 'box' }>): void {
    if (this.asked?.id !== id) return;
    const { place, count, own, split } = this.asked;
    this.asked = undefined;
    if (characters.length === 0) {
      if (count === 0) this.say('There is no ink in this box.');
      return;
    }
    const marks = marksOf(characters, count > 0 && markAt(this.text, place)?.space === true);
    this.change(own ? withLine(this.text, place.line, own, marks) : replaced(this.text, place, count, marks));
    this.selected = place;
    if (split && characters.length === 1) this.say('This character cannot be split.');
  }

  private move(by: 1 | -1, over: 'character' | 'line'): boolean {
    if (!this.selected) return false;
    const place = (over === 'line' ? overline : further)(this.text, this.selected, by);
    if (place) this.selected = place;
    return place !== undefined;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const action = actionFor(event);
    // beyond the last character Tab goes on to what is behind the text
    if (!action || (!this.act(action) && event.key === 'Tab')) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Does what a key says; false where there was nowhere to move to. */
  private act(action: KeyAction): boolean {
    if (action.type === 'move') return this.move(action.by, action.over);
    if (action.type === 'correct') this.correct(action.text);
    else if (action.type === 'candidates') this.chosen?.focusFirst();
    else if (action.type === 'leave') this.querySelector<HTMLElement>('.actions button')?.focus();
    else this[action.type]();
    return true;
  }

  // --- the host

  protected override receive(message: HostToImage): void {
    switch (message.type) {
      case 'alphabet':
        this.alphabet = message.alphabet;
        return;
      case 'reading':
        this.reading = message.name;
        this.unread = undefined;
        this.notice = undefined;
        this.asked = undefined;
        return;
      case 'read':
        void this.showReading(message);
        return;
      case 'box':
        this.answered(message);
        return;
      case 'kept':
        this.text = withKept(this.text, message.corrections);
        this.history = this.history.map((text) => withKept(text, message.corrections));
        this.save();
        this.say(message.message);
        return;
      case 'unread':
        this.reading = undefined;
        this.unread = message.message;
        return;
      case 'failed':
        if (message.id === undefined) return;
        if (message.id === this.asked?.id) this.asked = undefined;
        this.say(message.message, true);
    }
  }

  private async showReading({ uri, name, options, result }: ReadImage): Promise<void> {
    const images = await decodeSteps(result.steps);
    const { saved } = this;
    const same = saved?.uri === uri && JSON.stringify(saved.options) === JSON.stringify(options);
    // what was corrected before the window was reloaded
    const restored = !this.picture && same;
    for (const image of Object.values(this.images ?? {})) image.close();
    this.images = images;
    this.size = { width: result.width, height: result.height };
    const again = this.picture?.uri === uri;
    this.picture = { uri, name, options };
    this.reading = undefined;
    if (again) {
      this.change(recorrected(result.lines, this.text));
      return;
    }
    this.history = [];
    this.selected = undefined;
    this.show(restored ? saved.text : result.lines);
  }

  protected override toSave(): Saved | undefined {
    const { picture, text } = this;
    return picture && { uri: picture.uri, options: picture.options, text };
  }
}

const idOf = ({ line, index }: Place): string => `character-${line}-${index}`;
